import { PaperClipOutlined, PictureOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { Copyable } from '@/ui/Copyable'
import { formatBytes } from '@/ui/files'
import { Money } from '@/ui/Money'
import { cutLinks } from '../model/links'
import { useOpenCase } from '../data/openCase'
import { useDesk } from '../data/deskStore'
import { useParts } from '../parts'
import type { Card, CaseNews, Entry, PacketCard } from '../wire'
import { type FileFacts, fileOf, useFileAddress } from './fileFacts'

/** What a message holds: words, a picture, a file, a card. */
export function Content({ entry, newest = true }: { entry: Entry; newest?: boolean }) {
  switch (entry.kind) {
    case 'image':
      return <Picture entry={entry} />
    case 'file':
      return <FileLink entry={entry} />
    case 'card':
      return <AnyCard card={entry.body.card as AnyCardBody | undefined} newest={newest} />
    case 'text':
    case 'system':
    case 'recall':
      return <Words text={entry.shown ?? entry.text} />
  }
}

/** Words as they were written; addresses can be followed. */
export function Words({ text }: { text: string }) {
  return (
    <p className="xd-words">
      {cutLinks(text).map((piece) =>
        piece.href ? (
          <a key={piece.from} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
            {piece.text}
          </a>
        ) : (
          piece.text
        ),
      )}
    </p>
  )
}

const WIDEST = 260
const HIGHEST = 220

function Picture({ entry }: { entry: Entry }) {
  const { t } = useTranslation('conversations')
  const [broken, setBroken] = useState(false)
  const file = fileOf(entry)
  const { data } = useFileAddress(file?.id)
  if (!file || broken) return <FileLink entry={entry} />
  const { width = WIDEST, height = HIGHEST } = file
  const scale = Math.min(1, WIDEST / width, HIGHEST / height)
  const size = { width: Math.round(width * scale), height: Math.round(height * scale) }
  return (
    <>
      {data ? (
        <a href={data.url} target="_blank" rel="noopener noreferrer" title={t('desk.image.open')}>
          <img
            className="xd-picture"
            src={data.thumbnail_url ?? data.url}
            alt={t('desk.image.alt', { name: file.name })}
            {...size}
            loading="lazy"
            onError={() => setBroken(true)}
          />
        </a>
      ) : (
        <span className="xd-picture" style={{ display: 'block', ...size }} />
      )}
      {entry.text ? <Words text={entry.text} /> : null}
    </>
  )
}

function FileLink({ entry }: { entry: Entry }) {
  const file = fileOf(entry)
  return (
    <>
      {file ? <FileChip file={file} picture={entry.kind === 'image'} /> : null}
      {entry.text || !file ? <Words text={entry.text} /> : null}
    </>
  )
}

function FileChip({ file, picture }: { file: FileFacts; picture: boolean }) {
  const { i18n } = useTranslation('conversations')
  const { data } = useFileAddress(file.id)
  return (
    <a className="xd-file" href={data?.url} target="_blank" rel="noopener noreferrer" download={file.name}>
      {picture ? <PictureOutlined aria-hidden /> : <PaperClipOutlined aria-hidden />}
      <span className="xd-file-name">{file.name}</span>
      <span className="xd-quiet">{formatBytes(file.size_bytes, i18n.language)}</span>
    </a>
  )
}

type AnyCardBody = Card | CaseNews | PacketCard

function AnyCard({ card, newest }: { card: AnyCardBody | undefined; newest: boolean }) {
  return card?.kind === 'case' || card?.kind === 'red_packet' ? <Other card={card} newest={newest} /> : <CardView card={card} />
}

function Other({ card, newest }: { card: CaseNews | PacketCard; newest: boolean }) {
  const { TalkCard } = useParts()
  const { shop } = useDesk()
  const { show } = useOpenCase()
  return <TalkCard shop={shop} card={card} newest={newest} onOpen={show} />
}

/** An order or a product as it was when it was shown. */
function CardView({ card }: { card: Card | undefined }) {
  const { t } = useTranslation(['conversations', 'orders'])
  if (!card) return <p className="xd-words">{t('desk.card.gone')}</p>
  return (
    <div className="xd-card">
      <div className="xd-card-head">
        <span className="xd-quiet">{t(`desk.card.${card.kind}`)}</span>
        {card.kind === 'order' ? <Copyable text={card.title} /> : <strong>{card.title}</strong>}
      </div>
      <div className="xd-card-body">
        {card.image_url ? <img className="xd-card-picture" src={card.image_url} alt="" loading="lazy" /> : null}
        <ul className="xd-card-lines">
          {card.lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </div>
      <div className="xd-card-foot">
        {card.amount_minor === null ? null : <Money minor={card.amount_minor} currency={card.currency} />}
        <span className="xd-quiet">{card.kind === 'order' ? t(`orders:state.${card.state as 'paid'}`) : t(`orders:card.${card.state as 'gone'}`)}</span>
      </div>
    </div>
  )
}
