import { theme } from 'antd'
import { Suspense } from 'react'
import { Outlet, useLocation } from 'react-router'
import { useTranslation } from '@/i18n/react'
import { ErrorBoundary } from '@/ui/ErrorBoundary'
import { LanguageSwitch } from '@/ui/LanguageSwitch'
import { StateBlock } from '@/ui/StateBlock'
import './bare.css'
import type { AppName } from './router'

/** The floor of pages for those who are not signed in: a name, the language, one card in the middle. */
export function Bare({ app }: { app: AppName }) {
  const { t } = useTranslation('ui')
  const { token } = theme.useToken()
  const { pathname } = useLocation()
  return (
    <div className="x-bare" style={{ background: token.colorBgLayout, color: token.colorText }}>
      <header className="x-bare-head">
        <span className="x-bare-name">{t('app.name')}</span>
        <LanguageSwitch />
      </header>
      <main
        aria-label={t(`app.${app}`)}
        className="x-bare-card"
        style={{ background: token.colorBgContainer, borderRadius: token.borderRadiusLG, boxShadow: token.boxShadowTertiary }}
      >
        <ErrorBoundary resetKey={pathname}>
          <Suspense fallback={<StateBlock state="loading" skeleton="form" />}>
            <Outlet />
          </Suspense>
        </ErrorBoundary>
      </main>
    </div>
  )
}
