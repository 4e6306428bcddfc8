import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { type Given, PapersField } from '@/ui/PapersField'
import { FormBox } from '../parts/FormBox'
import { upload } from '../parts/server'
import type { DisputeWhole, ExhibitWish, Place } from '../parts/wire'

const KINDS = ['chat_range', 'photo_video', 'carrier_record', 'lab_report', 'screenshot', 'phone_list', 'medical_certificate', 'statement'] as const
type Kind = (typeof KINDS)[number]

const FOR: Readonly<Record<string, Kind>> = {
  photo_video: 'photo_video',
  state_at_sign_for: 'photo_video',
  completeness_proof: 'photo_video',
  test_report: 'lab_report',
  sign_for_proof: 'carrier_record',
  delivery_proof: 'carrier_record',
  tracking: 'carrier_record',
  carrier_record: 'carrier_record',
  evidence_number: 'chat_range',
}

const ITEM_AND_LABEL = ['item', 'label'] as const
const SHOWS: Readonly<Record<string, readonly ('item' | 'label' | 'accredited' | 'item_identity' | 'unaltered')[]>> = {
  photo_video: ITEM_AND_LABEL,
  lab_report: ['accredited', 'item_identity'],
  medical_certificate: ['unaltered'],
}

interface Props {
  place: Place
  one: DisputeWhole
  onSend: (wish: ExhibitWish) => Promise<void>
  onClose: () => void
}

/** Show something for one's side: an evidence number, photos, a record, a report, one's own words. */
export function ShowForm({ place, one, onSend, onClose }: Props) {
  const { t } = useTranslation('disputes')
  const mine = one.issues_shown.find((issue) => issue.holder === one.me && !issue.settled)
  const [kind, setKind] = useState<Kind>(FOR[mine?.must ?? ''] ?? 'statement')
  const [text, setText] = useState('')
  const [number, setNumber] = useState('')
  const [files, setFiles] = useState<readonly Given[]>([])
  const [about, setAbout] = useState(mine?.id ?? '')
  const [shows, setShows] = useState<ReadonlySet<string>>(new Set())
  const [busy, setBusy] = useState(0)
  const numbered = kind === 'chat_range' || kind === 'screenshot'
  const ready = busy === 0 && (kind === 'chat_range' ? number.trim() !== '' : text.trim() !== '' || files.length > 0)
  const toggle = (word: string) => setShows((before) => new Set(before.has(word) ? [...before].filter((each) => each !== word) : [...before, word]))
  const send = () =>
    onSend({
      kind,
      text: text.trim(),
      files: files.map(({ id }) => id),
      shows: (SHOWS[kind] ?? []).filter((word) => shows.has(word)),
      issues: about ? [about] : [],
      ...(numbered && number.trim() ? { number: number.trim() } : {}),
    })
  return (
    <FormBox title={t('deed.show')} submit={t('deed.show')} ready={ready} work={send} onClose={onClose}>
      {mine ? <p>{mine.sentence}</p> : null}
      <label>
        {t('page.kind_of')}
        <select className="x-native" value={kind} onChange={(event) => setKind(event.target.value as Kind)}>
          {KINDS.map((value) => (
            <option key={value} value={value}>
              {t(`page.kind.${value}`)}
            </option>
          ))}
        </select>
      </label>
      {one.issues_shown.length > 1 ? (
        <label>
          {t('page.about')}
          <select className="x-native" value={about} onChange={(event) => setAbout(event.target.value)}>
            <option value="">{t('page.about_all')}</option>
            {one.issues_shown.map((issue) => (
              <option key={issue.id} value={issue.id}>
                {t(`issue.${issue.issue}`)}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      {numbered ? (
        <label>
          {t('page.number')}
          <Input value={number} maxLength={60} autoComplete="off" onChange={(event) => setNumber(event.target.value)} />
          <span className="x-dim">{t('page.number_hint')}</span>
        </label>
      ) : null}
      <label>
        {t(kind === 'screenshot' ? 'page.screenshot_words' : 'page.says')}
        <Input.TextArea rows={3} maxLength={4_000} value={text} onChange={(event) => setText(event.target.value)} />
      </label>
      {(SHOWS[kind] ?? []).map((word) => (
        <span key={word}>
          <label>
            <input type="checkbox" checked={shows.has(word)} onChange={() => toggle(word)} /> {t(`page.shows.${word}`)}
          </label>
        </span>
      ))}
      {kind === 'chat_range' || (place && one.conversation_id === null) ? null : (
        <PapersField label={t('page.add_file')} keep={(file) => upload(one.shop_id, one.conversation_id, file)} files={files} onFiles={setFiles} onBusy={setBusy} />
      )}
    </FormBox>
  )
}
