import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Rate } from 'antd'
import { useState } from 'react'
import { api } from '@/api'
import { useTranslation } from '@/i18n/react'
import { refreshing, useTopic } from '@/realtime/react'
import { announce } from '@/ui/announce'
import { Trouble } from '@/ui/Trouble'
import './learning.css'

const WORDS_MAX = 1000

/** Under the chat, once a consultation has ended: how was it? One may think again until the window closes. */
export function RatingBar({ conversation }: { conversation: string }) {
  const { t } = useTranslation('learning')
  const queries = useQueryClient()
  const key = ['learning', 'rating', conversation]
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.GET('/public/v1/conversations/{conversation}/rating', { params: { path: { conversation } }, signal }),
  })
  useTopic(`conversation:${conversation}`, refreshing(() => queries.invalidateQueries({ queryKey: key })))
  const [changing, setChanging] = useState(false)
  const asked = query.data
  if (!asked?.asked || asked.state === 'lapsed') return null
  if (asked.state === 'rated' && !changing) {
    return (
      <div className="ln-rating" role="status">
        <span>{t('rating.thanks', { count: asked.stars ?? 0 })}</span>
        <Button type="link" onClick={() => setChanging(true)}>
          {t('rating.change')}
        </Button>
      </div>
    )
  }
  return (
    <RatingForm
      key={asked.consultation}
      conversation={conversation}
      stars={asked.stars ?? 0}
      words={asked.words}
      onDone={(said) => {
        queries.setQueryData(key, said)
        setChanging(false)
      }}
    />
  )
}

interface FormProps {
  conversation: string
  stars: number
  words: string
  onDone: (said: unknown) => void
}

function RatingForm(props: FormProps) {
  const { t } = useTranslation('learning')
  const [stars, setStars] = useState(props.stars)
  const [words, setWords] = useState(props.words)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<unknown>(null)
  const send = async () => {
    setBusy(true)
    setTrouble(null)
    try {
      const path = { conversation: props.conversation }
      const said = await api.POST('/public/v1/conversations/{conversation}/rating', { params: { path }, body: { stars, words } })
      announce(t('rating.thanks', { count: stars }))
      props.onDone(said)
    } catch (error) {
      setTrouble(error)
      setBusy(false)
    }
  }
  return (
    <section className="ln-rating" aria-label={t('rating.ask')}>
      <strong>{t('rating.ask')}</strong>
      <Rate value={stars} onChange={setStars} tooltips={[1, 2, 3, 4, 5].map((one) => ({ title: t('rating.stars', { count: one }) }))} />
      {stars > 0 ? (
        <>
          <Input
            aria-label={t('rating.words')}
            placeholder={t('rating.words')}
            maxLength={WORDS_MAX}
            value={words}
            onChange={(event) => setWords(event.target.value)}
            onPressEnter={() => void send()}
          />
          <Button type="primary" loading={busy} onClick={() => void send()}>
            {t('rating.send')}
          </Button>
        </>
      ) : null}
      {trouble ? <Trouble error={trouble} /> : null}
    </section>
  )
}
