import type { Hold, HoldKind, SessionId } from "@conclave/consensus"
import type { StateView } from "./cluster.ts"

/** What sessions wait for until somebody gives it back. */
const KINDS: ReadonlySet<HoldKind> = new Set<HoldKind>(["lock", "semaphore"])

/**
 * Places in queues that one search looks at, and holds of sessions: in a state with very long queues a cycle may be
 * missed, and no agent is held up.
 */
const LOOKS_MAX = 1024
const HOLDS_MAX = 4096
/** Places that one search goes forward in a queue. */
const PLACES_BACK_MAX = 64

/** What one wait waits for, and somebody's hold of it, granted or before it in the queue. */
export interface Bar {
  readonly name: string
  readonly blocker: Hold
}

/**
 * Who waits behind whom, from one wait on, and which of these waits are lost: never granted as things stand. One is
 * lost when what those before it keep leaves too little: of an exclusive lock one of them is enough, of permits as many
 * as weigh too much together. A session keeps what it holds when a wait of its own for something else is lost. All are
 * taken for lost until there is room for them: what remains is certain, however little was looked at.
 */
export class WaitGraph {
  readonly #state: StateView
  /** Of each session what it waits for: of a name that it asks for several times, the first one. */
  readonly #waits: Map<SessionId, readonly Hold[]> = new Map()
  readonly #lost: Set<Hold> = new Set()
  #looks = 0
  #holds = 0

  constructor(state: StateView, start: Hold) {
    this.#state = state
    const reached = this.#reach(start)
    if (reached !== undefined) this.#find(reached)
  }

  isLost(wait: Hold): boolean {
    return this.#lost.has(wait)
  }

  /** For what else the session of a hold waits, and is lost: why it keeps the hold. */
  *reasonsOf({ session, kind }: Hold, name: string): Iterable<Hold> {
    for (const wait of this.#waits.get(session) ?? []) {
      if (this.#lost.has(wait) && !isFor(wait, kind, name)) yield wait
    }
  }

  /** Those who keep it waiting for good; none = there is room for it, or will be. */
  barsOf(wait: Hold): readonly Bar[] {
    return wait.names.flatMap((name) => this.#barsAt(wait, name).map((blocker) => ({ name, blocker })))
  }

  #barsAt(wait: Hold, name: string): readonly Hold[] {
    const { limit, before } = this.#queueOf(wait, name)
    const keeping: Hold[] = []
    const standing: Hold[] = []
    let kept = 0
    for (const each of before) {
      if (this.#keeps(each, name)) {
        keeping.push(each)
        kept += each.weight
        // Nobody overtakes who finds no room.
      } else if (each.token === undefined && kept + each.weight > limit) standing.push(each)
    }
    const alone = keeping.filter(({ weight }) => weight + wait.weight > limit)
    const together = kept + wait.weight > limit ? keeping : []
    return [...(alone.length > 0 ? alone : together), ...standing]
  }

  #keeps(hold: Hold, name: string): boolean {
    for (const _ of this.reasonsOf(hold, name)) return true
    return false
  }

  /** Others' holds of a name that come before one that waits: the granted ones, and the next ones in the queue. */
  #queueOf(wait: Hold, name: string): { readonly limit: number; readonly before: readonly Hold[] } {
    const { name: about, holders, waiters } = this.#state.name(wait.kind, name)
    const at = Math.max(0, waiters.indexOf(wait))
    const next = waiters.slice(Math.max(0, at - PLACES_BACK_MAX), at)
    const before = [...holders.slice(0, LOOKS_MAX), ...next].filter(({ session }) => session !== wait.session)
    return { limit: about?.limit ?? 0, before }
  }

  /** All waits on the way, nearest first; undefined = none of them is for anything of the session where it began. */
  #reach(start: Hold): readonly Hold[] | undefined {
    const found = new Set<Hold>([start])
    const reached: Hold[] = []
    let isClosed = false
    this.#waits.set(start.session, this.#waitsOf(start.session))
    // More are added while they are gone through.
    for (const wait of found) {
      for (const name of wait.names) {
        for (const { session } of this.#queueOf(wait, name).before) {
          if (++this.#looks > LOOKS_MAX) return isClosed ? reached : undefined
          isClosed ||= session === start.session
          if (!this.#waits.has(session)) this.#waits.set(session, this.#waitsOf(session))
          for (const next of this.#waits.get(session) ?? []) found.add(next)
        }
      }
      reached.push(wait)
    }
    return isClosed ? reached : undefined
  }

  #waitsOf(session: SessionId): readonly Hold[] {
    const holds = this.#state.holdsOf(session)
    // Who has one hold alone keeps others waiting or waits itself, never both.
    if (holds.length < 2 || this.#holds > HOLDS_MAX) return []
    this.#holds += holds.length
    const asked = new Set<string>()
    return holds.filter((hold) => {
      if (!isWait(hold) || hold.names.every((name) => asked.has(`${hold.kind} ${name}`))) return false
      for (const name of hold.names) asked.add(`${hold.kind} ${name}`)
      return true
    })
  }

  /** The largest set of waits of which each is lost by the others. */
  #find(reached: readonly Hold[]): void {
    for (const wait of reached) this.#lost.add(wait)
    const farthestFirst = [...reached].reverse()
    for (let size = 0; size !== this.#lost.size; ) {
      size = this.#lost.size
      for (const wait of farthestFirst) {
        if (this.#lost.has(wait) && this.barsOf(wait).length === 0) this.#lost.delete(wait)
      }
    }
  }
}

/** Somebody waits for what will be given back. */
export function isWait({ kind, token }: Hold): boolean {
  return KINDS.has(kind) && token === undefined
}

export function isFor(hold: Hold, kind: HoldKind, name: string): boolean {
  return hold.kind === kind && hold.names.includes(name)
}
