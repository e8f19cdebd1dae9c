/**
 * IndexedDB: what this browser remembers for one user. The name of the database has the user's id in it, so that one
 * user is never shown what another one read; logging out deletes it.
 */
import type { Entry, OutboxRecord, Summary } from 'teahouse-client'
import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb'

import type { Ranges } from './ranges'

/** What is known of a conversation's log. Its entries are as the log was at `cursor`. */
export interface LogState {
  conversation: string
  cursor: number
  ranges: Ranges
  /** When it was last looked at or added to. */
  touched: number
}

/** A message that waits, and the page that sends it. */
export interface OutboxRow {
  cid: string
  owner: string
  record: OutboxRecord
}

export interface KnownPerson {
  id: string
  nick: string
  avatar: string
  kind: string
  bio: string
  /** When the server was asked. */
  asked: number
}

export interface DraftRow {
  conversation: string
  text: string
  replyTo: number | null
  editing: number | null
  attachments: string[]
}

/** A file on its way. `message` is what carries it, once that was sent off. */
export interface UploadRow {
  id: string
  conversation: string
  kind: 'image' | 'file' | 'voice'
  name: string
  blob: Blob
  created: number
  width?: number
  height?: number
  durationMs?: number
  waveform?: number[]
  /** Where the server takes its parts (tus). */
  location?: string
  file?: string
  message?: { cid: string; text: string; replyTo: number | null; thread: number | null; expiresS?: number }
}

/** A conversation as the server told it last, and the read mark that it has not been told yet. */
export interface SummaryRow {
  id: string
  summary: Summary
  wantedRead: number
  /** The file id of its picture; null: not asked yet. */
  avatar: string | null
  /** When it was made, or one came in. */
  since: number
}

export interface Schema extends DBSchema {
  entries: {
    key: [conversation: string, seq: number]
    value: Entry
    indexes: { quoting: [string, number]; thread: [string, number] }
  }
  logs: { key: string; value: LogState }
  conversations: { key: string; value: SummaryRow }
  people: { key: string; value: KnownPerson }
  outbox: { key: string; value: OutboxRow; indexes: { owner: string } }
  uploads: { key: string; value: UploadRow }
  drafts: { key: string; value: DraftRow }
  receipts: {
    key: [conversation: string, user: string]
    value: ReceiptRow
    indexes: { conversation: string }
  }
}

export interface ReceiptRow {
  conversation: string
  user: string
  delivered: number
  read: number
}

export type Database = IDBPDatabase<Schema>

const VERSION = 1
const PREFIX = 'teahouse.'

export const databaseName = (user: string): string => PREFIX + user

/** Opens the database of one user. `lost`: the browser closed it, or a newer client in another tab needs it. */
export function openDatabase(user: string, lost: () => void = () => {}): Promise<Database> {
  return openDB<Schema>(databaseName(user), VERSION, {
    upgrade(database) {
      const entries = database.createObjectStore('entries', { keyPath: ['conversation', 'seq'] })
      entries.createIndex('quoting', ['conversation', 'reply_to'])
      entries.createIndex('thread', ['conversation', 'thread'])
      database.createObjectStore('logs', { keyPath: 'conversation' })
      database.createObjectStore('conversations', { keyPath: 'id' })
      database.createObjectStore('people', { keyPath: 'id' })
      database.createObjectStore('outbox', { keyPath: 'cid' }).createIndex('owner', 'owner')
      database.createObjectStore('uploads', { keyPath: 'id' })
      database.createObjectStore('drafts', { keyPath: 'conversation' })
      const receipts = database.createObjectStore('receipts', { keyPath: ['conversation', 'user'] })
      receipts.createIndex('conversation', 'conversation')
    },
    blocking(_current, _next, event) {
      ;(event.target as IDBDatabase).close()
      lost()
    },
    terminated: lost,
  })
}

/** Deletes what is remembered of a user; waits at most a moment for other tabs to let go of it. */
export async function deleteDatabase(user: string): Promise<void> {
  const patience = new Promise<void>((resolve) => setTimeout(resolve, 3000))
  await Promise.race([deleteDB(databaseName(user)), patience])
}

/** Deletes the databases of all users but one, as far as the browser can list them. */
export async function deleteOthers(user: string | null): Promise<void> {
  const all = (await globalThis.indexedDB?.databases?.()) ?? []
  const others = all.filter(({ name }) => name?.startsWith(PREFIX) && name !== databaseName(user ?? ''))
  await Promise.all(others.map(({ name }) => deleteDatabase(name!.slice(PREFIX.length))))
}

/** Deletes what the server told; what the user wrote and has not sent yet stays. */
export async function clearReceived(database: Database): Promise<void> {
  const received = ['entries', 'logs', 'conversations', 'people', 'receipts'] as const
  const writing = database.transaction(received, 'readwrite')
  for (const name of received) void writing.objectStore(name).clear()
  await writing.done
}
