import { theme } from 'antd'
import { type CSSProperties, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { Navigate } from 'react-router'
import { useMe } from '@/api'
import { useTranslation } from '@/i18n/react'
import { announce } from '@/ui/announce'
import { useCommands } from '@/ui/commands'
import { lazily } from '@/ui/lazily'
import { useMode } from '@/ui/mode'
import { useShortcut } from '@/ui/shortcuts'
import { StateBlock } from '@/ui/StateBlock'
import { tone } from '@/ui/theme'
import { DeskStore, DeskStoreProvider, useDesk } from './data/deskStore'
import { fetchMissing } from './data/missing'
import { useOpenCase } from './data/openCase'
import { lastShop, setLastShop } from './data/preferences'
import { HoldingProvider, useNewHolding } from './data/useHolding'
import { Follow, useServedIds, useShopNews } from './data/useNews'
import { useReadMentions } from './data/useReadMentions'
import { useUnreadTitle } from './data/useUnreadTitle'
import { useQueueNews } from './data/useViewList'
import './desk.css'
import { EditorDoorProvider, EditorDoorway } from './editor/editorDoor'
import { ListColumn } from './list/ListColumn'
import { VIEWS } from './model/arrange'
import { type DeskParts, PartsProvider } from './parts'
import { Side } from './side/Side'
import { Thread } from './thread/Thread'
import { type DeskAddress, useAddress } from './useAddress'
import { useMedia } from './useMedia'

const SearchDialog = lazily(() => import('./dialogs/SearchDialog'))
const SideDrawer = lazily(() => import('./side/SideDrawer'))

/** The agent's desk: lists, the conversation, what is known beside it. */
export function Desk({ parts }: { parts: DeskParts }) {
  const { t } = useTranslation('conversations')
  const me = useMe()
  const address = useAddress()
  const shop = me.shops.find((each) => each.id === address.shop)?.id ?? null
  const { id: person } = me
  const store = useMemo(() => (shop ? new DeskStore(shop, person) : null), [shop, person])
  const home = me.shops.find((each) => each.id === lastShop()) ?? me.shops[0]
  if (!home) return <StateBlock state="empty" title={t('desk.no_shop')} hint={t('desk.no_shop_hint')} />
  if (!store) return <Navigate to={`/${home.id}`} replace />
  return (
    <PartsProvider value={parts}>
      <DeskStoreProvider value={store} key={store.shop}>
        <ShopDesk address={address} />
      </DeskStoreProvider>
    </PartsProvider>
  )
}

function ShopDesk({ address }: { address: DeskAddress }) {
  const store = useDesk()
  const holding = useNewHolding()
  const [door] = useState(() => new EditorDoorway())
  const [dialog, setDialog] = useState<'search' | 'side' | null>(null)
  const wide = useMedia('(min-width: 1280px)')
  const narrow = useMedia('(max-width: 767px)')
  useCaseDrawer(() => setDialog('side'))
  useEffect(() => fetchMissing(store), [store])
  useEffect(() => setLastShop(store.shop), [store])
  useQueueNews()
  useNews()
  useReadMentions(address.conversation)
  useUnreadTitle()
  useDeskCommands(address, () => setDialog('search'))
  const { conversation, addressOf, go } = address
  const list = (
    <ListColumn
      view={address.view}
      filter={NO_FILTER}
      open={conversation}
      addressOf={addressOf}
      go={go}
      choose={address.choose}
      chooseShop={address.chooseShop}
      search={() => setDialog('search')}
    />
  )
  return (
    <HoldingProvider value={holding}>
      <EditorDoorProvider value={door}>
        <div className="xd" data-open={conversation !== null} style={useColours()}>
          <Followers />
          {narrow && conversation ? null : list}
          <section className="xd-thread" aria-live="off">
            {conversation ? (
              <Thread
                key={conversation}
                conversation={conversation}
                at={address.at}
                back={narrow ? address.back : null}
                side={wide ? null : () => setDialog('side')}
              />
            ) : narrow ? null : (
              <NothingOpen />
            )}
          </section>
          {wide ? (
            <aside className="xd-side">
              <Suspense>{conversation ? <Side key={conversation} conversation={conversation} /> : null}</Suspense>
            </aside>
          ) : null}
          {dialog === 'search' ? (
            <SearchDialog
              open={conversation}
              close={() => setDialog(null)}
              show={(found, version) => {
                setDialog(null)
                go(found, version)
              }}
            />
          ) : null}
          {dialog === 'side' && conversation && !wide ? <SideDrawer conversation={conversation} close={() => setDialog(null)} /> : null}
        </div>
      </EditorDoorProvider>
    </HoldingProvider>
  )
}

const NO_FILTER = {}

function NothingOpen() {
  const { t } = useTranslation('conversations')
  return <StateBlock state="empty" title={t('desk.nothing_open')} hint={t('desk.nothing_open_hint')} />
}

/** A case that is opened while the right column is hidden brings it out. */
function useCaseDrawer(bring: () => void): void {
  const { open } = useOpenCase()
  const latest = useRef(bring)
  useEffect(() => {
    latest.current = bring
  })
  useEffect(() => {
    if (open) latest.current()
  }, [open])
}

/** Follows the shop, me, and everything I serve. */
function useNews(): void {
  const { t } = useTranslation('conversations')
  useShopNews((mention) => announce(t('desk.mentioned', { name: mention.mentioned_by, words: mention.text })))
}

/** Draws nothing; one place in the tree for all topics of the list. */
function Followers() {
  return useServedIds().map((id) => <Follow key={id} id={id} />)
}

function useDeskCommands(address: DeskAddress, search: () => void): void {
  const { t } = useTranslation('conversations')
  useShortcut('mod+shift+f', search, { label: t('desk.search.title') })
  useShortcut('/', search, { label: t('desk.search.title') })
  const { choose } = address
  const commands = useMemo(
    () => [
      { id: 'desk.search', label: t('desk.search.title'), run: search, shortcut: 'mod+shift+f' },
      ...VIEWS.map((view) => ({ id: `desk.view.${view}`, label: t('desk.command.view', { view: t(`desk.view.${view}`) }), run: () => choose(view) })),
    ],
    // `search` only opens a dialog, whenever it was made.
    // eslint-disable-next-line react/exhaustive-deps
    [t, choose],
  )
  useCommands(commands)
}

/** The theme's colours under names of the desk's own style sheet. */
function useColours(): CSSProperties {
  const { token } = theme.useToken()
  const mode = useMode()
  return {
    '--xd-line': token.colorSplit,
    '--xd-bg': token.colorBgContainer,
    '--xd-bg-page': token.colorBgLayout,
    '--xd-bg-raised': token.colorBgElevated,
    '--xd-text': token.colorText,
    '--xd-quiet': tone(mode, 'waiting'),
    '--xd-accent': token.colorPrimary,
    '--xd-accent-bg': token.colorPrimaryBg,
    '--xd-soon': tone(mode, 'soon'),
    '--xd-soon-bg': token.colorWarningBg,
    '--xd-breach': tone(mode, 'breach'),
    '--xd-settled': tone(mode, 'settled'),
    '--xd-hover': token.colorFillTertiary,
    '--xd-shadow': token.boxShadowSecondary,
    '--xd-on-accent': token.colorTextLightSolid,
  } as CSSProperties
}
