// Generated from docs/reference/protocol.schema.json by generate.mjs: do not edit.

/** What a message says. `type` tells which fields there are: see KnownBody. Programs may agree on others. */
export interface Body {
  type: string
  text?: string | null
  [field: string]: unknown
}

/**
 * `whole`: the cursors name all conversations the device knew; of any other all that may be read follows.
 */
export interface HelloCommand {
  op: 'hello'
  nick?: string | null
  resume?: string | null
  user?: string | null
  password?: string | null
  token?: string | null
  device?: string | null
  cursors?: {
    [k: string]: number
  } | null
  whole?: boolean
  id?: number | string | null
}

export interface PingCommand {
  op: 'ping'
  id?: number | string | null
}

/**
 * `to`: a conversation id, `@nick` for a direct conversation, or `topic:a.b` for the rooms listening.
 * `only`: an ephemeral message for one member.
 */
export interface SendCommand {
  op: 'send'
  to: string
  text?: string | null
  body?: Body | null
  cid?: string | null
  reply_to?: number | null
  priority?: 'high' | 'normal'
  ephemeral?: boolean
  thread?: number | null
  forward?: Original[] | null
  expires_s?: number | null
  at?: number | null
  only?: string | null
  id?: number | string | null
}

/**
 * Where a message stands that is forwarded.
 */
export interface Original {
  conversation: string
  seq: number
}

export interface EditCommand {
  op: 'edit'
  conversation: string
  seq: number
  text?: string | null
  body?: Body | null
  id?: number | string | null
}

export interface RecallCommand {
  op: 'recall'
  conversation: string
  seq: number
  id?: number | string | null
}

export interface ReactCommand {
  op: 'react'
  conversation: string
  seq: number
  emoji: string
  on?: boolean
  id?: number | string | null
}

export interface ReadCommand {
  op: 'read'
  conversation: string
  seq: number
  id?: number | string | null
}

/**
 * Confirms receipt on this device, for one conversation or many.
 */
export interface DeliveredCommand {
  op: 'delivered'
  conversation?: string | null
  seq?: number | null
  cursors?: {
    [k: string]: number
  } | null
  id?: number | string | null
}

export interface TypingCommand {
  op: 'typing'
  conversation: string
  on?: boolean
  id?: number | string | null
}

export interface HistoryCommand {
  op: 'history'
  conversation: string
  before?: number | null
  after?: number | null
  limit?: number
  thread?: number | null
  quotes?: boolean
  id?: number | string | null
}

/**
 * `before` and `after` are milliseconds UTC; `from` a user id, a nick or `me`.
 */
export interface SearchCommand {
  op: 'search'
  query: string
  conversation?: string | null
  from?: string | null
  before?: number | null
  after?: number | null
  cursor?: string | null
  limit?: number
  id?: number | string | null
}

export interface SyncCommand {
  op: 'sync'
  cursors?: {
    [k: string]: number
  } | null
  limit?: number
  id?: number | string | null
}

export interface OnlineCommand {
  op: 'online'
  conversation?: string | null
  id?: number | string | null
}

export interface ConversationsCommand {
  op: 'conversations'
  id?: number | string | null
}

export interface CreateCommand {
  op: 'create'
  kind: 'channel' | 'group' | 'room'
  title?: string
  /**
   * @maxItems 500
   */
  members?: string[]
  topic?: string
  join?: ('approval' | 'invite' | 'open') | null
  reach?: ('all' | 'joined' | 'last') | null
  last?: number
  id?: number | string | null
}

/**
 * By `conversation`, where anybody may or may ask to (`text` goes with the request), or by the token of a
 * `link`.
 */
export interface JoinCommand {
  op: 'join'
  conversation?: string | null
  link?: string | null
  text?: string
  id?: number | string | null
}

export interface LeaveCommand {
  op: 'leave'
  conversation: string
  id?: number | string | null
}

export interface InviteCommand {
  op: 'invite'
  conversation: string
  user?: string | null
  users?: string[] | null
  id?: number | string | null
}

export interface KickCommand {
  op: 'kick'
  conversation: string
  user: string
  id?: number | string | null
}

export interface RoleCommand {
  op: 'role'
  conversation: string
  user: string
  role: 'admin' | 'member' | 'owner'
  id?: number | string | null
}

/**
 * With `user`: forbid a member to send, until `until` or for good. Without: quiet one's own notifications.
 */
export interface MuteCommand {
  op: 'mute'
  conversation: string
  user?: string | null
  on?: boolean
  until?: number | null
  id?: number | string | null
}

/**
 * With `seq`: pin a message for all. Without: keep the conversation on top of one's own list.
 */
export interface PinCommand {
  op: 'pin'
  conversation: string
  seq?: number | null
  on?: boolean
  id?: number | string | null
}

export interface ArchiveCommand {
  op: 'archive'
  conversation: string
  on?: boolean
  id?: number | string | null
}

export interface MembersCommand {
  op: 'members'
  conversation: string
  after?: string
  limit?: number
  id?: number | string | null
}

export interface PresenceCommand {
  op: 'presence'
  status: 'away' | 'dnd' | 'invisible' | 'online'
  text?: string
  id?: number | string | null
}

/**
 * The messages that are pinned for all.
 */
export interface PinsCommand {
  op: 'pins'
  conversation: string
  id?: number | string | null
}

/**
 * Who has read a message.
 */
export interface ReadersCommand {
  op: 'readers'
  conversation: string
  seq: number
  id?: number | string | null
}

/**
 * How far the others have received and read.
 */
export interface ReceiptsCommand {
  op: 'receipts'
  conversation: string
  id?: number | string | null
}

/**
 * Delete messages for oneself.
 */
export interface HideCommand {
  op: 'hide'
  conversation: string
  /**
   * @minItems 1
   * @maxItems 100
   */
  seqs: number[]
  id?: number | string | null
}

/**
 * Clear the history for oneself, up to a seq or all of it.
 */
export interface ClearCommand {
  op: 'clear'
  conversation: string
  upto?: number | null
  id?: number | string | null
}

/**
 * How long new messages of a conversation stay; 0: for good.
 */
export interface ExpireCommand {
  op: 'expire'
  conversation: string
  expires_s: number
  id?: number | string | null
}

/**
 * What one wishes for all conversations; what is left out stays.
 */
export interface PreferencesCommand {
  op: 'preferences'
  receipts?: boolean | null
  id?: number | string | null
}

/**
 * One's own messages that wait for their time.
 */
export interface SchedulesCommand {
  op: 'schedules'
  id?: number | string | null
}

/**
 * Change one of them: its time, what it says, or both.
 */
export interface RescheduleCommand {
  op: 'reschedule'
  schedule: string
  at?: number | null
  text?: string | null
  body?: Body | null
  id?: number | string | null
}

export interface CancelCommand {
  op: 'cancel'
  schedule: string
  id?: number | string | null
}

/**
 * For bots: a message that is written while others watch. With `to` it begins; with `stream` it goes on.
 */
export interface StreamCommand {
  op: 'stream'
  to?: string | null
  stream?: string | null
  append?: string
  finish?: boolean
  type?: 'markdown' | 'text'
  reply_to?: number | null
  thread?: number | null
  cid?: string | null
  id?: number | string | null
}

export interface ConversationCommand {
  op: 'conversation'
  conversation: string
  id?: number | string | null
}

/**
 * What is given is changed, the rest stays. `revision`: only if the settings are still those.
 */
export interface UpdateCommand {
  op: 'update'
  conversation: string
  title?: string
  topic?: string
  description?: string
  avatar?: string
  join?: 'approval' | 'invite' | 'open'
  reach?: 'all' | 'joined' | 'last'
  last?: number
  limit?: number
  invite?: 'admins' | 'members'
  post?: 'admins' | 'members'
  revision?: number | null
  id?: number | string | null
}

export interface DissolveCommand {
  op: 'dissolve'
  conversation: string
  id?: number | string | null
}

export interface BanCommand {
  op: 'ban'
  conversation: string
  user: string
  reason?: string
  id?: number | string | null
}

export interface UnbanCommand {
  op: 'unban'
  conversation: string
  user: string
  id?: number | string | null
}

export interface BansCommand {
  op: 'bans'
  conversation: string
  after?: string
  limit?: number
  id?: number | string | null
}

/**
 * Make an invitation link. It works for `expires_in` seconds, and lets `uses` in.
 */
export interface LinkCommand {
  op: 'link'
  conversation: string
  expires_in?: number | null
  uses?: number | null
  id?: number | string | null
}

export interface LinksCommand {
  op: 'links'
  conversation: string
  id?: number | string | null
}

export interface UnlinkCommand {
  op: 'unlink'
  conversation: string
  link: string
  id?: number | string | null
}

export interface PreviewCommand {
  op: 'preview'
  link: string
  id?: number | string | null
}

export interface RequestsCommand {
  op: 'requests'
  conversation: string
  id?: number | string | null
}

export interface ApproveCommand {
  op: 'approve'
  conversation: string
  user: string
  id?: number | string | null
}

export interface RejectCommand {
  op: 'reject'
  conversation: string
  user: string
  id?: number | string | null
}

export interface BlockCommand {
  op: 'block'
  user: string
  id?: number | string | null
}

export interface UnblockCommand {
  op: 'unblock'
  user: string
  id?: number | string | null
}

export interface BlocksCommand {
  op: 'blocks'
  after?: string
  limit?: number
  id?: number | string | null
}

/**
 * Keep somebody in one's contacts, under a name of one's own, or no longer.
 */
export interface ContactCommand {
  op: 'contact'
  user: string
  alias?: string
  on?: boolean
  id?: number | string | null
}

export interface ContactsCommand {
  op: 'contacts'
  after?: string
  limit?: number
  id?: number | string | null
}

/**
 * Of a message (`conversation` and `seq`), or of a `user`.
 */
export interface ReportCommand {
  op: 'report'
  reason: 'abuse' | 'illegal' | 'other' | 'sexual' | 'spam' | 'violence'
  conversation?: string | null
  seq?: number | null
  user?: string | null
  text?: string
  id?: number | string | null
}

/**
 * What may be written after a slash in a conversation.
 */
export interface SlashCommand {
  op: 'slash'
  conversation: string
  id?: number | string | null
}

/**
 * `edited`, `reactions`, `pinned`, `replies` and `quote` come only with history and sync: live, they are events of
 * their own, or asked for.
 */
export interface MessageEntry {
  ev: 'message'
  /**
   * Has a `type`: see the definitions `body.*`. Missing when recalled, expired or hidden.
   */
  body?: Body
  /**
   * User ids, or `*` for all.
   */
  mentions?: string[]
  reply_to?: number
  topic?: string
  priority?: string
  /**
   * A program wrote it.
   */
  bot?: boolean
  command?: CalledCommand | null
  webhook?: Webhook | null
  recalled?: boolean
  expired?: boolean
  hidden?: boolean
  /**
   * The root of the thread this is a reply in.
   */
  thread?: number
  forwarded?: Forwarded | null
  expires_s?: number
  stream?: Streamed | null
  edited?: Edited | null
  reactions?: Reacted[]
  pinned?: boolean
  /**
   * At the root of a thread: its replies.
   */
  replies?: Thread | null
  quote?: Quote | null
  conversation: string
  seq: number
  /**
   * The id of the entry.
   */
  message: string
  sender: Person
  at: number
  /**
   * Only to the sender's own sessions.
   */
  cid?: string
}

/**
 * The message is a slash command, for this bot.
 */
export interface CalledCommand {
  bot: string
  name: string
  rest: string
}

/**
 * By which webhook the message came, and the name and picture it asked to be shown with.
 */
export interface Webhook {
  id: string
  nick?: string
  avatar?: string
}

/**
 * Who wrote it first, by the nick they had, and when.
 */
export interface Forwarded {
  nick: string
  at: number
}

/**
 * The stream this message was told by before. `unfinished`: it broke off.
 */
export interface Streamed {
  id: string
  unfinished?: boolean
}

/**
 * The last edit: the seq of its entry, and when.
 */
export interface Edited {
  seq: number
  at: number
}

/**
 * Who put an emoji on a message, newest state.
 */
export interface Reacted {
  emoji: string
  count: number
  users: string[]
}

/**
 * What is known of a thread at its root: how many replies stand (COUNTED: or more), and the last of them.
 */
export interface Thread {
  replies: number
  last_seq: number
  last_at: number
}

/**
 * What a reply answers, as its reader may see it now. `text` is the beginning of it.
 */
export interface Quote {
  seq: number
  sender: Person
  type?: string
  text?: string
  recalled?: boolean
}

/**
 * A user as others see it.
 */
export interface Person {
  id: string
  nick: string
}

export interface EditEntry {
  ev: 'edit'
  ref: number
  body?: Body
  mentions?: string[]
  hidden?: boolean
  expired?: boolean
  /**
   * Of a message that does not stay: what is left of it.
   */
  expires_s?: number
  conversation: string
  seq: number
  /**
   * The id of the entry.
   */
  message: string
  sender: Person
  at: number
  /**
   * Only to the sender's own sessions.
   */
  cid?: string
}

/**
 * `expired`: nobody took it back, its time was over; the sender is `system`.
 */
export interface RecallEntry {
  ev: 'recall'
  ref: number
  expired?: boolean
  conversation: string
  seq: number
  /**
   * The id of the entry.
   */
  message: string
  sender: Person
  at: number
  /**
   * Only to the sender's own sessions.
   */
  cid?: string
}

export interface ReactionEntry {
  ev: 'reaction'
  ref: number
  emoji: string
  on: boolean
  conversation: string
  seq: number
  /**
   * The id of the entry.
   */
  message: string
  sender: Person
  at: number
  /**
   * Only to the sender's own sessions.
   */
  cid?: string
}

export interface PinEntry {
  ev: 'pin'
  ref: number
  on: boolean
  conversation: string
  seq: number
  /**
   * The id of the entry.
   */
  message: string
  sender: Person
  at: number
  /**
   * Only to the sender's own sessions.
   */
  cid?: string
}

/**
 * `change`: joined, left, invited, approved, kicked, banned, unbanned, role, muted or unmuted.
 */
export interface MemberEntry {
  ev: 'member'
  user: Person
  change: string
  role?: string
  until?: number
  reason?: string
  conversation: string
  seq: number
  /**
   * The id of the entry.
   */
  message: string
  sender: Person
  at: number
  /**
   * Only to the sender's own sessions.
   */
  cid?: string
}

/**
 * Made, with its first `members`; or changed, with all its settings; or `dissolved`.
 */
export interface ConversationEntry {
  ev: 'conversation'
  kind: string
  title: string
  topic?: string
  members?: Person[]
  expires_s?: number
  description?: string
  avatar?: string
  join?: string
  reach?: string
  last?: number
  limit?: number
  invite?: string
  post?: string
  dissolved?: boolean
  conversation: string
  seq: number
  /**
   * The id of the entry.
   */
  message: string
  sender: Person
  at: number
  /**
   * Only to the sender's own sessions.
   */
  cid?: string
}

/**
 * A message that is not stored: no seq, at most once. `only`: the one member who is told.
 */
export interface EphemeralEvent {
  ev: 'message'
  conversation: string
  sender: Person
  at: number
  body: Body
  ephemeral?: boolean
  only?: string
}

export interface ReceiptEvent {
  ev: 'receipt'
  conversation: string
  user: string
  delivered?: number
  read?: number
}

export interface TypingEvent {
  ev: 'typing'
  conversation: string
  user: string
  on: boolean
}

export interface PresenceEvent {
  ev: 'presence'
  user: string
  status: string
  at: number
  nick?: string
  text?: string
}

/**
 * To one's own sessions: these messages were deleted for oneself, on another device.
 */
export interface HiddenEvent {
  ev: 'hidden'
  conversation: string
  seqs: number[]
}

/**
 * To one's own sessions: the history up to and with `upto` was cleared, on another device.
 */
export interface ClearedEvent {
  ev: 'cleared'
  conversation: string
  upto: number
}

/**
 * Somebody's message grows: `text` follows what has `start` characters so far. `ended`: no more will come; the
 * whole follows as a message, if there was anything.
 */
export interface StreamEvent {
  ev: 'stream'
  conversation: string
  stream: string
  sender: Person
  type: string
  start: number
  text?: string
  thread?: number | null
  reply_to?: number | null
  ended?: boolean
}

/**
 * Somebody's place in a large conversation, told to their own devices only: no entry says so. `by` is who did
 * it.
 */
export interface MembershipEvent {
  ev: 'member'
  conversation: string
  user: Person
  change: string
  by: Person
  at: number
}

/**
 * Somebody asks to join: to the owner and admins. `state`: asked, withdrawn, approved or rejected; the last also
 * to who asked.
 */
export interface RequestEvent {
  ev: 'request'
  conversation: string
  user: Person
  state: string
  text?: string
}

/**
 * To agents of the customer-service desk: what became of a ticket (`what`: as in its record), and where it stands.
 * `agent` is who is asked or serves, `by` who did it; `text` goes with it, as with a whisper among agents.
 */
export interface DeskEvent {
  ev: 'desk'
  what: string
  ticket: string
  team: string
  state: string
  at: number
  conversation?: string
  agent?: string
  by?: string
  text?: string
}

/**
 * A sentence from the server to a person. `code` lets a program tell notices apart.
 */
export interface NoticeEvent {
  ev: 'notice'
  code: string
  text: string
}

/**
 * The session fell too far behind: entries after `from_` were not sent. The client calls sync.
 */
export interface ResyncEvent {
  ev: 'resync'
  conversation: string
  from: number
}

/**
 * The last thing a session hears. `after_ms`: wait so long before connecting again.
 */
export interface ByeEvent {
  ev: 'bye'
  reason: string
  reconnect: boolean
  after_ms?: number | null
}

/**
 * Plain words.
 */
export interface TextBody {
  type: 'text'
  text: string
}

/**
 * Words in CommonMark. The server stores them as they are and renders nothing; clients show no raw HTML.
 */
export interface MarkdownBody {
  type: 'markdown'
  text: string
}

/**
 * A picture; `text` is its caption.
 */
export interface ImageBody {
  type: 'image'
  file: string
  text?: string | null
  name?: string
  width?: number | null
  height?: number | null
}

export interface FileBody {
  type: 'file'
  file: string
  text?: string | null
  name?: string
}

/**
 * Something spoken; `text` is what was said. `waveform`: how loud, evenly over the whole, 0 to 255.
 */
export interface VoiceBody {
  type: 'voice'
  file: string
  text?: string | null
  duration_ms?: number | null
  /**
   * @maxItems 256
   */
  waveform?: number[]
}

/**
 * A place, in degrees of WGS 84.
 */
export interface LocationBody {
  type: 'location'
  lat: number
  lon: number
  name?: string
  text?: string | null
}

/**
 * A heading with words, a picture and buttons. All addresses are http or https.
 */
export interface CardBody {
  type: 'card'
  title: string
  text?: string | null
  url?: string | null
  image?: string | null
  /**
   * @maxItems 10
   */
  buttons?: Button[]
}

/**
 * Opens a page, or says `send` in the name of whoever presses it: exactly one of the two.
 */
export interface Button {
  label: string
  url?: string | null
  send?: string | null
}

export interface Answer {
  re: number | string
  /**
   * A result of the command's op, see `x-results`.
   */
  ok: {}
}

/**
 * Without `re`, the frame could not be read far enough to find its id.
 */
export interface Failure {
  error: Problem
  re?: number | string
}

/**
 * `retry`: the same command may succeed later, `retry_after_ms` at the earliest.
 */
export interface Problem {
  code: Code
  message: string
  retry: boolean
  retry_after_ms?: number
}

/**
 * The error codes of protocol.md, complete.
 */
export type Code =
  | 'bad_frame'
  | 'bad_request'
  | 'blocked'
  | 'conflict'
  | 'forbidden'
  | 'idempotency_conflict'
  | 'internal'
  | 'muted'
  | 'not_found'
  | 'rate_limited'
  | 'too_large'
  | 'unauthenticated'
  | 'unavailable'
  | 'unknown_op'

export interface BanPage {
  bans: Banned[]
  more: boolean
}

export interface Banned {
  user: Person
  at: number
}

export interface BlockPage {
  blocks: Blocked[]
  more: boolean
}

/**
 * Somebody who was blocked, since `at` (milliseconds UTC).
 */
export interface Blocked {
  user: Person
  at: number
}

export interface CommandList {
  commands: CommandRow[]
}

/**
 * A slash command. Without `bot`, the server itself does it.
 */
export interface CommandRow {
  name: string
  description?: string
  hint?: string
  bot?: Person | null
}

export interface ContactPage {
  contacts: Contact[]
  more: boolean
}

/**
 * Somebody in one's list of contacts, under a name of one's own, since `at` (milliseconds UTC).
 */
export interface Contact {
  user: Person
  alias: string
  at: number
}

export interface ConversationList {
  conversations: Summary[]
  badge?: number
}

/**
 * A conversation in one's list. `peer` is the other person of a direct conversation, `avatar` the id of the
 * picture of any other.
 */
export interface Summary {
  conversation: string
  kind: string
  title: string
  role: string
  last_seq: number
  read_seq: number
  unread: number
  mentions: number
  pinned: boolean
  muted: boolean
  archived: boolean
  peer?: Person | null
  last_message?: Entry | null
  cleared_seq?: number
  expires_s?: number
  avatar?: string
}

/**
 * A conversation's settings. `revision` is the seq of the entry that made them so, `members` how many there are,
 * `role` one's own, `expires_s` how many seconds new messages stay (0: for good).
 */
export interface ConversationView {
  conversation: string
  kind: string
  title: string
  topic: string
  description: string
  avatar: string
  join: string
  reach: string
  last: number
  limit: number
  invite: string
  post: string
  created: number
  revision: number
  members: number
  role: string
  expires_s: number
}

export interface Created {
  conversation: string
  seq: number
  kind: string
  title: string
}

export interface Done {}

export interface HistoryPage {
  entries: Entry[]
  more: boolean
}

/**
 * Where somebody came in, and the seq of the entry that let them in.
 */
export interface Joined {
  conversation: string
  seq: number
}

export interface LinkList {
  links: LinkRow[]
}

export interface LinkRow {
  link: string
  by: string
  created: number
  used: number
  expires: number
  uses: number | null
}

/**
 * A new invitation link. `token` is told this once; `uses` null: any number.
 */
export interface LinkMade {
  link: string
  token: string
  expires: number
  uses: number | null
}

/**
 * The seq of the entry that a change wrote.
 */
export interface Logged {
  seq: number
}

export interface MemberPage {
  members: MemberRow[]
  more: boolean
}

export interface MemberRow {
  id: string
  nick: string
  role: string
  status: string
  joined?: number
  muted_until?: number
}

export interface OnlineList {
  users: OnlineUser[]
  count: number
}

export interface OnlineUser {
  id: string
  nick: string
  status: string
  text?: string
}

/**
 * They asked to be let in; the owner or an admin decides.
 */
export interface JoinPending {
  conversation: string
  pending?: boolean
}

/**
 * The last pinned first.
 */
export interface PinnedMessages {
  entries: Entry[]
}

export interface Pong {
  at: number
}

export interface Preferred {
  receipts: boolean
}

/**
 * What strangers see of a conversation they were given a link to.
 */
export interface LinkPreview {
  title: string
  members: number
}

export interface ReadUpTo {
  seq: number
  unread: number
  mentions?: number
}

/**
 * `count` is how many of `of` members have read it. `readers` is empty in large conversations.
 */
export interface ReaderList {
  count: number
  of: number
  readers?: Reader[]
}

/**
 * `at`: when they last read on here, which may be further than the message asked for.
 */
export interface Reader {
  id: string
  nick: string
  at: number
}

/**
 * By user. Who has received nothing is left out; empty in large conversations.
 */
export interface ReceiptList {
  receipts?: Watermarks[]
}

/**
 * What a member has received and read. `at`: when they last read on, if that is known.
 */
export interface Watermarks {
  user: string
  delivered: number
  read: number
  at?: number | null
}

/**
 * The report, or the one that was there already.
 */
export interface Reported {
  report: string
}

export interface RequestList {
  requests: RequestRow[]
}

export interface RequestRow {
  user: Person
  at: number
  text?: string
}

export interface ScheduleList {
  schedules: Scheduled[]
}

/**
 * A message that waits for its time. `failed` is the code it was refused with, `why` the sentence.
 */
export interface Scheduled {
  schedule: string
  conversation: string
  at: number
  body?: Body | null
  forward?: Original[]
  reply_to?: number | null
  thread?: number | null
  failed?: string
  why?: string
}

/**
 * Newest first. `next`, if there are `more`, is the `cursor` of the page after this one.
 */
export interface SearchPage {
  hits: Hit[]
  more: boolean
  next?: string | null
}

/**
 * A message that was found. `snippet` is a piece of its text, plain; `marks` are what was found in it, as
 * (start, length) in characters (Unicode code points).
 */
export interface Hit {
  entry: Entry
  snippet: string
  marks: never[][]
}

export interface Sent {
  conversation: string
  seq: number
  message: string
  at: number
  duplicate?: boolean
}

export interface SentEphemeral {
  conversation: string
  at: number
  ephemeral?: boolean
}

/**
 * The first room's place in the usual fields, all rooms in `routed`.
 */
export interface SentToTopic {
  conversation: string
  seq: number
  message: string
  at: number
  duplicate?: boolean
  routed?: Routed[]
}

/**
 * One of several messages that a send became.
 */
export interface Routed {
  conversation: string
  seq: number
  message: string
}

/**
 * `length`: how many characters there are.
 */
export interface Streaming {
  conversation: string
  stream: string
  length: number
}

/**
 * `badge`: what an icon shows; muted conversations count by their mentions only.
 */
export interface Synced {
  conversations: SyncedConversation[]
  badge?: number
}

export interface SyncedConversation {
  conversation: string
  kind: string
  title: string
  last_seq: number
  read_seq: number
  unread: number
  mentions: number
  entries?: Entry[]
  more?: boolean
  muted?: boolean
  cleared_seq?: number
  hidden?: number[]
}

export interface Welcome {
  user: User
  session: string
  heartbeat_s: number
  server: string
  lobby: string
  resume?: string | null
}

/**
 * Somebody who can send. A guest is whoever holds its resume secret; an account has a name that stays.
 */
export interface User {
  id: string
  nick: string
  guest?: boolean
}

/** The bodies that every server and client knows. */
export type KnownBody = TextBody | MarkdownBody | ImageBody | FileBody | VoiceBody | LocationBody | CardBody

/** What a log entry says: it has a `seq`, and is told in order, once. */
export type Entry =
  MessageEntry | EditEntry | RecallEntry | ReactionEntry | PinEntry | MemberEntry | ConversationEntry

/** Events without a seq: told once to whoever is live. */
export type TransientEvent =
  | EphemeralEvent
  | ReceiptEvent
  | TypingEvent
  | PresenceEvent
  | HiddenEvent
  | ClearedEvent
  | StreamEvent
  | MembershipEvent
  | RequestEvent
  | DeskEvent
  | NoticeEvent
  | ResyncEvent
  | ByeEvent

export type ServerEvent = Entry | TransientEvent

/** The command of each op. */
export interface CommandByOp {
  hello: HelloCommand
  ping: PingCommand
  send: SendCommand
  edit: EditCommand
  recall: RecallCommand
  react: ReactCommand
  read: ReadCommand
  delivered: DeliveredCommand
  typing: TypingCommand
  history: HistoryCommand
  search: SearchCommand
  sync: SyncCommand
  online: OnlineCommand
  conversations: ConversationsCommand
  create: CreateCommand
  join: JoinCommand
  leave: LeaveCommand
  invite: InviteCommand
  kick: KickCommand
  role: RoleCommand
  mute: MuteCommand
  pin: PinCommand
  archive: ArchiveCommand
  members: MembersCommand
  presence: PresenceCommand
  pins: PinsCommand
  readers: ReadersCommand
  receipts: ReceiptsCommand
  hide: HideCommand
  clear: ClearCommand
  expire: ExpireCommand
  preferences: PreferencesCommand
  schedules: SchedulesCommand
  reschedule: RescheduleCommand
  cancel: CancelCommand
  stream: StreamCommand
  conversation: ConversationCommand
  update: UpdateCommand
  dissolve: DissolveCommand
  ban: BanCommand
  unban: UnbanCommand
  bans: BansCommand
  link: LinkCommand
  links: LinksCommand
  unlink: UnlinkCommand
  preview: PreviewCommand
  requests: RequestsCommand
  approve: ApproveCommand
  reject: RejectCommand
  block: BlockCommand
  unblock: UnblockCommand
  blocks: BlocksCommand
  contact: ContactCommand
  contacts: ContactsCommand
  report: ReportCommand
  slash: SlashCommand
}

/** What each op is answered with; undefined: it is not answered. */
export interface Results {
  hello: Welcome
  ping: Pong
  send: Sent | SentToTopic | SentEphemeral | Scheduled
  edit: Logged
  recall: Logged
  react: Logged
  read: ReadUpTo
  delivered: Done
  typing: undefined
  history: HistoryPage
  search: SearchPage
  sync: Synced
  online: OnlineList
  conversations: ConversationList
  create: Created
  join: Joined | JoinPending
  leave: Logged
  invite: Logged
  kick: Logged
  role: Logged
  mute: Logged | Done
  pin: Logged | Done
  archive: Done
  members: MemberPage
  presence: Done
  pins: PinnedMessages
  readers: ReaderList
  receipts: ReceiptList
  hide: Done
  clear: Done
  expire: Logged
  preferences: Preferred
  schedules: ScheduleList
  reschedule: Scheduled
  cancel: Done
  stream: Streaming | Sent
  conversation: ConversationView
  update: Logged
  dissolve: Logged
  ban: Logged
  unban: Logged
  bans: BanPage
  link: LinkMade
  links: LinkList
  unlink: Done
  preview: LinkPreview
  requests: RequestList
  approve: Logged
  reject: Done
  block: Done
  unblock: Done
  blocks: BlockPage
  contact: Done
  contacts: ContactPage
  report: Reported
  slash: CommandList
}
