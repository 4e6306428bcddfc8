import { useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { api, asRefusal, useCursorPages, useReach } from '@/api'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import { MoreRows } from '@/ui/MoreRows'
import { Sheet } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { NewPenaltyDialog } from './NewPenaltyDialog'
import { PenaltyDialog } from './PenaltyDialog'
import { PenaltyRows } from './PenaltyRows'
import type { Doors, Penalty } from './wire'

const DOORS: Doors = {
  key: ['penalties', 'all'],
  read: (penalty, signal) => api.GET('/platform/v1/penalties/{penalty}', { params: { path: { penalty } }, ...(signal ? { signal } : {}) }),
  why: (penalty, signal) => api.GET('/platform/v1/penalties/{penalty}/why', { params: { path: { penalty } }, ...(signal ? { signal } : {}) }),
}

/** Penalties of everybody: imposed and taken back by officers, read by administrators. */
export default function PenaltiesPage() {
  const { t } = useTranslation('penalties')
  const queries = useQueryClient()
  const decides = useReach('penalties.decide') !== 'none'
  const readsRules = useReach('rulebook.write') !== 'none'
  const [opened, setOpened] = useState<Penalty | null>(null)
  const [imposing, setImposing] = useState(false)
  const [reversing, setReversing] = useState<Penalty | null>(null)
  const pages = useCursorPages<Penalty>(['penalties', 'all', 'page'], (startingAfter, signal) =>
    api.GET('/platform/v1/penalties', { params: { query: startingAfter ? { starting_after: startingAfter } : {} }, signal }),
  )
  const changed = () => queries.invalidateQueries({ queryKey: ['penalties', 'all'] })
  const reverse = async (one: Penalty, why: string) => {
    await api.POST('/platform/v1/penalties/{penalty}/reverse', { params: { path: { penalty: one.id } }, body: { why } })
    await changed()
  }
  const takeBack = (one: Penalty) => {
    setOpened(null)
    setReversing(one)
  }
  return (
    <Sheet
      title={t('people.title')}
      hint={t('people.hint')}
      extra={
        <>
          {readsRules ? <Link to="/rules">{t('people.rules')}</Link> : null}
          {decides ? (
            <Button type="primary" onClick={() => setImposing(true)}>
              {t('new.open')}
            </Button>
          ) : null}
        </>
      }
    >
      <StateBlock
        state={stateOf(pages, pages.items.length === 0)}
        skeleton="table"
        title={t('penalties.none')}
        error={pages.isError ? asRefusal(pages.error) : null}
        onRetry={() => void pages.refetch()}
      >
        <PenaltyRows penalties={pages.items} named onOpen={setOpened} />
        <MoreRows pages={pages} />
      </StateBlock>
      {opened ? (
        <PenaltyDialog
          penalty={opened}
          doors={DOORS}
          onClose={() => setOpened(null)}
          footer={
            decides && opened.state !== 'reversed' ? (
              <Button danger onClick={() => takeBack(opened)}>
                {t('reverse.open')}
              </Button>
            ) : null
          }
        />
      ) : null}
      {imposing ? <NewPenaltyDialog onDone={changed} onClose={() => setImposing(false)} /> : null}
      {reversing ? (
        <FormDialog<{ why: string }> title={t('reverse.open')} submit={t('reverse.open')} onSubmit={({ why }) => reverse(reversing, why)} onClose={() => setReversing(null)}>
          <p>{t('reverse.then')}</p>
          <Form.Item name="why" label={t('reverse.why')} rules={[{ required: true, whitespace: true }]}>
            <Input.TextArea rows={3} maxLength={4000} />
          </Form.Item>
        </FormDialog>
      ) : null}
    </Sheet>
  )
}
