import type { Change, Hold, Session, SessionId } from "@conclave/consensus"
import type { HoldKind } from "../../api/hold-objects.ts"
import type { StateView } from "../cluster.ts"
import { holderJson, type Placed } from "../hold-json.ts"
import type { ReplicatedTime } from "../replicated-time.ts"
import { type CapturedItems, type ToldChange, toldChange, type WatchFilter, type WatchScope } from "./scope.ts"

/**
 * Those who hold one name, each by itself: of a group with ten thousand members a change is as long as the member that
 * changed. Each is told with the reason: it has `joined`, its value, note or readiness was `updated`, or why it went;
 * who takes the place of an older life under the same id is told as `fenced`.
 */
export function holderScope(kind: HoldKind, time: ReplicatedTime): WatchScope {
  return {
    tell: (changes, state, isWatched) =>
      told(
        [...stepsOf(kind, changes).values()].filter((each) => isWatched(each)),
        changes,
        state,
        time,
      ),
    tellsLater: undefined,
    capture: (state, filter) => {
      const items = placedIn(state, kind, filter)
      return { size: items.length, text: (at) => holderText(items[at] as Placed, time) } satisfies CapturedItems
    },
  }
}

/** What one revision made of one place. */
interface Step {
  readonly name: string
  readonly key: string
  readonly before: Hold | undefined
  after: Hold | undefined
  last: Hold
  reason: string
}

function told(
  touched: readonly Step[],
  changes: readonly Change[],
  state: StateView,
  time: ReplicatedTime,
): readonly ToldChange[] {
  const ended = new Map<SessionId, Session>()
  for (const change of changes) {
    if (change.kind === "session" && change.before !== undefined) ended.set(change.before.id, change.before)
  }
  const steps = touched.filter(({ before, after }) => before !== undefined || after !== undefined)
  steps.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  return steps.flatMap(({ name, key, after, last, reason }) => {
    const hold = after ?? last
    const session = state.session(hold.session) ?? ended.get(hold.session)
    if (session === undefined) return []
    return [
      toldChange({ name, key }, after === undefined ? "delete" : "put", holderText({ hold, session }, time), reason),
    ]
  })
}

function stepsOf(kind: HoldKind, changes: readonly Change[]): ReadonlyMap<string, Step> {
  const steps = new Map<string, Step>()
  for (const change of changes) {
    if (change.kind !== "hold") continue
    const before = granted(change.before)
    const after = granted(change.after)
    const last = after ?? before
    if (last?.kind !== kind || isUnseen(before, after)) continue
    for (const name of last.names) {
      const key = keyOf(last)
      const known = steps.get(`${name} ${key}`)
      const reason = after === undefined ? (change.end ?? "released") : before === undefined ? "joined" : "updated"
      if (known === undefined) steps.set(`${name} ${key}`, { name, key, before, after, last, reason })
      else Object.assign(known, { after, last, reason: known.reason === "fenced" ? known.reason : reason })
    }
  }
  return steps
}

/** A member is who waits no more. */
function granted(hold: Hold | undefined): Hold | undefined {
  return hold?.token === undefined ? undefined : hold
}

/** What is asked of a holder shows in its own stream alone. */
function isUnseen(before: Hold | undefined, after: Hold | undefined): boolean {
  if (before === undefined || after === undefined) return false
  return before.value === after.value && before.note === after.note && before.ready === after.ready
}

function placedIn(state: StateView, kind: HoldKind, { name = "", prefix = "" }: WatchFilter): readonly Placed[] {
  const placed = state.name(kind, name).holders.flatMap((hold) => {
    const session = state.session(hold.session)
    return session === undefined || !keyOf(hold).startsWith(prefix) ? [] : [{ hold, session }]
  })
  return placed.sort((a, b) => (keyOf(a.hold) < keyOf(b.hold) ? -1 : 1))
}

/** Its id; where holders have none, its token, by which it is known among the holders of the name. */
function keyOf({ id, token }: Hold): string {
  return id ?? String(token)
}

function holderText(placed: Placed, time: ReplicatedTime): string {
  return JSON.stringify(holderJson(placed, time))
}
