// The two ways in which what one asked for does not happen: the server refused it, or nobody knows.
//
// Rule: whoever catches can go by the class alone. Both are used by the WebSocket client and by REST.
import type { Code, Problem } from './protocol.js'

/** The server refused. `retry`: the same may succeed later, `retryAfterMs` from now at the earliest (0: not said). */
export class Refused extends Error {
  override readonly name = 'Refused'

  constructor(
    readonly code: Code,
    message: string,
    readonly retry: boolean = false,
    readonly retryAfterMs: number = 0,
    /** Over REST the HTTP status, else 0. */
    readonly status: number = 0,
  ) {
    super(message)
  }

  static of(problem: Problem): Refused {
    return new Refused(problem.code, problem.message, problem.retry, problem.retry_after_ms ?? 0)
  }
}

/** There is no answer: the connection was lost, or nothing came in time. Whether it was done, nobody knows. */
export class Disconnected extends Error {
  override readonly name = 'Disconnected'
}
