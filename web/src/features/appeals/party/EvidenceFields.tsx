import { Button, Input } from 'antd'
import { keepFile } from '@/api'
import { useTranslation } from '@/i18n/react'
import { type Given, PapersField } from '@/ui/PapersField'
import type { Dispatch, SetStateAction } from 'react'
import type { AppealWish } from '../parts/wire'

type Sent = NonNullable<AppealWish['evidence']>[number]
/** Evidence as it is being written: its papers by name. */
export type EvidenceWish = Omit<Sent, 'files'> & { papers?: readonly Given[] }

const KINDS = ['statement', 'carrier_record', 'photo_video', 'lab_report', 'phone_list', 'medical_certificate', 'screenshot'] as const

interface Props {
  value: readonly EvidenceWish[]
  /** Where photos can be kept; none, no photos. */
  conversation: string | null
  onChange: Dispatch<SetStateAction<EvidenceWish[]>>
  onBusy: Dispatch<SetStateAction<number>>
}

/** Evidence that goes with an appeal: numbers of sealed talk, and anything that can be told in words. */
export function EvidenceFields({ value, conversation, onChange, onBusy }: Props) {
  const { t } = useTranslation(['appeals', 'ui'])
  const change = (place: number, next: Partial<EvidenceWish>) => onChange((now) => now.map((one, at) => (at === place ? { ...one, ...next } : one)))
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
      <legend className="x-label">{t('part.evidence')}</legend>
      {value.map((one, place) => (
        // oxlint-disable-next-line react/no-array-index-key -- lines have no name before they are sent
        <div key={place} className="x-box x-form">
          {one.kind === 'chat_range' ? (
            <label>
              {t('form.number')}
              <Input value={one.number ?? ''} maxLength={64} autoComplete="off" onChange={(event) => change(place, { number: event.target.value.trim() })} />
            </label>
          ) : (
            <>
              <label>
                {t('form.kind')}
                <select className="x-native" value={one.kind ?? 'statement'} onChange={(event) => change(place, { kind: event.target.value as 'statement' })}>
                  {KINDS.map((kind) => (
                    <option key={kind} value={kind}>
                      {t(`evidence.${kind}`)}
                    </option>
                  ))}
                </select>
              </label>
              <label>
                {t('form.says')}
                <Input.TextArea rows={2} maxLength={4_000} value={one.text ?? ''} onChange={(event) => change(place, { text: event.target.value })} />
              </label>
              {conversation ? (
                <PapersField
                  label={t('form.add_photo')}
                  keep={(file) => keepFile(conversation, file)}
                  files={one.papers ?? []}
                  onFiles={(set) => onChange((now) => now.map((each, at) => (at === place ? { ...each, papers: typeof set === 'function' ? set(each.papers ?? []) : set } : each)))}
                  onBusy={onBusy}
                />
              ) : null}
            </>
          )}
          <div>
            <Button size="small" onClick={() => onChange(value.filter((_, at) => at !== place))}>
              {t('form.remove')}
            </Button>
          </div>
        </div>
      ))}
      <div className="x-actions" style={{ display: 'flex', gap: 8, flexWrap: 'wrap' }}>
        <Button onClick={() => onChange([...value, { kind: 'chat_range', number: '' }])}>{t('form.add_number')}</Button>
        <Button onClick={() => onChange([...value, { kind: 'statement', text: '' }])}>{t('form.add_evidence')}</Button>
      </div>
    </fieldset>
  )
}

/** Without the lines somebody opened and left empty. */
export function filled(value: readonly EvidenceWish[]): Sent[] {
  return value
    .filter((one) => (one.kind === 'chat_range' ? one.number : one.text?.trim() || one.papers?.length))
    .map(({ papers = [], ...one }) => Object.assign(one, { files: papers.map(({ id }) => id) }))
}
