import { useTranslation } from '@/i18n/react'

export type Ground = 'court' | 'police'

/** Where somebody else looks at the same matter: a dispute waits for a court or for the police. */
export function GroundSelect({ ground, onChoose }: { ground: Ground; onChoose: (ground: Ground) => void }) {
  const { t } = useTranslation('disputes')
  return (
    <>
      <p>{t('page.suspend_then')}</p>
      <label>
        {t('page.suspend_for')}
        <select className="x-native" value={ground} onChange={(event) => onChoose(event.target.value as Ground)}>
          <option value="court">{t('page.ground.court')}</option>
          <option value="police">{t('page.ground.police')}</option>
        </select>
      </label>
    </>
  )
}
