import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '@/api'
import { useTranslation } from '@/i18n/react'
import { NextActions } from '@/ui/NextActions'
import { TextDialog } from '../TextDialog'
import type { Block } from '../wire'

type Deed = 'approve' | 'refuse' | 'lift'

const DOORS = {
  approve: '/api/v1/shops/{shop}/blocks/{block}/approve',
  refuse: '/api/v1/shops/{shop}/blocks/{block}/refuse',
  lift: '/api/v1/shops/{shop}/blocks/{block}/lift',
} as const

/** What the shop's people may do with a block of theirs. */
export function ShopDeeds({ shop, block }: { shop: string; block: Block }) {
  const { t } = useTranslation('blocks')
  const queries = useQueryClient()
  const [deed, setDeed] = useState<Deed | null>(null)
  const path = { params: { path: { shop, block: block.id } } }
  const changed = () => queries.invalidateQueries({ queryKey: ['blocks', shop] })
  return (
    <div className="x-deeds">
      <NextActions
        deeds={block.deeds}
        actions={{
          approve: { label: t('deed.approve'), primary: true, run: () => setDeed('approve') },
          refuse: { label: t('deed.refuse'), hideRefused: true, run: () => setDeed('refuse') },
          withdraw: {
            label: t('deed.withdraw'),
            hideRefused: true,
            consequence: t('sure.withdraw'),
            run: () => api.POST('/api/v1/shops/{shop}/blocks/{block}/withdraw', path).then(changed),
          },
          lift: { label: t('deed.lift'), hideRefused: true, run: () => setDeed('lift') },
        }}
      />
      {deed ? (
        <TextDialog<{ text: string }>
          title={t(`deed.${deed}`)}
          label={t('label.reasons')}
          onSubmit={async ({ text }) => {
            await api.POST(DOORS[deed], { ...path, body: { text: text.trim() } })
            await changed()
          }}
          onClose={() => setDeed(null)}
        />
      ) : null}
    </div>
  )
}
