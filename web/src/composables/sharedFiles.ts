/** What was sent into a conversation beside words, newest first: found by the server's search, as far as one may read. */
import type { MessageEntry, SearchPage } from 'teahouse-client'

import { useOps } from './useOps'
import { usePages } from './usePages'

export interface SharedFile {
  seq: number
  at: number
  sender: string
  file: string
  name: string
  size: number
  mime: string
  width: number
  height: number
}

const PAGE = 40

function shared(entry: MessageEntry): SharedFile | null {
  const body = entry.body as Record<string, unknown> | undefined
  if (typeof body?.file !== 'string') return null
  const number = (value: unknown): number => (typeof value === 'number' ? value : 0)
  return {
    seq: entry.seq,
    at: entry.at,
    sender: entry.sender.nick,
    file: body.file,
    name: String(body.name ?? ''),
    size: number(body.size),
    mime: String(body.mime ?? ''),
    width: number(body.width),
    height: number(body.height),
  }
}

export function useSharedFiles(conversation: () => string, what: 'image' | 'file') {
  const { call } = useOps()
  // Images are files, too: as files only those that are none of the others.
  const query = what === 'image' ? 'has:image' : 'has:file -has:image -has:voice'
  return usePages<SharedFile, string>(async (cursor) => {
    const page: SearchPage = await call('search', {
      query,
      conversation: conversation(),
      limit: PAGE,
      ...(cursor && { cursor }),
    })
    const rows = page.hits.map((hit) => shared(hit.entry as MessageEntry)).filter((file) => file !== null)
    return { rows, next: page.next ?? null }
  })
}
