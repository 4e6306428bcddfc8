/** @jsxImportSource preact */
import { render } from 'preact'
import { createApi } from '@/api/client'
import { currentLanguage, nearestLanguage, setLanguage, startWords } from '@/i18n'
import { Realtime } from '@/realtime'
import { enter, TokenBox } from './enter'
import { findHost, settingsOfAddress } from './host'
import './widget.css'
import { Widget } from './Widget'

async function start(): Promise<void> {
  const root = document.getElementById('root')
  if (!root) return
  const words = await startWords(['conversations'])
  const framed = parent !== window
  const host = framed ? findHost(window, parent) : null
  const settings = host ? await host.settings : settingsOfAddress(location.search)
  const language = nearestLanguage(settings.language)
  if (language && language !== currentLanguage()) await setLanguage(language)
  host?.tell({ xiaoer: 'text', open: words.t('ui:app.widget'), close: words.t('ui:action.close'), title: words.t('ui:app.widget') })

  const tokens = new TokenBox()
  const api = createApi({ token: tokens.get, language: currentLanguage })
  const entrance = await enter(api, settings, tokens)
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

void start()
