// How long to wait before the next try.
//
// Rule: growing, and with chance in it, so that those who lost their connection together do not return together. What
// the server asked for is the least. Only what has lasted makes the next wait short again: a server that lets one in
// and cuts one off at once is not tried without pause.
export class Backoff {
  private tries = 0

  constructor(
    private readonly firstMs: number,
    private readonly longestMs: number,
    private readonly chance: () => number = Math.random,
  ) {}

  /** Milliseconds to wait now; `leastMs` is what the server asked for. */
  next(leastMs = 0): number {
    const delay = Math.min(this.firstMs * 2 ** this.tries, this.longestMs)
    if (delay < this.longestMs) this.tries += 1
    return leastMs + delay * (0.5 + this.chance() / 2)
  }

  /** It went well for a while. */
  reset(): void {
    this.tries = 0
  }
}
