import { api } from '@/api'

/** Keeps a picture with a conversation; a complaint then names it. */
export async function upload(conversation: string, file: File): Promise<{ id: string; name: string }> {
  const kept = await api.POST('/public/v1/files', {
    params: { query: { conversation_id: conversation, name: file.name } },
    body: file as never,
    bodySerializer: (body: unknown) => body as Blob,
    headers: { 'Content-Type': 'application/octet-stream' },
  })
  return { id: kept.id, name: file.name }
}

export const PURPOSE = 'complaint' as const
export const PAGE = 50
