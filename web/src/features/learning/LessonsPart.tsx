import { useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { api, asRefusal, useCursorPages } from '@/api'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import { MoreRows } from '@/ui/MoreRows'
import { RelativeTime } from '@/ui/RelativeTime'
import { Part } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { SureButton } from '@/ui/SureButton'
import { MaskedTalk } from './MaskedTalk'
import { type Lesson, type LessonWish, shareLesson } from './wire'

/** What the team can learn from: cases with a good answer, model dialogues, scripts. */
export function LessonsPart({ shop, leads }: { shop: string; leads: boolean }) {
  const { t } = useTranslation('learning')
  const queries = useQueryClient()
  const [writing, setWriting] = useState(false)
  const pages = useCursorPages<Lesson>(['learning', shop, 'lessons'], (after, signal) =>
    api.GET('/api/v1/shops/{shop}/lessons', { params: { path: { shop }, query: { limit: 20, ...(after ? { starting_after: after } : {}) } }, signal }),
  )
  const changed = () => queries.invalidateQueries({ queryKey: ['learning', shop] })
  return (
    <Part title={t('part.lessons')} extra={<Button onClick={() => setWriting(true)}>{t('lesson.write')}</Button>}>
      <StateBlock
        state={stateOf(pages, pages.items.length === 0)}
        title={t('lesson.none')}
        hint={t('lesson.none_hint')}
        error={pages.isError ? asRefusal(pages.error) : null}
        onRetry={() => void pages.refetch()}
      >
        {pages.items.map((one) => (
          <LessonCard key={one.id} shop={shop} one={one} leads={leads} onChange={changed} />
        ))}
        <MoreRows pages={pages} />
      </StateBlock>
      {writing ? <ScriptDialog shop={shop} onDone={changed} onClose={() => setWriting(false)} /> : null}
    </Part>
  )
}

function LessonCard({ shop, one, leads, onChange }: { shop: string; one: Lesson; leads: boolean; onChange: () => Promise<unknown> }) {
  const { t } = useTranslation('learning')
  const at = { params: { path: { shop, lesson: one.id } } }
  const settle = async (way: 'publish' | 'withdraw' | 'read') => {
    if (way === 'publish') await api.POST('/api/v1/shops/{shop}/lessons/{lesson}/publish', at)
    else if (way === 'withdraw') await api.POST('/api/v1/shops/{shop}/lessons/{lesson}/withdraw', at)
    else await api.POST('/api/v1/shops/{shop}/lessons/{lesson}/read', at)
    await onChange()
  }
  return (
    <details className="ln-lesson">
      <summary>
        <strong>{one.title}</strong>{' '}
        <span className="x-dim">
          {t(`lesson.kind.${one.kind}`)} · {one.author_name} · <RelativeTime at={one.at} />
          {one.state === 'proposed' ? ` · ${t('lesson.proposed')}` : ''}
          {one.read ? ` · ${t('lesson.read_done')}` : ''}
        </span>
      </summary>
      <MaskedTalk lines={one.talk} />
      <p className="x-said">
        <strong>{t('lesson.good')}</strong> {one.good_answer}
      </p>
      <div className="x-actions">
        {one.state === 'published' && !one.read ? <Button onClick={() => void settle('read')}>{t('lesson.mark_read')}</Button> : null}
        {leads && one.state === 'proposed' ? (
          <Button type="primary" onClick={() => void settle('publish')}>
            {t('lesson.publish')}
          </Button>
        ) : null}
        {leads ? <SureButton danger label={t('lesson.withdraw')} sentence={t('lesson.withdraw_then')} run={() => settle('withdraw')} /> : null}
      </div>
    </details>
  )
}

function ScriptDialog({ shop, onDone, onClose }: { shop: string; onDone: () => Promise<unknown>; onClose: () => void }) {
  const { t } = useTranslation('learning')
  return (
    <FormDialog<LessonWish>
      title={t('lesson.write')}
      initial={{ kind: 'script' }}
      onSubmit={async (values) => {
        await shareLesson(shop, values)
        await onDone()
      }}
      onClose={onClose}
    >
      <Form.Item name="kind" label={t('lesson.kind')}>
        <Radio.Group options={(['script', 'lesson'] as const).map((kind) => ({ value: kind, label: t(`lesson.kind.${kind}`) }))} />
      </Form.Item>
      <Form.Item name="title" label={t('form.title')} rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item name="good_answer" label={t('form.words_share')} rules={[{ required: true, whitespace: true }]}>
        <Input.TextArea rows={5} maxLength={4000} showCount />
      </Form.Item>
    </FormDialog>
  )
}
