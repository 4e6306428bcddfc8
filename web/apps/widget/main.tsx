/** @jsxImportSource preact */
import { render } from 'preact'
import { type Api, createApi } from '@/api/client'
import { asRefusal } from '@/api/refusal'
import { currentLanguage, nearestLanguage, setLanguage, startWords } from '@/i18n'
import { Realtime } from '@/realtime'
import { calmDoubleClicks } from '@/ui/doubleClick'
import type { WidgetSettings } from '../loader/settings'
import { enter, type Entrance, TokenBox } from './enter'
import { findHost, type Host, settingsOfAddress } from './host'
import { Trouble } from './Trouble'
import './widget.css'
import { Widget } from './Widget'

async function start(): Promise<void> {
  const root = document.getElementById('root')
  if (!root) return
  calmDoubleClicks()
  const words = await startWords(['conversations'])
  const framed = parent !== window
  const host = framed ? findHost(window, parent) : null
  const settings = host ? await host.settings : settingsOfAddress(location.search)
  const language = nearestLanguage(settings.language)
  if (language && language !== currentLanguage()) await setLanguage(language)
  host?.tell({ xiaoer: 'text', open: words.t('ui:app.widget'), close: words.t('ui:action.close'), title: words.t('ui:app.widget') })
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) host?.tell({ xiaoer: 'close' })
  })
  followIdentity(host, settings)

  const tokens = new TokenBox()
  const api = createApi({ token: tokens.get, language: currentLanguage })
  const comeIn = async () => {
    try {
      open(root, api, tokens, await enter(api, settings, tokens), settings, host)
    } catch (error) {
      // Without an entrance there is nothing else to show: why, and the way to try again.
      render(<Trouble message={asRefusal(error).message} host={host} onRetry={() => void comeIn()} />, root)
    }
  }
  await comeIn()
}

function open(root: HTMLElement, api: Api, tokens: TokenBox, entrance: Entrance, settings: WidgetSettings, host: Host | null): void {
  const realtime = new Realtime({
    owner: entrance.me.id,
    token: tokens.get,
    post: (wish) =>
      api.POST('/public/v1/conversations/{conversation}/entries', {
        params: { path: { conversation: wish.conversation_id } },
        body: wish,
      }),
  })
  realtime.start()
  render(<Widget api={api} realtime={realtime} me={entrance.me} settings={settings} host={host} />, root)
}

/** The page has learnt who its visitor is: the chat begins again as that person. */
function followIdentity(host: Host | null, settings: WidgetSettings): void {
  const who = ({ marketplace, shop, buyer_id, identifier_hash, language }: WidgetSettings) =>
    JSON.stringify([marketplace, shop, buyer_id, identifier_hash, language])
  host?.onMessage((message) => {
    if (message.xiaoer === 'settings' && who(message.settings) !== who(settings)) location.reload()
  })
}

void start()
