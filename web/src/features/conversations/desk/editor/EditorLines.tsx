import { CloseOutlined, LoadingOutlined, PaperClipOutlined, RollbackOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from '@/i18n/react'
import type { Drafting } from '../data/useDraft'
import type { Upload } from '../data/useUploads'
import type { Entry } from '../wire'

export interface EditorLinesProps {
  drafting: Drafting | null
  replyTo: Entry | null
  dropReply: () => void
  uploads: readonly Upload[]
  retry: (upload: Upload) => void
  cancel: (key: number) => void
}

/** What stands above the words: whom one answers, files on their way, words found elsewhere. */
export function EditorLines({ drafting, replyTo, dropReply, uploads, retry, cancel }: EditorLinesProps) {
  const { t } = useTranslation(['conversations', 'ui'])
  return (
    <>
      {replyTo ? (
        <Line icon={<RollbackOutlined aria-hidden />} text={t('desk.reply.quoting', { words: (replyTo.shown ?? replyTo.text).slice(0, 80) || replyTo.name })}>
          <Close label={t('desk.reply.drop')} run={dropReply} />
        </Line>
      ) : null}
      {drafting?.draft.other ? (
        <Line icon={<RollbackOutlined aria-hidden />} text={t('desk.draft.other', { words: drafting.draft.other.slice(0, 60) })}>
          <Button size="small" onClick={drafting.keeper.takeOther}>
            {t('desk.draft.take')}
          </Button>
          <Close label={t('desk.draft.drop')} run={drafting.keeper.dropOther} />
        </Line>
      ) : null}
      {uploads.map((upload) => (
        <Line
          key={upload.key}
          icon={upload.state === 'uploading' ? <LoadingOutlined aria-hidden /> : <PaperClipOutlined aria-hidden />}
          text={upload.state === 'uploading' ? t('desk.upload.running', { name: upload.name }) : `${upload.name}: ${upload.message}`}
        >
          {upload.state === 'failed' ? (
            <Button size="small" onClick={() => retry(upload)}>
              {t('ui:action.retry')}
            </Button>
          ) : null}
          <Close label={t('desk.upload.cancel', { name: upload.name })} run={() => cancel(upload.key)} />
        </Line>
      ))}
    </>
  )
}

function Line({ icon, text, children }: { icon: ReactNode; text: string; children: ReactNode }) {
  return (
    <div className="xd-editor-line" role="status">
      {icon}
      <span className="xd-editor-line-text">{text}</span>
      {children}
    </div>
  )
}

function Close({ label, run }: { label: string; run: () => void }) {
  return <Button type="text" size="small" icon={<CloseOutlined aria-hidden />} aria-label={label} onClick={run} />
}
