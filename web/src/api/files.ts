import { api } from './page'

/** Keeps a picture or a paper with a conversation; what is said somewhere then names it. */
export async function keepFile(conversation: string, file: File): Promise<{ id: string; name: string }> {
  const kept = await api.POST('/public/v1/files', {
    params: { query: { conversation_id: conversation, name: file.name } },
    body: file as never, // the bytes as they are; the description names them only by their media type
    bodySerializer: (body: unknown) => body as Blob,
    headers: { 'Content-Type': 'application/octet-stream' },
  })
  return { id: kept.id, name: file.name }
}
