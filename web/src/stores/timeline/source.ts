/**
 * Where a timeline takes its pages from: what is kept here if it is known without a gap, else the server.
 *
 * Rule: a page says which range is known with it. Nothing is taken to be known that was not read.
 */
import type { Entry, HistoryPage, MessageEntry } from 'teahouse-client'

import { consequences, isMessage, isModification } from '../../db/fold'
import { covers, type Range } from '../../db/ranges'
import type { Link } from '../link'

export interface Page {
  entries: readonly Entry[]
  range: Range
}

export interface Source {
  /** The newest entries. */
  tail(): Promise<Page>
  /** Those before `from`. */
  older(from: number): Promise<Page>
  /** Those after `to`. */
  newer(to: number): Promise<Page>
  /** Those around `seq`. */
  around(seq: number): Promise<Page>
  /** Whether an entry that is heard has a place here. */
  takes(entry: Entry): boolean
  /** One message, wherever it stands; null if it is not for this reader. */
  message(seq: number): Promise<MessageEntry | null>
  /** Told of each entry that is heard, so that a page that is on its way does not miss it. */
  hear(entry: Entry): void
}

const PAGE = 60
const AROUND = 30
const FEW = 20

/** Entries heard while a question was on its way: its answer may be older than they are. */
class Meanwhile {
  private questions = 0
  private heard: Entry[] = []

  hear(entry: Entry): void {
    if (this.questions > 0) this.heard.push(entry)
  }

  /** The answer to a question, with what was heard since it was asked. */
  async during(question: () => Promise<HistoryPage>): Promise<HistoryPage> {
    this.questions += 1
    const from = this.heard.length
    try {
      const answer = await question()
      return { ...answer, entries: upToDate(answer.entries, this.heard.slice(from)) }
    } finally {
      this.questions -= 1
      if (this.questions === 0) this.heard = []
    }
  }
}

/** Entries with what later ones made of them. */
function upToDate(entries: readonly Entry[], later: readonly Entry[]): Entry[] {
  const bySeq = new Map(entries.map((entry) => [entry.seq, entry]))
  const message = (seq?: number) => {
    const found = seq === undefined ? undefined : bySeq.get(seq)
    return found && isMessage(found) ? found : undefined
  }
  for (const entry of later) {
    const target = isModification(entry) ? message(entry.ref) : undefined
    const root = message((isMessage(entry) ? entry : target)?.thread)
    const quoting = target
      ? [...bySeq.values()].filter(isMessage).filter((answer) => answer.reply_to === target.seq)
      : []
    for (const changed of consequences(entry, { target, root, quoting })) bySeq.set(changed.seq, changed)
  }
  return [...bySeq.values()]
}

export class LogSource implements Source {
  private readonly meanwhile = new Meanwhile()

  constructor(
    private readonly link: Link,
    readonly conversation: string,
  ) {}

  takes(): boolean {
    return true
  }

  hear(entry: Entry): void {
    this.meanwhile.hear(entry)
  }

  /** One message, wherever it stands. */
  async message(seq: number): Promise<MessageEntry | null> {
    const { journal, log, client } = this.link
    await journal.settled()
    const kept = await log.get(this.conversation, seq)
    if (kept) return isMessage(kept) ? kept : null
    const question = { conversation: this.conversation, after: seq - 1, before: seq + 1, limit: 1 }
    const [found] = (await client.call('history', question)).entries
    return found && isMessage(found) ? found : null
  }

  async tail(): Promise<Page> {
    // A direct conversation that no message has made yet.
    if (this.conversation.startsWith('@')) return { entries: [], range: [1, 0] }
    const { journal, log } = this.link
    await journal.settled()
    const state = await log.state(this.conversation)
    const known = state?.ranges.at(-1)
    // Kept up to the cursor: what came after it is told by the client, and is added then.
    const upToDate = known && known[1] >= Math.max(state!.cursor, this.online ? this.last() : 0)
    if (known && (upToDate || !this.online)) {
      const page = await this.kept(known, true)
      // One message that came while nobody looked is no page.
      if (!this.online || page.entries.length > FEW || page.range[0] === 1) return page
    }
    return this.ask({}, (page, last) => [
      page.more ? (page.entries[0]?.seq ?? 1) : 1,
      Math.max(page.entries.at(-1)?.seq ?? 0, last),
    ])
  }

  async older(from: number): Promise<Page> {
    const known = await this.known(from - 1)
    if (known) return this.kept([known[0], from - 1], true)
    return this.ask({ before: from }, (page) => [page.more ? (page.entries[0]?.seq ?? 1) : 1, from - 1])
  }

  async newer(to: number): Promise<Page> {
    const known = await this.known(to + 1)
    if (known) return this.kept([to + 1, known[1]], false)
    return this.ask({ after: to }, (page, last) => {
      const end = page.entries.at(-1)?.seq ?? to
      return [to + 1, page.more ? end : Math.max(end, last)]
    })
  }

  async around(seq: number): Promise<Page> {
    const range: Range = [Math.max(1, seq - AROUND), Math.max(seq, Math.min(seq + AROUND, this.last()))]
    await this.link.journal.settled()
    const state = await this.link.log.state(this.conversation)
    if (state && (covers(state.ranges, ...range) || !this.online)) {
      const known = await this.known(seq)
      if (known)
        return this.kept([Math.max(known[0], range[0]), Math.min(known[1], range[1])], true, 2 * PAGE)
    }
    return this.ask({ after: range[0] - 1, before: range[1] + 1, limit: 2 * AROUND + 1 }, () => range)
  }

  private get online(): boolean {
    return this.link.client.state === 'online'
  }

  private last(): number {
    return this.link.journal.last(this.conversation)
  }

  private async known(seq: number): Promise<Range | null> {
    await this.link.journal.settled()
    return this.link.log.known(this.conversation, seq)
  }

  private async kept(range: Range, newest: boolean, limit = PAGE): Promise<Page> {
    const entries = await this.link.log.read(this.conversation, range, limit, newest)
    if (entries.length < limit) return { entries, range }
    return newest
      ? { entries, range: [entries[0]!.seq, range[1]] }
      : { entries, range: [range[0], entries.at(-1)!.seq] }
  }

  private async ask(
    fields: { before?: number; after?: number; limit?: number },
    rangeOf: (page: HistoryPage, last: number) => Range,
  ): Promise<Page> {
    const { client, journal, log } = this.link
    const { conversation } = this
    // What was heard before it was asked, the answer has; what is heard since then is told to the timeline.
    const cursor = journal.last(conversation)
    const page = await this.meanwhile.during(() =>
      client.call('history', { conversation, limit: PAGE, quotes: true, ...fields }),
    )
    const range = rangeOf(page, cursor)
    void journal.settled()
    journal.write(() =>
      log.page(conversation, page.entries, range, Math.max(cursor, page.entries.at(-1)?.seq ?? 0)),
    )
    return { entries: page.entries, range }
  }
}

/** The replies to one message, with that message before them. */
export class ThreadSource implements Source {
  private readonly meanwhile = new Meanwhile()

  constructor(
    private readonly link: Link,
    readonly conversation: string,
    readonly root: number,
    private readonly log: LogSource,
  ) {}

  takes(entry: Entry): boolean {
    return isMessage(entry) && (entry.thread === this.root || entry.seq === this.root)
  }

  hear(entry: Entry): void {
    this.meanwhile.hear(entry)
  }

  async tail(): Promise<Page> {
    const last = Math.max(this.link.journal.last(this.conversation), this.root)
    if (this.link.client.state === 'online') return this.ask({}, last)
    await this.link.journal.settled()
    const replies = await this.link.log.thread(this.conversation, this.root)
    const root = await this.link.log.get(this.conversation, this.root)
    return { entries: root ? [root, ...replies] : replies, range: [1, last] }
  }

  older(from: number): Promise<Page> {
    return this.ask({ before: from }, from - 1)
  }

  /** Once the newest are here, later ones are heard. */
  async newer(to: number): Promise<Page> {
    return { entries: [], range: [to + 1, Math.max(to, this.link.journal.last(this.conversation))] }
  }

  around(): Promise<Page> {
    return this.tail()
  }

  message(seq: number): Promise<MessageEntry | null> {
    return this.log.message(seq)
  }

  private async ask(fields: { before?: number }, to: number): Promise<Page> {
    const { client } = this.link
    const { conversation, root: thread } = this
    const page = await this.meanwhile.during(() =>
      client.call('history', { conversation, thread, limit: PAGE, quotes: true, ...fields }),
    )
    if (page.more) return { entries: page.entries, range: [page.entries[0]?.seq ?? thread, to] }
    const question = { conversation, after: thread - 1, before: thread + 1, limit: 1, quotes: true }
    const root = await this.meanwhile.during(() => client.call('history', question))
    return { entries: [...root.entries, ...page.entries], range: [1, to] }
  }
}
