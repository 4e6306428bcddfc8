import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Select, Tag } from 'antd'
import { useState } from 'react'
import { api, asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { announce } from '@/ui/announce'
import { RelativeTime } from '@/ui/RelativeTime'
import { Part, Sheet } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { Trouble } from '@/ui/Trouble'
import { type CalendarDraft, readCalendar, WEEKDAYS, writeCalendar } from './calendar'
import './hours.css'
import { Intervals } from './Intervals'
import { Preview } from './Preview'
import { Specials } from './Specials'

/** When the desk of the shop is open: weekdays, holidays, make-up days. */
export default function HoursPage({ shop }: { shop: string }) {
  const { t } = useTranslation('clocks')
  const query = useQuery({
    queryKey: ['calendar', shop],
    queryFn: ({ signal }) => api.GET('/api/v1/shops/{shop}/calendar', { params: { path: { shop } }, signal }),
    refetchOnWindowFocus: false,
  })
  const found = query.data
  return (
    <Sheet
      title={t('nav.hours')}
      hint={t('hours.hint')}
      extra={
        found ? (
          <span>
            <Tag color={found.is_open ? 'success' : 'default'}>{found.is_open ? t('hours.open_now') : t('hours.closed_now')}</Tag>
            {found.next_change ? (
              <span className="x-quiet">
                {found.is_open ? t('hours.closes') : t('hours.opens')} <RelativeTime at={found.next_change} />
              </span>
            ) : null}
          </span>
        ) : null
      }
    >
      <StateBlock
        state={stateOf(query, false)}
        skeleton="form"
        error={query.isError ? asRefusal(query.error) : null}
        onRetry={() => void query.refetch()}
      >
        {found ? <HoursEditor key={found.version} shop={shop} saved={readCalendar(found.calendar)} /> : null}
      </StateBlock>
    </Sheet>
  )
}

function HoursEditor({ shop, saved }: { shop: string; saved: CalendarDraft }) {
  const { t } = useTranslation(['clocks', 'ui'])
  const queries = useQueryClient()
  const [draft, setDraft] = useState(saved)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Error | null>(null)
  const changed = JSON.stringify(writeCalendar(draft)) !== JSON.stringify(writeCalendar(saved))
  const save = async () => {
    setBusy(true)
    setTrouble(null)
    try {
      const answer = await api.PUT('/api/v1/shops/{shop}/calendar', { params: { path: { shop } }, body: writeCalendar(draft) })
      queries.setQueryData(['calendar', shop], answer)
      announce(t('ui:form.saved'))
    } catch (error) {
      setTrouble(asRefusal(error))
    } finally {
      setBusy(false)
    }
  }
  const workdays = () => {
    const hours = draft.week.monday
    setDraft({ ...draft, week: { ...draft.week, tuesday: hours, wednesday: hours, thursday: hours, friday: hours } })
  }
  return (
    <div className="h-columns">
      <div>
        <label className="h-zone">
          {t('hours.zone')}
          <Select
            value={draft.zone}
            onChange={(zone: string) => setDraft({ ...draft, zone })}
            options={ZONES.map((zone) => ({ value: zone, label: zone }))}
            showSearch={{ optionFilterProp: 'label' }}
            style={{ width: 240 }}
          />
        </label>
        <Part
          title={t('hours.week')}
          extra={
            <Button size="small" onClick={workdays}>
              {t('hours.copy_monday')}
            </Button>
          }
        >
          {WEEKDAYS.map((day) => (
            <Intervals
              key={day}
              label={t(`weekday.${day}`)}
              value={draft.week[day]}
              onChange={(hours) => setDraft({ ...draft, week: { ...draft.week, [day]: hours } })}
            />
          ))}
        </Part>
        <Part title={t('hours.specials')}>
          <Specials value={draft.specials} onChange={(specials) => setDraft({ ...draft, specials })} />
        </Part>
        {trouble ? <Trouble error={trouble} style={{ marginTop: 12 }} /> : null}
        <div className="h-foot">
          <Button type="primary" disabled={!changed} loading={busy} onClick={() => void save()}>
            {t('ui:action.save')}
          </Button>
          <Button disabled={!changed || busy} onClick={() => setDraft(saved)}>
            {t('hours.discard')}
          </Button>
        </div>
      </div>
      <Part title={t('hours.preview')}>
        <Preview draft={draft} saved={saved} />
      </Part>
    </div>
  )
}

const ZONES: readonly string[] = Intl.supportedValuesOf('timeZone')
