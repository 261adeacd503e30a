import type { Millis } from "@conclave/base"
import type { Command, CommandResult, Refusal, Session, SessionId } from "@conclave/consensus"
import type { Clock } from "../ports.ts"
import type { Cluster, StateView } from "./cluster.ts"
import { insist } from "./insist.ts"

/** No command is on its way for longer. */
const LATE_MS = 60_000
/** Between two tries to open where there was no room. */
const ROOM_AGAIN_MS = 1000

/**
 * Sessions that were asked for and given up without an answer: such a command may be applied, or may yet be, and this
 * host would keep alive what nobody speaks for.
 */
export class GivenUp {
  readonly #cluster: Cluster
  readonly #clock: Clock
  /** The last attachment of each session that is of unknown fate. */
  readonly #attachments: Map<SessionId, number> = new Map()

  constructor({ cluster, clock }: { readonly cluster: Cluster; readonly clock: Clock }) {
    this.#cluster = cluster
    this.#clock = clock
  }

  /**
   * The end of what is not there stops nothing that comes later: so it is opened first, as it would have been. The
   * cluster remembers an end for longer than any command is on its way (`ENDED_KEPT_MS`), and refuses what comes after
   * it.
   */
  open(open: Extract<Command, { kind: "open" }>): void {
    const untilMs = this.#clock.now() + LATE_MS
    const end = (): void =>
      this.#insist({ kind: "end", session: open.session, of: undefined, cause: "closed", isGone: false }, (result) => {
        if (result.kind === "refused" && isUnheardOf(result.refusal)) attempt()
      })
    const attempt = (): void =>
      this.#insist(open, (result) => {
        if (result.kind === "attached") return end()
        // As soon as there is room the late one would be let in.
        const isFull = result.kind === "refused" && result.refusal.kind === "exhausted"
        if (isFull && this.#clock.now() < untilMs) later.set((this.#clock.now() + ROOM_AGAIN_MS) as Millis)
      })
    const later = this.#clock.alarm(attempt)
    end()
  }

  /** Its application may be elsewhere by now: what comes late is not repeated, but let go of when it is seen. */
  attach(session: SessionId, attachment: number): void {
    this.#attachments.set(session, attachment)
    this.letGo(session, attachment)
  }

  /** How the state has a session now; undefined = it is over. */
  stands(id: SessionId, session: Session | undefined): void {
    const givenUp = this.#attachments.get(id)
    if (givenUp === undefined) return
    if (session === undefined) {
      this.#attachments.delete(id)
      return
    }
    const { host, boot, attachment, detachedUntilMs } = session
    if (host !== this.#cluster.host || boot !== this.#cluster.boot()) return
    if (attachment > givenUp) this.#attachments.delete(id)
    else if (attachment === givenUp && detachedUntilMs === undefined) this.letGo(id, attachment)
  }

  replaced(state: StateView): void {
    for (const id of [...this.#attachments.keys()]) this.stands(id, state.session(id))
  }

  /** Nobody speaks for it: it has one time to live more, for who may come for it. */
  letGo(session: SessionId, attachment: number): void {
    this.#insist({ kind: "detach", session, boot: this.#cluster.boot(), attachment })
  }

  #insist(command: Command, done?: (result: CommandResult) => void): void {
    const insistence = { cluster: this.#cluster, clock: this.#clock, isWanted: () => true }
    insist(command, done === undefined ? insistence : { done, ...insistence })
  }
}

/** Neither there nor over, as far as is remembered. */
function isUnheardOf(refusal: Refusal): boolean {
  return refusal.kind === "session-lost" && refusal.cause === undefined
}
