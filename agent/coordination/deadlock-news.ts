import type { Change, Hold, Session } from "@conclave/consensus"
import type { DeadlockLink } from "../api/objects.ts"
import type { Keep } from "./audit.ts"
import type { Cluster, StateView } from "./cluster.ts"
import { type CycleLink, cycleOf } from "./wait-cycle.ts"

export interface DeadlockNewsOptions {
  readonly cluster: Pick<Cluster, "host" | "boot" | "listen">
  readonly tell: (chain: readonly DeadlockLink[]) => void
}

/**
 * Finds sessions that wait for each other's locks and permits, across hosts, when the cycle closes, and tells it where
 * one of them lives. Nothing is broken by it: a wait may have a time, and only an operator knows whose grant may be
 * revoked.
 */
export class DeadlockNews {
  readonly #options: DeadlockNewsOptions
  readonly #unlisten: () => void
  /** The last revision that was looked at: a state that begins anew comes by it again. */
  #rev = 0

  constructor(options: DeadlockNewsOptions) {
    this.#options = options
    this.#unlisten = options.cluster.listen({
      changed: (rev, changes, state) => this.#changed(rev, changes, state),
      replaced: ({ rev }) => {
        this.#rev = Math.max(this.#rev, rev)
      },
    })
  }

  stop(): void {
    this.#unlisten()
  }

  #changed(rev: number, changes: readonly Change[], state: StateView): void {
    if (rev <= this.#rev) return
    this.#rev = rev
    for (const change of changes) if (isQueued(change)) this.#search(change.after, state)
  }

  #search(queued: Hold, state: StateView): void {
    const cycle = cycleOf(state, queued, (id) => this.#isOurs(state.session(id)))
    if (cycle?.some(({ session }) => this.#isOurs(session)) !== true) return
    this.#options.tell(cycle.map((link, at) => linkJson(link, cycle.at(at - 1) ?? link)))
  }

  /** What an earlier life of this agent heard is no news. */
  #isOurs(session: Session | undefined): boolean {
    const { cluster } = this.#options
    return session?.host === cluster.host && session.boot === cluster.boot()
  }
}

export function tellDeadlock(chain: readonly DeadlockLink[], { log, tell }: Keep): void {
  const links = chain.map(
    ({ app, member, waits }) => `${app ?? "an application"} at ${member} waits for ${waits.kind} ${waits.name}`,
  )
  const message = `${links.join(", ")}, which the first one holds; revoke one of these, or end one of the applications`
  log.write("warn", "lock.deadlock", message, { chain })
  tell({ kind: "deadlock", chain: [...chain] })
}

function isQueued(change: Change): change is Change & { readonly kind: "hold"; readonly after: Hold } {
  return change.kind === "hold" && change.before === undefined && change.after?.token === undefined
}

/** The one before waits for what this one keeps. */
function linkJson({ session, wait, name }: CycleLink, { blocker: keeps }: CycleLink): DeadlockLink {
  const { id, member, app } = session
  return {
    session: id,
    member,
    app: app === "" ? null : app,
    holds: keeps.names.map((each) => ({ kind: keeps.kind, name: each })),
    token: keeps.token === undefined ? null : String(keeps.token),
    waits: { kind: wait.kind, name },
  }
}
