import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { Trouble } from '@/ui/Trouble'
import { useSend } from '@/ui/useSend'
import { EvidenceField } from './EvidenceField'
import { type Given, PhotoField } from './PhotoField'
import type { Deed, Doors, Whole } from './wire'

const SHOWS: ReadonlySet<Deed> = new Set<Deed>(['add', 'pressure', 'answer'])
const NEEDS: ReadonlySet<Deed> = new Set<Deed>(['add', 'pressure', 'answer', 'apologise', 'coached'])

interface Props {
  doors: Doors
  whole: Whole
  deed: Deed
  onDone: (whole: Whole) => void
  onClose: () => void
}

/** What is said with a deed; sent once, and kept as typed until the server has taken it. */
export function DeedForm({ doors, whole, deed, onDone, onClose }: Props) {
  const { t } = useTranslation(['complaints', 'ui'])
  const [text, setText] = useState('')
  const [evidence, setEvidence] = useState<string[]>([])
  const [files, setFiles] = useState<readonly Given[]>([])
  const [free, setFree] = useState(false)
  const asksFree = deed === 'withdraw' && whole.pressed
  const ready = (!NEEDS.has(deed) || text.trim() !== '') && (!asksFree || free)
  const { busy, trouble, send } = useSend(async () => {
    onDone(await doors.act(whole.id, deed, { text: text.trim(), evidence, files: files.map((file) => file.id), free }))
    onClose()
  })
  return (
    <form
      className="cp-card"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) void send()
      }}
    >
      <h2>{t(`deed.${deed}`)}</h2>
      <p className="cp-quiet">{t(`deed_hint.${deed}`)}</p>
      <div className="cp-field">
        <label htmlFor="cp-deed-text">{t('form.words')}</label>
        <Input.TextArea id="cp-deed-text" rows={4} maxLength={4_000} value={text} onChange={(event) => setText(event.target.value)} />
      </div>
      {SHOWS.has(deed) ? <EvidenceField doors={doors} conversation={whole.conversation_id} reason={text} numbers={evidence} onChange={setEvidence} /> : null}
      {SHOWS.has(deed) && whole.conversation_id ? <PhotoField doors={doors} conversation={whole.conversation_id} files={files} onChange={setFiles} /> : null}
      {asksFree ? (
        <label className="cp-check">
          <input type="checkbox" checked={free} onChange={(event) => setFree(event.target.checked)} /> {t('form.free')}
        </label>
      ) : null}
      {trouble ? <Trouble error={trouble} /> : null}
      <div className="cp-bar">
        <Button onClick={onClose}>{t('ui:action.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={busy} disabled={!ready}>
          {t(`deed.${deed}`)}
        </Button>
      </div>
    </form>
  )
}
