/** Files on their way into a conversation: uploaded first, sent when they are there. */
import { useCallback, useEffect, useRef, useState } from 'react'
import { asRefusal } from '@/api'
import { type At, upload } from '../server'
import type { StoredFile } from '../wire'

export interface Upload {
  key: number
  name: string
  state: 'uploading' | 'failed'
  message: string
  file: File
}

let keys = 0

export function useUploads({ conversation }: At, onStored: (file: StoredFile) => void) {
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const running = useRef(new Map<number, AbortController>())
  const stored = useRef(onStored)
  useEffect(() => {
    stored.current = onStored
  })

  const start = useCallback(
    async (key: number, file: File) => {
      const leaving = new AbortController()
      running.current.set(key, leaving)
      setUploads((before) => [
        ...before.filter((each) => each.key !== key),
        { key, name: file.name, state: 'uploading', message: '', file },
      ])
      try {
        const kept = await upload(file, conversation, leaving.signal)
        setUploads((before) => before.filter((each) => each.key !== key))
        stored.current(kept)
      } catch (error) {
        if (leaving.signal.aborted) return
        const { message } = asRefusal(error)
        setUploads((before) => before.map((each) => (each.key === key ? { ...each, state: 'failed', message } : each)))
      } finally {
        running.current.delete(key)
      }
    },
    [conversation],
  )
  const add = useCallback(
    (files: readonly File[]) => {
      for (const file of files) {
        keys += 1
        void start(keys, file)
      }
    },
    [start],
  )
  const retry = useCallback((each: Upload) => void start(each.key, each.file), [start])
  const cancel = useCallback((key: number) => {
    running.current.get(key)?.abort()
    setUploads((before) => before.filter((each) => each.key !== key))
  }, [])
  return { uploads, add, retry, cancel }
}
