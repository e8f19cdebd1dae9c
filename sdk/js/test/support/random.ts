// Chance that can be had again: the same seed, the same numbers.
export class Chance {
  constructor(private state: number) {}

  /** 0 to 1. */
  next = (): number => {
    this.state = (this.state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }

  happens(probability: number): boolean {
    return this.next() < probability
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit)
  }

  of<T>(some: readonly T[]): T {
    return some[this.below(some.length)] as T
  }
}
