import { Segmented } from 'antd'
import { useNavigate } from 'react-router'
import { useReach } from '@/api'
import { useTranslation } from '@/i18n/react'
import { Sheet } from '@/ui/Sheet'
import { Figures } from './Figures'
import { Objections } from './Objections'
import { Proofs } from './Proofs'
import { Proposals } from './Proposals'
import { TryList } from './TryList'
import './guardPages.css'

const OF_SHOP = ['objections', 'proofs', 'figures', 'trial'] as const
const OF_ALL = ['objections', 'proposals', 'figures'] as const
type PartName = (typeof OF_SHOP)[number] | (typeof OF_ALL)[number]

interface Props {
  /** The shop whose guard is shown; null: the marketplace's. */
  shop: string | null
  part: string | undefined
  /** Where a part has its address. */
  address: (part: string) => string
}

/** The guard at work: appeals against it, phrases that shall pass, proofs on file, what is heeded. */
export default function GuardPage({ shop, part, address }: Props) {
  const { t } = useTranslation('objections')
  const navigate = useNavigate()
  const triesLists = useReach('rulebook.write') !== 'none'
  const parts: readonly PartName[] = shop === null ? OF_ALL : OF_SHOP.filter((one) => one !== 'trial' || triesLists)
  const chosen = parts.find((one) => one === part) ?? 'objections'
  return (
    <Sheet
      title={t('page.title')}
      hint={t('page.hint')}
      extra={
        <Segmented
          aria-label={t('page.title')}
          value={chosen}
          options={parts.map((one) => ({ value: one, label: t(`part.${one}`) }))}
          onChange={(one) => void navigate(address(one))}
        />
      }
    >
      {chosen === 'objections' ? <Objections key={shop} shop={shop} /> : null}
      {chosen === 'proposals' ? <Proposals /> : null}
      {chosen === 'proofs' && shop !== null ? <Proofs shop={shop} /> : null}
      {chosen === 'figures' ? <Figures shop={shop} /> : null}
      {chosen === 'trial' && shop !== null ? <TryList shop={shop} /> : null}
    </Sheet>
  )
}
