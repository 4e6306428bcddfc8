import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { type Given, PapersField } from '@/ui/PapersField'
import { FormBox } from '../parts/FormBox'
import { type Ground, GroundSelect } from '../parts/GroundSelect'
import { upload } from '../parts/server'
import type { DisputeWhole, Place } from '../parts/wire'

interface Props {
  place: Place
  one: DisputeWhole
  needsPaper: boolean
  onSend: (wish: { ground: Ground; text: string; files: string[] }) => Promise<void>
  onClose: () => void
}

/** A party has gone to court or to the police, or shows that the court has taken its suit. */
export function SuspendForm({ place, one, needsPaper, onSend, onClose }: Props) {
  const { t } = useTranslation('disputes')
  const [ground, setGround] = useState<Ground>('court')
  const [text, setText] = useState('')
  const [files, setFiles] = useState<readonly Given[]>([])
  const [busy, setBusy] = useState(0)
  const deed = needsPaper ? 'deed.prove_court' : 'deed.suspend'
  const ready = busy === 0 && (needsPaper ? files.length > 0 : text.trim() !== '')
  return (
    <FormBox title={t(deed)} submit={t(deed)} ready={ready} work={() => onSend({ ground, text: text.trim(), files: files.map(({ id }) => id) })} onClose={onClose}>
      {needsPaper ? <p>{t('page.prove_court_then')}</p> : <GroundSelect ground={ground} onChoose={setGround} />}
      <label>
        {t('page.words')}
        <Input.TextArea rows={3} maxLength={4_000} value={text} onChange={(event) => setText(event.target.value)} />
      </label>
      {place && one.conversation_id === null ? null : (
        <PapersField label={t('page.add_file')} keep={(file) => upload(one.shop_id, one.conversation_id, file)} files={files} onFiles={setFiles} onBusy={setBusy} />
      )}
    </FormBox>
  )
}
