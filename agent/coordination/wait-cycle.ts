import type { Hold, Session, SessionId } from "@conclave/consensus"
import type { StateView } from "./cluster.ts"
import { type Bar, isFor, isWait, WaitGraph } from "./wait-graph.ts"

/** One who waits in a cycle, for what the next one of it holds or will be granted first. */
export interface CycleLink extends Bar {
  readonly session: Session
  readonly wait: Hold
}

interface Step extends CycleLink {
  readonly from: Step | undefined
}

/**
 * A shortest cycle of sessions that wait for each other's locks and permits, which begins with a hold that was just
 * queued; undefined = it closes none, or there may yet be room for one of them. Only what begins to wait closes one: a
 * grant goes to the head of a queue, behind which all others stood before. Within one session nothing is a cycle, since
 * its calls may be independent of each other, and nobody keeps a name for the sake of waiting for it. A cycle is looked
 * for where a session on the way is asked for.
 */
export function cycleOf(
  state: StateView,
  queued: Hold,
  isAskedFor: (session: SessionId) => boolean,
): readonly CycleLink[] | undefined {
  if (!isWait(queued) || state.holdsOf(queued.session).length < 2) return undefined
  const wait = state.hold(queued.session, queued.seq)
  if (wait === undefined || wait.token !== undefined) return undefined
  const graph = new WaitGraph(state, wait, isAskedFor)
  return graph.isLost(wait) ? shortest(state, graph, wait) : undefined
}

/** Breadth first, from wait to wait. */
function shortest(state: StateView, graph: WaitGraph, start: Hold): readonly CycleLink[] | undefined {
  const ways: Map<Hold, Step | undefined> = new Map([[start, undefined]])
  // More are added while they are gone through.
  for (const [wait, from] of ways) {
    const session = state.session(wait.session)
    if (session === undefined) continue
    for (const { name, blocker } of graph.barsOf(wait)) {
      const step = { session, wait, name, blocker, from }
      if (blocker.session === start.session && !isFor(start, wait.kind, name)) return pathTo(step)
      // Who stands before it may be kept waiting for the very same.
      const own = blocker.token === undefined ? [blocker] : []
      for (const next of [...graph.reasonsOf(blocker, name), ...own]) if (!ways.has(next)) ways.set(next, step)
    }
  }
  return undefined
}

function pathTo(last: Step): readonly CycleLink[] {
  const path: CycleLink[] = []
  for (let step: Step | undefined = last; step !== undefined; step = step.from) {
    const { session, wait, name, blocker } = step
    path.unshift({ session, wait, name, blocker })
  }
  return path
}
