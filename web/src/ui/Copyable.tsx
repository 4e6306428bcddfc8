import { CheckOutlined, CopyOutlined } from '@ant-design/icons'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { announce } from './announce'

/** A name, order number or evidence number that one click copies. */
export function Copyable({ text, children }: { text: string; children?: ReactNode }) {
  const { t } = useTranslation('ui')
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 1_500)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = async () => {
    if (!(await copyText(text))) return
    setCopied(true)
    announce(t('copy.done'))
  }
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      {children ?? text}
      <button
        type="button"
        className="x-plain"
        aria-label={t('copy.label', { text })}
        title={copied ? t('copy.done') : t('copy.label', { text })}
        onClick={() => void copy()}
        style={{ minWidth: 24, minHeight: 24, textAlign: 'center', opacity: 0.75 }}
      >
        {copied ? <CheckOutlined aria-hidden /> : <CopyOutlined aria-hidden />}
      </button>
    </span>
  )
}

/** Copies through the clipboard, or through a selection where the page is not served over https. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = document.createElement('textarea')
    area.value = text
    area.style.position = 'fixed'
    area.style.opacity = '0'
    document.body.append(area)
    area.select()
    // The old command is the only way without a secure context.
    const done = document.execCommand('copy')
    area.remove()
    return done
  }
}
