import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { FormBox } from '../parts/FormBox'

interface Props {
  deed: 'say' | 'withdraw' | 'challenge' | 'resume'
  needed: boolean
  onSend: (text: string) => Promise<void>
  onClose: () => void
}

/** A deed that comes with words. */
export function WordsForm({ deed, needed, onSend, onClose }: Props) {
  const { t } = useTranslation('disputes')
  const [text, setText] = useState('')
  return (
    <FormBox title={t(`deed.${deed}`)} submit={t(`deed.${deed}`)} ready={!needed || text.trim() !== ''} work={() => onSend(text.trim())} onClose={onClose}>
      {deed === 'withdraw' ? <p>{t('page.withdraw_then')}</p> : null}
      <label>
        {t('page.words')}
        <Input.TextArea rows={3} maxLength={4_000} value={text} onChange={(event) => setText(event.target.value)} />
      </label>
    </FormBox>
  )
}
