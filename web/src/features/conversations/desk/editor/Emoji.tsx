import { useTranslation } from '@/i18n/react'

/** Those that are used in talk with buyers; the system's own keyboard has the rest. */
const EMOJI = [
  '😊', '😄', '😁', '🙂', '😉', '😍', '🥰', '🤗', '🤔', '😅', '😂', '🤣', '😭', '😔', '😓', '😮', '😴', '😎',
  '👍', '👌', '🙏', '👏', '💪', '🤝', '✌️', '👋', '🫡', '❤️', '💖', '🌹', '🎉', '🎁', '✨', '⭐', '🔥', '✅',
  '❌', '⏰', '📦', '🚚', '💰', '🧾', '📷', '📞', '☕', '🍀',
]

export default function Emoji({ choose }: { choose: (emoji: string) => void }) {
  const { t } = useTranslation('conversations')
  return (
    <div role="group" aria-label={t('desk.editor.emoji')} className="xd-emoji">
      {EMOJI.map((emoji) => (
        <button key={emoji} type="button" className="x-plain" onClick={() => choose(emoji)}>
          {emoji}
        </button>
      ))}
    </div>
  )
}
