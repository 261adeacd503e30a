import { ConclaveError, closedError } from "./errors.ts"
import { onAbort } from "./on-abort.ts"
import { Pull } from "./pull.ts"
import type { Reconnector } from "./reconnector.ts"
import { toBigints } from "./u64.ts"
import { type AgentEvent, U64_SHAPES } from "./wire.gen.ts"

/** Events kept for a reader that does not read; then the oldest go, which their sequence numbers show. */
const KEPT_MAX = 10_000

/** The agent's journal from now on, across reconnects. A restarted agent counts anew: so it is resumed by time. */
export class EventFeed {
  readonly #reconnector: Reconnector
  readonly #kind: string | undefined
  readonly #kept: AgentEvent[] = []
  #since: string
  #lastSeq = 0n
  #error: Error | undefined

  constructor(reconnector: Reconnector, kind: string | undefined) {
    this.#reconnector = reconnector
    this.#kind = kind
    this.#since = new Date(reconnector.ports.clocks.wallMs()).toISOString()
  }

  iterate(signal: AbortSignal | undefined): AsyncIterableIterator<AgentEvent> {
    const reconnector = this.#reconnector
    let endStream = (): void => {}
    const unsubscribe = reconnector.subscribe((connection) => {
      const input = { since: this.#since, follow: true, ...(this.#kind === undefined ? {} : { kind: this.#kind }) }
      endStream = connection.stream("events", input, {
        event: (event) => {
          this.#take(toBigints(event, U64_SHAPES["events"]) as AgentEvent)
          pull.wake()
        },
        end: (error) => {
          // A lost connection is repaired; what the agent refuses is the caller's to hear.
          if (error !== undefined && !ConclaveError.is(error, "AGENT_UNAVAILABLE")) this.#error = error
          pull.wake()
        },
      })
    })
    const forget = onAbort(reconnector.closing, () => pull.wake())
    const pull = new Pull({
      take: () => (reconnector.isClosed ? undefined : this.#kept.shift()),
      stop: () => {
        unsubscribe()
        endStream()
        forget()
      },
      failure: () => (reconnector.isClosed ? closedError() : this.#error),
      hold: (by) => reconnector.hold(by),
      signal,
    })
    return pull
  }

  #take(event: AgentEvent): void {
    if (event.time === this.#since && event.seq <= this.#lastSeq) return
    this.#since = event.time
    this.#lastSeq = event.seq
    if (this.#kept.length >= KEPT_MAX) this.#kept.shift()
    this.#kept.push(event)
  }
}
