// Sequence: hand on the log's entries in order, each once, and notice when one is missing.
//
// Rule: pure state, no waiting. `seen` is the last seq handed on in a conversation. While a gap is repaired from
// history, what comes live is held, so that nobody is shown n+2 before n+1. What is held is bounded: of what is too
// much only the number is kept, and it comes with history, too.
import type { Entry } from '../wire/protocol.js'

const MOST_HELD = 256

/** Where a conversation stands. */
interface Place {
  seen: number
  /** False: `seen` is only where the log ended when we came. What is told first counts, whatever its seq. */
  firm: boolean
  /** There while a gap is repaired: what came meanwhile, by seq. */
  held: Map<number, Entry> | null
  /** The largest seq that is known to be and has to be asked for; and the same at the time of the last question. */
  wanted: number
  asked: number
  /** What `held` was at the time of the last question: an answer to an older one says nothing about the end. */
  askedFor: Map<number, Entry> | null
  /** Entries were left out, nobody knows how many: to be read to the end of the log. */
  toTheEnd: boolean
}

export interface Gap {
  after: number
  /** The first entry that is known behind the gap; null: nobody knows how far it goes. */
  before: number | null
}

export class Sequence {
  private readonly places = new Map<string, Place>()

  /** `deliver` gets entries in order of seq. `repair` is asked, once a gap, to fetch what follows `seen`. */
  constructor(
    private readonly deliver: (entry: Entry) => void,
    private readonly repair: (conversation: string) => void,
  ) {}

  /** How far each conversation has come, as `hello` wants it: from now on what is told is counted from there. */
  cursors(): Record<string, number> {
    for (const place of this.places.values()) place.firm = true
    return Object.fromEntries([...this.places].map(([conversation, place]) => [conversation, place.seen]))
  }

  cursor(conversation: string): number | undefined {
    return this.places.get(conversation)?.seen
  }

  knows(conversation: string): boolean {
    return this.places.has(conversation)
  }

  /** Everything up to `seq` is known. Never goes back. */
  advanceTo(conversation: string, seq: number): void {
    const place = this.places.get(conversation)
    if (!place) {
      this.places.set(conversation, placeAt(seq, true))
      return
    }
    place.firm = true
    if (seq <= place.seen) return
    place.seen = seq
    if (place.held) this.settle(conversation, place)
  }

  /** Nothing is known of this conversation but where its log ends. */
  expectAfter(conversation: string, seq: number): void {
    if (!this.places.has(conversation)) this.places.set(conversation, placeAt(seq, false))
  }

  forget(conversation: string): void {
    this.places.delete(conversation)
  }

  /** An entry came as an event. */
  entry(entry: Entry): void {
    const place = this.placeOf(entry.conversation, entry.seq - 1)
    if (!place.firm) {
      place.firm = true
      place.seen = entry.seq - 1
    }
    this.put(entry.conversation, place, entry)
  }

  /** An entry of one's own, known by the answer to its command; null: by its seq only, and has to be fetched. */
  own(conversation: string, seq: number, entry: Entry | null): void {
    const place = this.placeOf(conversation, seq - 1)
    if (seq <= place.seen) return
    if (!place.firm) {
      place.firm = true
      place.seen = seq - 1
    }
    if (entry) this.put(conversation, place, entry)
    else {
      place.wanted = Math.max(place.wanted, seq)
      this.hold(conversation, place)
    }
  }

  /** The server says that entries after `seq` were left out; nobody knows how many. */
  lost(conversation: string, seq: number): void {
    const place = this.placeOf(conversation, seq)
    place.firm = true
    place.toTheEnd = true
    if (place.held) place.held = new Map(place.held)
    else this.hold(conversation, place)
  }

  /** The connection was lost: what was held comes again, from the cursors on. */
  reset(): void {
    for (const place of this.places.values()) close(place)
  }

  /** What is to be asked of history now; null: there is no gap. */
  gap(conversation: string): Gap | null {
    const place = this.places.get(conversation)
    if (!place?.held) return null
    place.asked = place.wanted
    place.askedFor = place.held
    const known = [...place.held.keys(), ...(place.wanted > place.seen ? [place.wanted] : [])]
    return { after: place.seen, before: place.toTheEnd || known.length === 0 ? null : Math.min(...known) }
  }

  /** A page of history that follows `seen`. True when the gap is closed and live entries flow again.
   *
   * Without `more` the gap ends here, unless something came to be known since the question: what is still missing
   * is not for this user to see. */
  fill(conversation: string, page: readonly Entry[], more: boolean): boolean {
    const place = this.places.get(conversation)
    if (!place?.held) return true
    for (const entry of page) {
      place.held?.delete(entry.seq)
      this.advance(place, entry)
      if (this.places.get(conversation) !== place) return true
    }
    const end = (!more || page.length === 0) && place.askedFor === place.held
    if (end) {
      place.toTheEnd = false
      if (place.wanted <= place.asked) place.wanted = 0
    }
    return this.settle(conversation, place, end)
  }

  private placeOf(conversation: string, seen: number): Place {
    const place = this.places.get(conversation) ?? placeAt(seen, true)
    this.places.set(conversation, place)
    return place
  }

  private put(conversation: string, place: Place, entry: Entry): void {
    if (entry.seq <= place.seen) return
    if (!place.held && entry.seq === place.seen + 1) {
      this.advance(place, entry)
      return
    }
    if (place.held && place.held.size >= MOST_HELD) place.wanted = Math.max(place.wanted, entry.seq)
    else if (place.held) place.held.set(entry.seq, entry)
    else this.hold(conversation, place).set(entry.seq, entry)
  }

  private hold(conversation: string, place: Place): Map<number, Entry> {
    if (place.held) return place.held
    place.held = new Map()
    queueMicrotask(() => this.repair(conversation))
    return place.held
  }

  /** Hand on what is held and no longer waits for anything; of what follows a hole only `atTheEnd`. */
  private settle(conversation: string, place: Place, atTheEnd = false): boolean {
    const held = place.held
    if (!held) return true
    const wanted = place.wanted > place.seen
    for (const seq of [...held.keys()].sort((a, b) => a - b)) {
      const next = seq <= place.seen + 1 || (atTheEnd && !wanted)
      if (!next) return false
      const entry = held.get(seq)
      held.delete(seq)
      if (entry) this.advance(place, entry)
      if (this.places.get(conversation) !== place || place.held !== held) return true
    }
    if (place.toTheEnd || place.wanted > place.seen) return false
    close(place)
    return true
  }

  private advance(place: Place, entry: Entry): void {
    if (entry.seq <= place.seen) return
    place.seen = entry.seq
    this.deliver(entry)
  }
}

const placeAt = (seen: number, firm: boolean): Place => ({
  seen,
  firm,
  held: null,
  wanted: 0,
  asked: 0,
  askedFor: null,
  toTheEnd: false,
})

function close(place: Place): void {
  place.held = null
  place.wanted = 0
  place.asked = 0
  place.askedFor = null
  place.toTheEnd = false
}
