/** The messages that are pinned for all: asked for when somebody looks, and again when something was pinned. */
import { isMessage, isModification } from '../db/fold'
import { isStored } from './details'
import { requireLink, whenLinked } from './link'
import { rowOf, type Reader } from './timeline/rows'
import type { MessageRow } from './types'
import { shallowReactive } from 'vue'

/** Of more conversations than this they are not remembered. */
const MOST = 20

export function createPins(reader: (conversation: string) => Reader) {
  const known = shallowReactive(new Map<string, readonly MessageRow[]>())
  const asking = new Set<string>()

  /** The last pinned first. */
  async function pins(conversation: string): Promise<MessageRow[]> {
    const { entries } = await requireLink().client.call('pins', { conversation })
    const rows = entries.filter(isMessage).map((entry) => rowOf(entry, reader(conversation)))
    const shown = rows.filter((row): row is MessageRow => row?.kind === 'message')
    known.delete(conversation)
    known.set(conversation, shown)
    if (known.size > MOST) known.delete(known.keys().next().value!)
    return shown
  }

  function ask(conversation: string): void {
    if (asking.has(conversation)) return
    asking.add(conversation)
    void Promise.resolve()
      .then(() => pins(conversation))
      .catch(() => {})
      .finally(() => asking.delete(conversation))
  }

  /** Reactive. */
  function pinsOf(conversation: string): readonly MessageRow[] {
    const found = known.get(conversation)
    if (!found && isStored(conversation)) ask(conversation)
    return found ?? []
  }

  whenLinked(({ client }) => {
    const endings = [
      client.on('entry', (entry) => {
        const pinned = known.get(entry.conversation)
        if (!pinned || !isModification(entry) || entry.ev === 'reaction') return
        if (entry.ev === 'pin' || pinned.some((row) => row.seq === entry.ref)) ask(entry.conversation)
      }),
      client.on('welcome', () => {
        for (const conversation of known.keys()) ask(conversation)
      }),
    ]
    return () => {
      for (const end of endings) end()
      known.clear()
    }
  })

  return { pins, pinsOf }
}
