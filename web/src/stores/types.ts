/**
 * What the stores show to views: plain, immutable objects that are replaced when something changes, never changed
 * in place, so that a view compares them by identity. Times are milliseconds UTC, `seq` counts the entries of one
 * conversation from 1.
 */

export type Role = 'owner' | 'admin' | 'member' | ''
export type Kind = 'direct' | 'group' | 'channel' | 'room'
export type Status = 'online' | 'away' | 'dnd' | 'offline' | 'invisible'

/** Who is logged in. */
export interface Me {
  readonly id: string
  readonly nick: string
  readonly guest: boolean
  readonly admin: boolean
  /** The name one logs in with; empty for guests. */
  readonly user: string
  readonly bio: string
  /** A file id, or empty. */
  readonly avatar: string
  readonly locale: string
}

/** Somebody, as far as is known. `id` and `nick` are all that is sure. */
export interface Person {
  readonly id: string
  readonly nick: string
}

export interface User extends Person {
  /** Address of the picture, or null: then the initials are shown. */
  readonly avatar: string | null
  readonly status: Status | null
  /** What they wrote beside their status. */
  readonly text: string
  readonly lastSeen: number | null
  readonly guest: boolean
  readonly bot: boolean
  readonly bio: string
}

/** What a message says. Which fields are there follows from `type`; unknown types are passed on as they are. */
export interface Body {
  readonly type: string
  readonly text?: string | null
  /** `/me waves` */
  readonly action?: boolean
  readonly file?: string
  readonly name?: string
  readonly size?: number
  readonly mime?: string
  readonly width?: number
  readonly height?: number
  readonly duration_ms?: number
  readonly waveform?: readonly number[]
  readonly lat?: number
  readonly lon?: number
  readonly title?: string
  readonly url?: string | null
  readonly image?: string | null
  readonly buttons?: readonly { label: string; url?: string | null; send?: string | null }[]
}

export interface Reaction {
  readonly emoji: string
  readonly count: number
  readonly mine: boolean
  /** User ids; of very many only the first. */
  readonly users: readonly string[]
}

export interface Quote {
  readonly seq: number
  readonly sender: Person
  readonly type: string
  readonly text: string
  readonly recalled: boolean
}

/** How far a message of one's own has come. */
export type SendState = 'waiting' | 'sending' | 'sent' | 'failed'
export type Mark = 'sent' | 'delivered' | 'read'

export interface Failure {
  readonly code: string
  readonly message: string
}

interface AnyRow {
  /** Stays the same when an optimistic row becomes the real one. */
  readonly key: string
  readonly conversation: string
  /** null: not stored (yet). */
  readonly seq: number | null
  /** Rows are sorted by this: the seq, a fraction behind it for what has none, infinity for what waits. */
  readonly order: number
  readonly sender: Person
  readonly at: number
}

export interface MessageRow extends AnyRow {
  readonly kind: 'message'
  /** Empty (`type` is '') for what was recalled. */
  readonly body: Body
  readonly own: boolean
  readonly cid: string | null
  readonly edited: number | null
  readonly recalled: boolean
  readonly expired: boolean
  readonly pinned: boolean
  readonly reactions: readonly Reaction[]
  readonly mentions: readonly string[]
  readonly mentionsMe: boolean
  readonly replyTo: number | null
  /** null beside a `replyTo`: not known (yet), or not for this reader. */
  readonly quote: Quote | null
  /** The root of the thread this one is in. Replies are rows like any other, so that nobody misses them. */
  readonly thread: number | null
  readonly replies: { readonly count: number; readonly lastSeq: number; readonly lastAt: number } | null
  readonly forwarded: { readonly nick: string; readonly at: number } | null
  readonly bot: boolean
  readonly webhook: { readonly id: string; readonly nick?: string; readonly avatar?: string } | null
  readonly high: boolean
  readonly expiresAt: number | null
  /** Only told to those who are there now; it is gone after a reload. */
  readonly ephemeral: boolean
  /** A bot is still writing it. */
  readonly streaming: boolean
  /** Of one's own messages; others are 'sent'. */
  readonly state: SendState
  readonly error: Failure | null
  /** Of one's own messages. */
  readonly mark: Mark | null
  /** In groups: how many are known to have read it. */
  readonly readCount: number
  /** The upload this message waits for. */
  readonly upload: string | null
}

/** Somebody joined, the title was changed and the like; a view makes the sentence. */
export interface SystemRow extends AnyRow {
  readonly kind: 'system'
  readonly event: 'member' | 'conversation' | 'pin'
  /** member: joined, left, invited, approved, kicked, banned, unbanned, role, muted, unmuted;
   *  conversation: created, settings, expires, dissolved; pin: on, off. */
  readonly change: string
  readonly user: Person | null
  readonly role: string
  readonly until: number
  readonly reason: string
  readonly title: string
  readonly expiresS: number | null
  /** pin: the message. */
  readonly ref: number | null
}

export type Row = MessageRow | SystemRow

/** A part of a conversation's log in memory, without a gap, as rows. Its properties are reactive. */
export interface Timeline {
  readonly conversation: string
  readonly rows: readonly Row[]
  /** The first message not read when the conversation was opened; fixed until it is opened again. */
  readonly firstUnread: number | null
  readonly hasOlder: boolean
  readonly hasNewer: boolean
  readonly loadingOlder: boolean
  readonly loadingNewer: boolean
  /** Nothing is there to be shown yet. */
  readonly opening: boolean
  /** Why the last page could not be loaded (for example, one is offline). */
  readonly error: Failure | null
  loadOlder(): Promise<void>
  loadNewer(): Promise<void>
  /** Makes sure that this entry is among the rows; false if there is none to be seen. */
  jumpTo(seq: number): Promise<boolean>
  /** Back to the newest. */
  newest(): Promise<void>
}

export interface LastMessage {
  readonly seq: number
  readonly sender: Person
  readonly at: number
  readonly body: Body
  readonly recalled: boolean
  readonly own: boolean
  readonly mark: Mark | null
  readonly bot: boolean
}

/** A conversation in one's list. */
export interface Summary {
  readonly id: string
  readonly kind: Kind
  readonly title: string
  readonly peer: Person | null
  readonly role: Role
  readonly lastMessage: LastMessage | null
  /** What the list is sorted by. */
  readonly lastAt: number
  readonly lastSeq: number
  readonly readSeq: number
  readonly clearedSeq: number
  readonly unread: number
  readonly mentions: number
  readonly pinned: boolean
  readonly muted: boolean
  readonly archived: boolean
  /** Text of the draft, or empty. */
  readonly draft: string
  readonly typing: readonly Person[]
  /** Address of the picture, or null. */
  readonly avatar: string | null
  readonly expiresS: number
}

/** The settings of a conversation (op `conversation`). */
export interface Details {
  readonly conversation: string
  readonly kind: Kind
  readonly title: string
  readonly topic: string
  readonly description: string
  readonly avatar: string
  readonly join: string
  readonly reach: string
  readonly last: number
  readonly limit: number
  readonly invite: string
  readonly post: string
  readonly created: number
  readonly revision: number
  readonly members: number
  readonly role: Role
  readonly expires_s: number
}

export interface Member extends Person {
  readonly role: Role
  readonly status: Status
  readonly joined: number
  /** 0: not muted; -1: for good; else until then. */
  readonly mutedUntil: number
}

export interface Reader extends Person {
  readonly at: number
}

export interface Readers {
  readonly count: number
  readonly of: number
  /** Empty in large conversations. */
  readonly readers: readonly Reader[]
}

/** What is to be said. With `attachments` each becomes a message of its own, `text` the caption of the first. */
export interface Outgoing {
  readonly text?: string
  /** The text is Markdown. */
  readonly markdown?: boolean
  /** In the place of `text`. */
  readonly body?: Body
  readonly replyTo?: number | null
  readonly thread?: number | null
  /** Ids of uploads. */
  readonly attachments?: readonly string[]
  readonly expiresS?: number
  readonly priority?: 'normal' | 'high'
  /** Send it later. */
  readonly at?: number
}

export interface Draft {
  readonly text: string
  readonly replyTo: number | null
  /** The message that is being edited. */
  readonly editing: number | null
  /** Ids of uploads. */
  readonly attachments: readonly string[]
}

export type UploadKind = 'image' | 'file' | 'voice'

export interface Upload {
  readonly id: string
  readonly conversation: string
  readonly kind: UploadKind
  readonly name: string
  readonly size: number
  readonly mime: string
  /** Of images, where known. */
  readonly width?: number
  readonly height?: number
  readonly durationMs?: number
  readonly waveform?: readonly number[]
  /** 0 to 1. */
  readonly progress: number
  readonly state: 'waiting' | 'uploading' | 'done' | 'failed'
  readonly error: Failure | null
  /** Id of the file, once it is there. */
  readonly file: string | null
  /** An object URL of what is uploaded, to show it at once. */
  readonly preview: string
}

export interface Hit {
  readonly conversation: string
  readonly seq: number
  readonly sender: Person
  readonly at: number
  readonly body: Body
  readonly snippet: string
  /** [start, length] in Unicode code points. */
  readonly marks: readonly (readonly [number, number])[]
}

export interface Notice {
  readonly id: number
  readonly text: string
  readonly kind: 'info' | 'success' | 'error'
  readonly action?: { readonly label: string; readonly run: () => void }
}

export interface Provider {
  readonly id: string
  readonly name: string
  readonly start: string
}
