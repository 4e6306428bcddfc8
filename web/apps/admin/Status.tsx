import OverdueObjections from '@/features/guard/pages/OverdueObjections'

/** What of the marketplace's is overdue. */
export function Status() {
  return <OverdueObjections shop={null} to="/guard" />
}
