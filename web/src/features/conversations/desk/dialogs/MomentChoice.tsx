import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { absoluteTime, shortTime } from '@/ui/time'
import { localValue, presets, readLocalValue } from '../model/times'

/** A moment ahead: some usual ones, or any. */
export function MomentChoice({ chosen, choose }: { chosen: Date | null; choose: (at: Date | null) => void }) {
  const { t, i18n } = useTranslation('conversations')
  const [opened] = useState(() => new Date())
  return (
    <>
      <div className="xd-presets" role="group" aria-label={t('desk.moment.usual')}>
        {presets(opened).map((preset) => (
          <Button key={preset.name} type={chosen?.getTime() === preset.at.getTime() ? 'primary' : 'default'} onClick={() => choose(preset.at)}>
            {t(`desk.moment.${preset.name}`, { number: preset.count })}
            <span className="x-figures" style={{ opacity: 0.75 }}>
              {shortTime(preset.at.getTime(), opened.getTime(), i18n.language)}
            </span>
          </Button>
        ))}
      </div>
      <label className="xd-moment">
        {t('desk.moment.other')}
        <input
          type="datetime-local"
          className="xd-select"
          min={localValue(opened)}
          value={chosen ? localValue(chosen) : ''}
          onChange={(event) => choose(readLocalValue(event.target.value, new Date()))}
        />
      </label>
      <p className="xd-quiet" role="status">
        {chosen ? absoluteTime(chosen.getTime(), i18n.language) : ''}
      </p>
    </>
  )
}
