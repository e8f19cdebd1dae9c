/**
 * What the widget remembers in the host page's localStorage, or, where that is forbidden, as long as the page lives.
 *
 * Rule: of whom the host site signs, nothing that opens their conversation is kept: it signs again on the next page,
 * and on a shared computer the next one is not them.
 */
export interface Kept {
  token?: string | undefined
  open?: boolean
  sound?: boolean
  /** They left a name and a contact. */
  reachable?: boolean
}

export class Keep {
  private readonly key: string
  private state: Kept = {}

  constructor(
    team: string,
    private readonly storage: Storage | null,
  ) {
    this.key = `teahouse.widget.${team}`
    try {
      const found: unknown = JSON.parse(storage?.getItem(this.key) ?? '{}')
      if (typeof found === 'object' && found !== null) this.state = found
    } catch {
      // What somebody else wrote there is written over.
    }
  }

  get(): Readonly<Kept> {
    return this.state
  }

  set(changed: Kept): void {
    this.state = { ...this.state, ...changed }
    try {
      this.storage?.setItem(this.key, JSON.stringify(this.state))
    } catch {
      // Full, or forbidden: then as long as the page lives.
    }
  }
}

/** The page's storage; null where it may not be touched. */
export function pageStorage(): Storage | null {
  try {
    return globalThis.localStorage ?? null
  } catch {
    return null
  }
}
