/**
 * What was said, conversation by conversation, and what one says. Few timelines are kept in memory; those that nobody
 * looks at keep only their newest rows.
 */
import { defineStore } from 'pinia'
import { watch } from 'vue'

import { useConversationsStore } from './conversations'
import { requireLink, whenLinked, type Link } from './link'
import { PendingMessages } from './pending'
import { createPins } from './pins'
import { useReceiptsStore } from './receipts'
import { createRevising } from './revising'
import { createSending } from './sending'
import type { Reader } from './timeline/rows'
import { LogSource, ThreadSource, type Source } from './timeline/source'
import { TimelineView } from './timeline/timeline'
import type { Timeline } from './types'
import { useUploadsStore } from './uploads'

/** Timelines in memory. */
const MOST = 6

export const useTimelinesStore = defineStore('timelines', () => {
  const conversations = useConversationsStore()
  const receipts = useReceiptsStore()
  const uploads = useUploadsStore()
  /** By conversation, or `conversation root` of threads; the one looked at last is the last. */
  const views = new Map<string, TimelineView>()
  const pending = new PendingMessages({
    changed: (conversation) => {
      for (const view of viewsOf(conversation)) view.draw()
    },
    began: conversations.began,
  })

  function* viewsOf(conversation: string): Generator<TimelineView> {
    for (const view of views.values()) if (view.conversation === conversation) yield view
  }

  function view(key: string, conversation: string, source: () => Source, root: number | null): TimelineView {
    const found = views.get(key)
    const made = found ?? make(conversation, source(), root)
    views.delete(key)
    views.set(key, made)
    if (!found) letGo()
    return made
  }

  function make(conversation: string, source: Source, root: number | null): TimelineView {
    const { journal } = requireLink()
    void receipts.load(conversation)
    return new TimelineView(conversation, {
      reader: reader(conversation),
      source,
      last: () => journal.last(conversation),
      readSeq: () => conversations.byId.get(conversation)?.readSeq ?? 0,
      clearedSeq: () => conversations.byId.get(conversation)?.clearedSeq ?? 0,
      lastSeq: () => conversations.byId.get(conversation)?.lastSeq ?? 0,
      waiting: () => {
        const here = pending.of(conversation)
        return root === null ? here : here.filter((waiting) => waiting.thread === root)
      },
      placed: () => {
        // In the lobby nobody is told who reads. A server that cannot say it is an old one.
        if (conversation !== conversations.lobby) void receipts.catchUp(conversation).catch(() => {})
      },
    })
  }

  function reader(conversation: string): Reader {
    return {
      me: requireLink().me,
      mark: (seq) => receipts.mark(conversation, seq),
      readCount: (seq) => receipts.readCount(conversation, seq),
    }
  }

  function letGo(): void {
    for (const [key, old] of views) {
      if (views.size <= MOST) return
      if (old.conversation === conversations.current) continue
      old.end()
      views.delete(key)
    }
  }

  /** The timeline of a conversation; made and loaded by the first call. */
  function timeline(id: string): Timeline {
    const conversation = conversations.resolve(id)
    return view(conversation, conversation, () => new LogSource(requireLink(), conversation), null)
  }

  /** The replies to one message, behind that message. */
  function thread(conversation: string, root: number): Timeline {
    const source = (): Source => {
      const here = requireLink()
      return new ThreadSource(here, conversation, root, new LogSource(here, conversation))
    }
    return view(`${conversation} ${root}`, conversation, source, root)
  }

  /** Everything up to `seq` was seen. Cheap: told to the server at most once a second, and later if offline. */
  function read(id: string, seq: number): void {
    conversations.read(id, views.get(id)?.readUpTo(seq) ?? seq)
  }

  const sending = createSending({
    pending,
    uploads,
    toEnd: (conversation) => {
      for (const view of viewsOf(conversation)) if (view.hasNewer) void view.newest().catch(() => {})
    },
  })
  const revising = createRevising({ viewsOf, change: conversations.change })
  const pins = createPins(reader)

  watch(
    () => conversations.current,
    (now, before) => {
      if (before) for (const view of viewsOf(before)) view.close()
      // Whatever was there of it is looked at anew: what is unread now is marked.
      if (now) views.get(now)?.open()
    },
  )

  function follow(here: Link): (() => void)[] {
    const { client, journal, tabs, me } = here
    const each = (conversation: string, change: (view: TimelineView) => void): void => {
      for (const view of viewsOf(conversation)) change(view)
    }
    return [
      journal.onEntry((entry, from) => {
        pending.arrived(entry, me.id)
        each(entry.conversation, (view) => view.hear(entry, from))
      }),
      client.on('ephemeral', (event) => each(event.conversation, (view) => view.hearEphemeral(event))),
      client.on('stream', (event) => each(event.conversation, (view) => view.hearStream(event))),
      client.on('hidden', ({ conversation, seqs }) => each(conversation, (view) => view.hide(seqs))),
      client.on('cleared', ({ conversation, upto }) => each(conversation, (view) => view.clear(upto))),
      client.on('reset', ({ conversation }) =>
        each(conversation, (view) => {
          view.reset()
          if (conversation === conversations.current) view.open()
        }),
      ),
      client.on('welcome', () => {
        for (const view of views.values()) {
          if (view.opening) view.open()
          else view.placed()
        }
      }),
      receipts.onMoved(({ conversation, from, to }) => each(conversation, (view) => view.receipts(from, to))),
      tabs.on((message) => {
        if (message.type === 'hidden') each(message.conversation, (view) => view.hide(message.seqs))
        if (message.type === 'cleared') each(message.conversation, (view) => view.clear(message.upto))
      }),
    ]
  }

  whenLinked((here) => {
    const endings = [...follow(here), pending.follow(here), sending.follow(here)]
    return () => {
      for (const end of endings) end()
      for (const view of views.values()) view.end()
      views.clear()
    }
  })

  return { timeline, thread, read, ...sending.actions, ...revising, ...pins }
})
