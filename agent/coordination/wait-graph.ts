import type { Hold, HoldKind, SessionId } from "@conclave/consensus"
import type { StateView } from "./cluster.ts"

/** What sessions wait for until somebody gives it back. */
const KINDS: ReadonlySet<HoldKind> = new Set<HoldKind>(["lock", "semaphore"])

/**
 * Looks at places in queues until all waits are known, and until it is known which of them are lost; and holds of
 * sessions. Among very many that wait a cycle may be missed, and no agent is held up.
 */
const REACH_LOOKS_MAX = 1024
const LOOKS_MAX = 6144
const HOLDS_MAX = 4096
/** Holders of one name that are looked at. */
const HOLDERS_MAX = 1024
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
  /** Of each session those whose queue it stands in before them. */
  readonly #behind: Map<SessionId, Set<Hold>> = new Map()
  readonly #lost: Set<Hold> = new Set()
  #looks = 0
  #holds = 0

  /** None is found lost when no session on the way is one that is asked for. */
  constructor(state: StateView, start: Hold, isAskedFor: (session: SessionId) => boolean) {
    this.#state = state
    const reached = this.#reach(start)
    if (reached !== undefined && [...this.#waits.keys()].some(isAskedFor)) this.#find(reached)
  }

  isLost(wait: Hold): boolean {
    return this.#lost.has(wait)
  }

  /** For what else the session of a hold waits, and is lost: why it keeps the hold. */
  *reasonsOf({ session, kind }: Hold, name: string): Iterable<Hold> {
    for (const wait of this.#waits.get(session) ?? []) {
      this.#looks++
      if (this.#lost.has(wait) && !isFor(wait, kind, name)) yield wait
    }
  }

  /** Those who keep it waiting for good, or some of them after too many looks; none = there is room, or will be. */
  barsOf(wait: Hold): readonly Bar[] {
    return wait.names.flatMap((name) => this.#barsAt(wait, name).map((blocker) => ({ name, blocker })))
  }

  #barsAt(wait: Hold, name: string): readonly Hold[] {
    const { limit, before } = this.#queueOf(wait, name)
    const keeping: Hold[] = []
    const standing: Hold[] = []
    let kept = 0
    this.#looks += 1 + before.length
    for (const each of before) {
      if (this.#looks > LOOKS_MAX) break
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
    const before = [...holders.slice(0, HOLDERS_MAX), ...next].filter(({ session }) => session !== wait.session)
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
        if (++this.#looks > REACH_LOOKS_MAX) return isClosed ? reached : undefined
        for (const { session } of this.#queueOf(wait, name).before) {
          this.#looks++
          isClosed ||= session === start.session
          const behind = this.#behind.get(session)
          if (behind === undefined) this.#behind.set(session, new Set([wait]))
          else behind.add(wait)
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

  /** The largest set of waits of which each is lost by the others; none when that takes too long. */
  #find(reached: readonly Hold[]): void {
    for (const wait of reached) this.#lost.add(wait)
    // Farthest first. A look is made again when one of those before was found to be not lost.
    const toLook = new Set([...reached].reverse())
    for (const wait of toLook) {
      toLook.delete(wait)
      const isDone = !this.#lost.has(wait) || this.barsOf(wait).length > 0
      if (this.#looks > LOOKS_MAX) return this.#lost.clear()
      if (isDone) continue
      this.#lost.delete(wait)
      for (const behind of this.#behind.get(wait.session) ?? []) toLook.add(behind)
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
