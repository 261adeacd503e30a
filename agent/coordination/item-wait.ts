import type { Hold, Item } from "@conclave/consensus"
import type { StateView } from "./cluster.ts"
import type { ReplicatedTime } from "./replicated-time.ts"

/** What an item waits for that nobody works on, or that is on its way; null = somebody has it, and keeps it. */
export function waitOf(state: StateView, item: Item, time: ReplicatedTime): string | null {
  const { owner, target, revoking } = item
  switch (item.state) {
    case "assigned":
      return null
    case "revoking": {
      const until = revoking?.untilMs === undefined ? "" : ` by ${time.text(revoking.untilMs)}`
      return `${owner?.id} is to hand it back${until}${target === undefined ? "" : `, then ${target} has it`}`
    }
    case "failed":
      return "it failed too often, and waits to be tried again by an operator"
    case "free":
      return waitOfFree(state, item, time)
  }
}

function waitOfFree(state: StateView, item: Item, time: ReplicatedTime): string {
  const { pool, pin, target, keptUntilMs } = item
  const view = state.pool(pool)
  const tombstone = state.tombstone(pool, item.item)
  if (tombstone !== undefined) {
    const { worker, untilMs } = tombstone
    return `one of its name was removed, and ${worker} may believe that it has that until ${time.text(untilMs)}`
  }
  if (keptUntilMs !== undefined) {
    const until = time.text(keptUntilMs)
    if (target === undefined) return `it rests after its last try until ${until}`
    const isBraked = view?.pool.brake?.untilMs === keptUntilMs
    const why = isBraked ? `${view.missing} workers were lost at once` : "its worker was lost and may come back"
    return `it is kept for ${target} until ${until}: ${why}`
  }
  const workers = state.name("work", pool).holders.filter((hold) => takesItems(state, hold))
  if (pin !== undefined) {
    const pinned = workers.find(({ id }) => id === pin)
    if (pinned === undefined) return `it is pinned to ${pin}, which is not here or leaves`
    return hasRoom(state, pinned, item)
      ? SOON
      : `it is pinned to ${pin}, which has no room for its weight of ${item.weight}`
  }
  if (workers.length === 0) return "there is no worker that takes items"
  return workers.some((hold) => hasRoom(state, hold, item))
    ? SOON
    : `no worker has room for its weight of ${item.weight}`
}

const SOON = "it is given out next"

/** One that leaves, or is asked to, gets nothing any more. */
function takesItems(state: StateView, { worker, revoking, session }: Hold): boolean {
  return worker?.isLeaving !== true && revoking === undefined && state.session(session)?.revoking === undefined
}

function hasRoom(state: StateView, hold: Hold, { pool, weight }: Item): boolean {
  const used = state.pool(pool)?.book?.loads.get(`${hold.session}/${hold.seq}`)?.used ?? 0
  return used + weight <= (hold.worker?.capacity ?? Number.POSITIVE_INFINITY)
}
