import { useAppealRight } from '@/api'
import { AppealWay } from '@/ui/AppealWay'
import type { Appeals } from './wire'

/** The way to an appeal against a penalty, or against the block a measure came of. */
export function Appeal({ place, base, outside = false, kind, target }: Appeals & { kind: 'penalty' | 'block'; target: string }) {
  const right = useAppealRight(place, kind, target)
  return <AppealWay right={right.data} kind={kind} target={target} base={base} outside={outside} />
}
