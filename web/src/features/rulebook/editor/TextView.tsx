import { Alert, Input } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { Trouble } from '@/ui/Trouble'
import { type Checked, checkDraft } from '../tables'
import { FlawList } from './Flaws'
import type { DraftState } from './useDraft'

const PAUSE_MS = 500

/** The same table as text; the server reads it, so that there is one reader and not two. */
export function TextView({ name, draft, text: held, editable }: { name: string; draft: DraftState; text: string; editable: boolean }) {
  const { t } = useTranslation('rulebook')
  const [typed, setTyped] = useState<string | null>(null)
  const [found, setFound] = useState<Checked | null>(null)
  const [trouble, setTrouble] = useState<unknown>(null)
  const { take } = draft
  useEffect(() => {
    if (typed === null) return
    const stop = new AbortController()
    const timer = setTimeout(() => {
      checkDraft(name, { text: typed }, stop.signal).then(
        (result) => {
          setFound(result)
          setTrouble(null)
          if (result.grid) take(result.grid, result)
        },
        (error: unknown) => {
          if (!stop.signal.aborted) setTrouble(error)
        },
      )
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
    // `take` is new with every draft; only what is typed is asked about
    // oxlint-disable-next-line react/exhaustive-deps
  }, [typed, name])
  const text = typed ?? (editable ? draft.last?.text || held : held)
  return (
    <>
      <p className="x-quiet">{t('text.hint')}</p>
      <Input.TextArea
        className="xr-text"
        aria-label={t('view.text')}
        value={text}
        readOnly={!editable}
        spellCheck={false}
        autoSize={{ minRows: 16, maxRows: 40 }}
        onChange={(event) => setTyped(event.target.value)}
      />
      {trouble ? <Trouble error={trouble} style={{ marginTop: 8 }} /> : null}
      <div aria-live="polite">
        {found && !found.proved ? (
          <Alert
            type="error"
            showIcon
            style={{ marginTop: 8 }}
            title={t('proof.flaws', { number: found.flaws.length })}
            description={<FlawList flaws={found.flaws} grid={draft.grid} />}
          />
        ) : null}
      </div>
    </>
  )
}
