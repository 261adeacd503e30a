import type { Millis } from "@conclave/base"
import type { Session, SessionId } from "@conclave/consensus"
import type { Alarm, Clock } from "../ports.ts"
import type { Cluster, StateView } from "./cluster.ts"

/** A state that is caught up with tells of much that is over: whatever seems to be nobody's is looked at again. */
const LOOK_AGAIN_MS = 1000

export interface OrphansOptions {
  readonly cluster: Cluster
  readonly clock: Clock
  /** An application of this host has it, or asks for it. */
  readonly isSpokenFor: (session: SessionId) => boolean
  readonly letGo: (session: SessionId, attachment: number) => void
}

/**
 * Sessions that the cluster takes for this life's, though nobody here speaks for them: an earlier life with the same
 * boot number has attached them, since its disk was emptied or is an old copy. What renews this host keeps them alive
 * without end, so that they are let go of, whenever they are heard of: the first states that come here may be older
 * than the last words of that life.
 */
export class Orphans {
  readonly #options: OrphansOptions
  readonly #suspects: Set<SessionId> = new Set()
  readonly #again: Alarm
  #isStopped = false

  constructor(options: OrphansOptions) {
    this.#options = options
    this.#again = options.clock.alarm(() => this.#look())
  }

  stop(): void {
    this.#isStopped = true
    this.#again.clear()
  }

  /** How a state has a session. */
  saw(session: Session): void {
    if (this.#isStopped || !this.#isOrphan(session)) return
    if (this.#suspects.size === 0) this.#wait()
    this.#suspects.add(session.id)
  }

  replaced(state: StateView): void {
    for (const id of state.sessionsOf(this.#options.cluster.host)) {
      const session = state.session(id)
      if (session !== undefined) this.saw(session)
    }
  }

  #isOrphan({ id, host, boot, detachedUntilMs }: Session): boolean {
    const { cluster, isSpokenFor } = this.#options
    return host === cluster.host && boot === cluster.boot() && detachedUntilMs === undefined && !isSpokenFor(id)
  }

  #wait(): void {
    this.#again.set((this.#options.clock.now() + LOOK_AGAIN_MS) as Millis)
  }

  #look(): void {
    const { cluster, letGo } = this.#options
    const state = cluster.local()?.state
    if (state === undefined) return this.#wait()
    const suspects = [...this.#suspects]
    this.#suspects.clear()
    for (const id of suspects) {
      const session = state.session(id)
      if (session !== undefined && this.#isOrphan(session)) letGo(id, session.attachment)
    }
  }
}
