import type { Log } from "../../ports.ts"
import type { LinkRefusals } from "./link-server.ts"

/** One reason is logged as often at most: strangers decide how many streams they try. */
const SPACING_MS = 60_000

/** What of inbound streams is refused, and means that somebody's configuration is wrong, or that somebody tries. */
const SAYING: Partial<Readonly<Record<keyof LinkRefusals, string>>> = {
  otherCluster: "it belongs to another cluster; compare the cluster names of the two agents",
  open: "it speaks without TLS; if it is a member of this cluster, give it the joinKeyFile of this agent",
  handshake: "no TLS handshake such as an agent makes came of it",
  unproven:
    "it does not have the join secret; if it is to join, compare its joinKeyFile and cluster name with this agent's",
  removed: "an operator has removed it; to let it in again start it with an empty data directory",
  busy: "too many streams come at once, or too many of strangers are open",
}

/** Says in the log which inbound streams were refused, and why. */
export class RefusedLinks {
  readonly #log: Log
  readonly #nowMs: () => number
  readonly #said: Map<string, { atMs: number; since: number }> = new Map()

  constructor(log: Log, nowMs: () => number) {
    this.#log = log
    this.#nowMs = nowMs
  }

  /** `source` is where it came from. */
  refused(reason: keyof LinkRefusals, source: string): void {
    const saying = SAYING[reason]
    if (saying === undefined) return
    const nowMs = this.#nowMs()
    const last = this.#said.get(reason)
    if (last !== undefined && nowMs - last.atMs < SPACING_MS) {
      last.since++
      return
    }
    this.#said.set(reason, { atMs: nowMs, since: 0 })
    const fields = { source, reason, unsaid: last?.since ?? 0 }
    this.#log.write("warn", "link.refused", `a stream of ${source} was refused: ${saying}`, fields)
  }
}
