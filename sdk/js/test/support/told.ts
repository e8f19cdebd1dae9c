// What a client was told, to be looked at and waited for.
import { TeahouseClient, type ClientOptions, type Entry, type MessageEntry } from '../../src/index.js'
import { WebSocket } from 'ws'

const PATIENCE_MS = 20_000

/** Resolves when `true`; looks often, and gives up with what was there. */
export async function until(
  what: () => unknown,
  about: () => unknown = () => '',
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const end = Date.now() + patienceMs
  while (!what()) {
    if (Date.now() > end) throw new Error(`it did not come to pass: ${what} ${JSON.stringify(about())}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** A guest that keeps all entries it is told. */
export class Told {
  readonly entries: Entry[] = []
  readonly client: TeahouseClient

  constructor(nick: string, url: string, options: Partial<ClientOptions> = {}) {
    this.client = new TeahouseClient({
      url,
      credentials: () => Promise.resolve({ nick }),
      device: nick,
      WebSocket,
      ...options,
    })
    this.client.on('entry', (entry) => this.entries.push(entry))
    this.client.start()
  }

  async online(): Promise<this> {
    await until(
      () => this.client.state === 'online',
      () => this.client.state,
    )
    return this
  }

  messages(conversation: string): MessageEntry[] {
    return this.entries.filter(
      (e): e is MessageEntry => e.ev === 'message' && e.conversation === conversation,
    )
  }

  texts(conversation: string): string[] {
    return this.messages(conversation).map((entry) => entry.body?.text ?? '')
  }

  seqs(conversation: string): number[] {
    return this.entries.filter((entry) => entry.conversation === conversation).map((entry) => entry.seq)
  }
}
