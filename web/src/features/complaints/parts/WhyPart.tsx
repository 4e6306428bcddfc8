import { QuestionCircleOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { WhyList } from '@/ui/Why'
import type { Explained } from './wire'

/** Every decision with its row and what it stands on, asked for when somebody wants to know. */
export function WhyPart({ queryKey, load }: { queryKey: readonly unknown[]; load: (signal?: AbortSignal) => Promise<Explained[]> }) {
  const { t } = useTranslation('complaints')
  const [open, setOpen] = useState(false)
  const query = useQuery({ queryKey: [...queryKey], queryFn: ({ signal }) => load(signal), enabled: open })
  return (
    <section>
      <Button type="link" icon={<QuestionCircleOutlined aria-hidden />} aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('view.why')}
      </Button>
      {open ? (
        <StateBlock state={stateOf(query, false)} skeleton="list" error={query.isError ? asRefusal(query.error) : null} onRetry={() => void query.refetch()}>
          <ol className="cp-steps">
            {(query.data ?? []).map((one) => (
              <li key={one.id}>
                <WhyList
                  outcome={one.sentence || one.title}
                  row={one.row}
                  basis={one.basis}
                  version={one.version}
                  since={one.at}
                  inputs={one.inputs.map((fact) => ({ label: fact.label, value: String(fact.value) }))}
                />
              </li>
            ))}
          </ol>
        </StateBlock>
      ) : null}
    </section>
  )
}
