import { useQuery } from '@tanstack/react-query'
import { Button, Input, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { useDesk } from '../data/deskStore'
import { useDeeds } from '../data/useDeeds'
import { listTags } from '../server'
import type { Summary } from '../wire'
import { DeedDialog } from './DeedDialog'

const LONGEST_TAG = 40
const MOST_OFFERED = 20

/** The tags of a conversation; those in use in the shop are one click away. */
export function TagsDialog({ summary, close }: { summary: Summary; close: () => void }) {
  const { t } = useTranslation('conversations')
  const { shop } = useDesk()
  const deeds = useDeeds({ shop, conversation: summary.id })
  const used = useQuery({ queryKey: ['desk', shop, 'tags'], queryFn: ({ signal }) => listTags(shop, signal) })
  const [tags, setTags] = useState<readonly string[]>(summary.tags)
  const [word, setWord] = useState('')
  const add = (tag: string) => {
    const clean = tag.trim()
    if (clean !== '') setTags((before) => [...new Set([...before, clean])])
    setWord('')
  }
  const offered = (used.data?.data ?? []).filter(({ name }) => !tags.includes(name)).slice(0, MOST_OFFERED)
  return (
    <DeedDialog title={t('desk.dialog.tag')} verb={t('desk.dialog.tag_save')} ready run={() => deeds.tags(word.trim() ? [...tags, word.trim()] : tags)} close={close}>
      <div className="xd-presets">
        {tags.map((tag) => (
          <Tag key={tag} closable closeIcon={<span aria-label={t('desk.dialog.tag_remove', { tag })}>×</span>} onClose={() => setTags((before) => before.filter((each) => each !== tag))}>
            {tag}
          </Tag>
        ))}
      </div>
      <Input
        value={word}
        maxLength={LONGEST_TAG}
        aria-label={t('desk.dialog.tag_new')}
        placeholder={t('desk.dialog.tag_new')}
        onChange={(event) => setWord(event.target.value)}
        onPressEnter={(event) => {
          event.preventDefault()
          add(word)
        }}
      />
      <div className="xd-presets" role="group" aria-label={t('desk.dialog.tag_used')}>
        {offered.map(({ name }) => (
          <Button key={name} size="small" onClick={() => add(name)}>
            {name}
          </Button>
        ))}
      </div>
    </DeedDialog>
  )
}
