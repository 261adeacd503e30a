import type { Hold, Session, SessionId } from "@conclave/consensus"
import type { StateView } from "./cluster.ts"

/** One who waits in a cycle, for what the next one of it holds or will be granted first. */
export interface CycleLink {
  readonly session: Session
  readonly wait: Hold
  /** The one of its names that the next session keeps from it. */
  readonly name: string
  /** The next session's hold of that name, granted or before it in the queue. */
  readonly blocker: Hold
}

/** Holds that one search looks at: in a state with very long queues a cycle may be missed, and no agent is held up. */
const LOOKS_MAX = 1024
/** Places that one search goes forward in a queue for somebody else's hold. */
const PLACES_BACK_MAX = 64

interface Step extends CycleLink {
  readonly from: Step | undefined
}

/**
 * A shortest cycle of sessions that wait for each other's locks, which begins with a hold that was just queued;
 * undefined = it closes none. Only a lock that begins to wait can close one: a grant goes to the head of a queue,
 * behind which all others stood before. Within one session nothing is a cycle, since its calls may be independent of
 * each other.
 */
export function cycleOf(state: StateView, queued: Hold): readonly CycleLink[] | undefined {
  if (queued.kind !== "lock" || !isEntangled(state, queued.session)) return undefined
  const wait = state.hold(queued.session, queued.seq)
  if (wait === undefined || wait.token !== undefined) return undefined
  const search = new Search(state, wait.session)
  return search.look(undefined, wait) ?? search.goOn()
}

/** Breadth first, from session to session. */
class Search {
  readonly #state: StateView
  readonly #start: SessionId
  readonly #seen: Set<SessionId> = new Set()
  readonly #steps: Step[] = []
  #looks = 0

  constructor(state: StateView, start: SessionId) {
    this.#state = state
    this.#start = start
  }

  /** The cycle that this wait closes. */
  look(from: Step | undefined, wait: Hold): readonly CycleLink[] | undefined {
    const session = this.#state.session(wait.session)
    if (session === undefined) return undefined
    for (const { name, blocker } of blockersOf(this.#state, wait)) {
      if (++this.#looks > LOOKS_MAX) return undefined
      const step = { session, wait, name, blocker, from }
      if (blocker.session === this.#start) return pathTo(step)
      if (this.#seen.has(blocker.session)) continue
      this.#seen.add(blocker.session)
      if (isEntangled(this.#state, blocker.session)) this.#steps.push(step)
    }
    return undefined
  }

  goOn(): readonly CycleLink[] | undefined {
    // More are added while they are gone through.
    for (const step of this.#steps) {
      const found = this.#lookBehind(step)
      if (found !== undefined) return found
    }
    return undefined
  }

  /** What the session of a blocker waits for itself; where it asks for a name several times, its first one. */
  #lookBehind(step: Step): readonly CycleLink[] | undefined {
    const asked = new Set<string>()
    for (const hold of this.#state.holdsOf(step.blocker.session)) {
      if (++this.#looks > LOOKS_MAX) return undefined
      if (hold.kind !== "lock" || hold.token !== undefined || hold.names.every((name) => asked.has(name))) continue
      for (const name of hold.names) asked.add(name)
      const found = this.look(step, hold)
      if (found !== undefined) return found
    }
    return undefined
  }
}

/** Who has one hold alone keeps others waiting or waits itself, never both. */
function isEntangled(state: StateView, session: SessionId): boolean {
  return state.holdsOf(session).length > 1
}

/**
 * Who keeps a lock from a hold that waits: those that hold it in a mode that excludes it, and the next one before it.
 */
function* blockersOf(state: StateView, wait: Hold): Iterable<{ readonly name: string; readonly blocker: Hold }> {
  for (const name of wait.names) {
    const { holders, waiters } = state.name(wait.kind, name)
    for (const blocker of holders) if (excludes(blocker, wait)) yield { name, blocker }
    const at = waiters.indexOf(wait)
    for (let place = at - 1; place >= Math.max(0, at - PLACES_BACK_MAX); place--) {
      const blocker = waiters[place]
      if (blocker === undefined || !excludes(blocker, wait)) continue
      yield { name, blocker }
      break
    }
  }
}

function excludes(blocker: Hold, wait: Hold): boolean {
  return blocker.session !== wait.session && (blocker.mode === "exclusive" || wait.mode === "exclusive")
}

function pathTo(last: Step): readonly CycleLink[] {
  const path: CycleLink[] = []
  for (let step: Step | undefined = last; step !== undefined; step = step.from) {
    const { session, wait, name, blocker } = step
    path.unshift({ session, wait, name, blocker })
  }
  return path
}
