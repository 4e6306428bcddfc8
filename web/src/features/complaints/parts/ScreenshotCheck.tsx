import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { Trouble } from '@/ui/Trouble'
import type { Doors, Item } from './wire'

/** The words of a screenshot beside the server's copy: what is the same, what differs, what was left out. */
export function ScreenshotCheck({ doors, number }: { doors: Doors; number: string }) {
  const { t } = useTranslation('complaints')
  const [text, setText] = useState('')
  const [item, setItem] = useState<Item | null>(null)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<unknown>(null)
  const id = useId()
  const compare = async () => {
    setBusy(true)
    setTrouble(null)
    try {
      setItem(await doors.compare(number, text))
    } catch (error) {
      setTrouble(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <details>
      <summary>{t('shot.title')}</summary>
      <label htmlFor={id} className="cp-label">
        {t('shot.words')}
      </label>
      <Input.TextArea id={id} rows={3} maxLength={20_000} value={text} onChange={(event) => setText(event.target.value)} />
      <div className="cp-bar">
        <Button disabled={text.trim() === ''} loading={busy} onClick={() => void compare()}>
          {t('shot.compare')}
        </Button>
      </div>
      {trouble ? <Trouble error={trouble} /> : null}
      {item ? <Comparison item={item} /> : null}
    </details>
  )
}

/** Line by line, with a word for what is seen. */
export function Comparison({ item }: { item: Item }) {
  const { t } = useTranslation('complaints')
  const { matches, lines, left_out: left } = item.comparison
  return (
    <div role="status">
      <p>
        <strong>{t(`shot.found.${matches}`)}</strong>
      </p>
      {lines.length > 0 ? (
        <table className="cp-compare">
          <thead>
            <tr>
              <th scope="col">{t('shot.given')}</th>
              <th scope="col">{t('shot.said')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.given}>
                <td>{line.given}</td>
                <td>{line.same ? `✓ ${line.said ?? ''}` : `✗ ${line.said ?? t('shot.nowhere')}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {left.length > 0 ? <p>{t('shot.left_out', { count: left.length })}</p> : null}
    </div>
  )
}
