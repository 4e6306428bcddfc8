import { MenuOutlined, UserOutlined } from '@ant-design/icons'
import { Button, Popover, theme } from 'antd'
import { type CSSProperties, type ReactNode, useState } from 'react'
import { Link, NavLink, useLocation } from 'react-router'
import type { Language } from '@/i18n'
import { useTranslation } from '@/i18n/react'
import './frame.css'
import { LanguageSwitch } from './LanguageSwitch'
import { type ModeChoice, useModeChoice } from './mode'

export interface NavItem {
  /** Address inside the app, e.g. `/queue`. */
  to: string
  label: string
  icon?: ReactNode
  /** Addresses of pages that belong to it, too. */
  also?: readonly string[] | undefined
  /** A line stands before it: another group begins. */
  begins?: boolean
}

export interface AppFrameProps {
  title: string
  nav?: readonly NavItem[]
  /** `rail`: icons with small names (desk); `side`: a list (manager, administrator). */
  navStyle?: 'rail' | 'side'
  /** Top right: own status, load. */
  status?: ReactNode
  /** The offline bar, or another line over everything. */
  bar?: ReactNode
  person?: { name: string; role?: string } | null
  onSignOut?: () => void
  onLanguage?: (language: Language) => void
  children: ReactNode
}

const NO_SECTIONS: readonly NavItem[] = []

/** The frame of every app: name, sections, status, person; the page in the middle. */
export function AppFrame({ title, nav = NO_SECTIONS, navStyle = 'side', status, bar, children, ...account }: AppFrameProps) {
  const { t } = useTranslation('ui')
  const { token } = theme.useToken()
  const line = `1px solid ${token.colorSplit}`
  return (
    <div
      className="x-frame"
      data-nav={nav.length > 1 ? navStyle : 'none'}
      style={{ background: token.colorBgLayout, color: token.colorText, '--x-card': token.colorBgContainer } as CSSProperties}
    >
      <a className="x-skip" href="#main">
        {t('frame.skip')}
      </a>
      <header className="x-frame-head" style={{ background: token.colorBgContainer, borderBottom: line }}>
        {nav.length > 1 ? <NavMenu nav={nav} /> : null}
        <h1 className="x-frame-title">{title}</h1>
        <div className="x-frame-space" />
        {status}
        <Account {...account} />
      </header>
      <div className="x-frame-bar">{bar}</div>
      <nav
        className="x-frame-nav"
        aria-label={t('frame.sections')}
        style={{ background: token.colorBgContainer, borderInlineEnd: line }}
      >
        <NavList nav={nav} />
      </nav>
      <main id="main" className="x-frame-main" tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}

function NavList({ nav, onChosen }: { nav: readonly NavItem[]; onChosen?: () => void }) {
  const { pathname } = useLocation()
  return (
    <ul className="x-nav">
      {nav.map((item) => {
        // A NavLink knows only its own address.
        const Way = item.also?.some((address) => pathname.startsWith(address)) ? Link : NavLink
        return (
          <li key={item.to} data-begins={item.begins}>
            <Way to={item.to} aria-current="page" onClick={onChosen}>
              {item.icon ? <span aria-hidden>{item.icon}</span> : null}
              <span>{item.label}</span>
            </Way>
          </li>
        )
      })}
    </ul>
  )
}

/** On a phone the sections are behind one button. */
function NavMenu({ nav }: { nav: readonly NavItem[] }) {
  const { t } = useTranslation('ui')
  const [open, setOpen] = useState(false)
  return (
    <span className="x-frame-menu">
      <Popover
        trigger="click"
        placement="bottomLeft"
        open={open}
        onOpenChange={setOpen}
        content={<NavList nav={nav} onChosen={() => setOpen(false)} />}
      >
        <Button type="text" icon={<MenuOutlined aria-hidden />} aria-label={t('frame.sections')} />
      </Popover>
    </span>
  )
}

type AccountProps = Pick<AppFrameProps, 'person' | 'onSignOut' | 'onLanguage'>

function Account({ person, onSignOut, onLanguage }: AccountProps) {
  const { t } = useTranslation('ui')
  const content = (
    <div style={{ display: 'grid', gap: 12, minWidth: 200 }}>
      {person?.role ? <div style={{ opacity: 0.75 }}>{person.role}</div> : null}
      <LanguageSwitch {...(onLanguage ? { onChosen: onLanguage } : {})} />
      <ModeSwitch />
      {onSignOut ? <Button onClick={onSignOut}>{t('frame.sign_out')}</Button> : null}
    </div>
  )
  return (
    <Popover trigger="click" placement="bottomRight" title={person?.name} content={content}>
      <Button type="text" icon={<UserOutlined aria-hidden />} {...(person?.name ? {} : { 'aria-label': t('frame.account') })}>
        {person?.name ? <span className="x-frame-who">{person.name}</span> : null}
      </Button>
    </Popover>
  )
}

const CHOICES: readonly ModeChoice[] = ['system', 'light', 'dark']

function ModeSwitch() {
  const { t } = useTranslation('ui')
  const { choice, choose } = useModeChoice()
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0, display: 'flex', gap: 12 }}>
      <legend className="x-heard">{t('mode.label')}</legend>
      {CHOICES.map((each) => (
        <label key={each} style={{ display: 'inline-flex', gap: 4, alignItems: 'center', minHeight: 24 }}>
          <input type="radio" name="mode" checked={choice === each} onChange={() => choose(each)} />
          {t(`mode.${each}`)}
        </label>
      ))}
    </fieldset>
  )
}
