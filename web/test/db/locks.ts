/** Web Locks of one browser, as far as the client uses them; `tab()` is the view of one tab, which can die. */

interface Waiting {
  name: string
  tab: symbol
  begin: (granted: boolean) => void
}

export class FakeLocks {
  private readonly held = new Map<string, symbol>()
  private waiting: Waiting[] = []

  /** The locks as one tab sees them, and how it dies. */
  tab(): { locks: LockManager; die: () => void } {
    const tab = Symbol('tab')
    const request = async (
      name: string,
      options: LockOptions | ((lock: unknown) => unknown),
      work?: (lock: unknown) => unknown,
    ): Promise<unknown> => {
      const run = work ?? (options as (lock: unknown) => unknown)
      const { ifAvailable = false, signal } = typeof options === 'object' ? options : {}
      if (this.held.has(name) && ifAvailable) return run(null)
      const granted = await this.acquire(name, tab, signal)
      if (!granted) throw new DOMException('aborted', 'AbortError')
      try {
        return await run({ name })
      } finally {
        if (this.held.get(name) === tab) this.release(name)
      }
    }
    const query = async () => ({ held: [...this.held.keys()].map((name) => ({ name })), pending: [] })
    const die = (): void => {
      this.waiting = this.waiting.filter((one) => one.tab !== tab)
      for (const [name, holder] of this.held) if (holder === tab) this.release(name)
    }
    return { locks: { request, query } as unknown as LockManager, die }
  }

  private acquire(name: string, tab: symbol, signal?: AbortSignal): Promise<boolean> {
    if (!this.held.has(name)) {
      this.held.set(name, tab)
      return Promise.resolve(true)
    }
    return new Promise((begin) => {
      this.waiting.push({ name, tab, begin })
      signal?.addEventListener('abort', () => begin(false))
    })
  }

  private release(name: string): void {
    this.held.delete(name)
    const index = this.waiting.findIndex((one) => one.name === name)
    if (index < 0) return
    const [next] = this.waiting.splice(index, 1)
    this.held.set(name, next!.tab)
    next!.begin(true)
  }
}
