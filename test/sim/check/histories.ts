import { guardedWrites } from "./guards.ts"
import { NAME_MODEL, type NameOp } from "./hold-model.ts"
import { type HoldStory, isShared, shareOf } from "./holds-of.ts"
import type { Finding, Line, Shown } from "./lines.ts"
import { type Interval, linearizable } from "./search.ts"

const NEVER = Number.POSITIVE_INFINITY

/**
 * Whether each name, with all reads of it and all writes that it guards, behaved like one machine that does one thing
 * at a time. It trusts no revision and no log: an end that nobody acknowledged may come at any time from which on
 * nobody was promised anything. Each name by itself (Herlihy and Wing 1990 §3.3: a history is linearizable when its
 * objects are).
 */
export function linearizableNames(stories: readonly HoldStory[], lines: readonly Line[]): readonly Finding[] {
  const found: Finding[] = []
  const ends = endsOf(lines)
  for (const [key, parts] of byKey(stories, lines)) {
    const intervals = [
      ...parts.stories.flatMap((story) => holdIntervals(story, parts.revealed, ends)),
      ...parts.intervals,
    ]
    const verdict = linearizable(NAME_MODEL, intervals)
    if (verdict.kind === "linearizable") continue
    const { t, what } = verdict.kind === "unknown" ? { t: 0, what: "the search was broken off" } : stuckAt(verdict)
    found.push({ rule: "histories-are-linearizable", t, message: `${key}: ${what}` })

    function stuckAt({ deepest, stuck }: { readonly deepest: number; readonly stuck: number }): {
      readonly t: number
      readonly what: string
    } {
      const interval = intervals[stuck]
      const what = `${deepest} of ${intervals.length} have an order, which ${JSON.stringify(interval?.op)} cannot follow`
      return { t: interval?.end ?? 0, what }
    }
  }
  return found
}

interface Parts {
  readonly stories: HoldStory[]
  readonly intervals: Interval<NameOp>[]
  /** Holders that reads have shown, by session and number: the moment at which it was first. */
  readonly revealed: Map<string, { readonly shown: Shown; readonly t: number }>
}

function byKey(stories: readonly HoldStory[], lines: readonly Line[]): ReadonlyMap<string, Parts> {
  const all = new Map<string, Parts>()
  const of = (key: string): Parts => {
    const parts = all.get(key) ?? { stories: [], intervals: [], revealed: new Map() }
    all.set(key, parts)
    return parts
  }
  for (const story of stories) for (const key of story.keys) of(key).stories.push(story)
  const invoked = new Map<number, Extract<Line, { k: "inv" }>>()
  for (const line of lines) {
    if (line.k === "inv") invoked.set(line.op, line)
    const begun = line.k === "ok" || line.k === "info" ? invoked.get(line.op) : undefined
    if (begun === undefined || (line.k !== "ok" && line.k !== "info")) continue
    const isKnown = line.k === "ok"
    const span = { call: begun.t, end: isKnown ? line.t : NEVER, ...(isKnown ? {} : { isOptional: true }) }
    // The value of a lock or a permit is its note, which reads do not show here.
    if (begun.f === "hold.update" && /^(election|group)\//.test(begun.key)) {
      const { token, value, ready } = begun.a
      const op = { kind: "update", token: Number(token), value, ...(ready === undefined ? {} : { ready }) } as const
      of(begun.key).intervals.push({ op, ...span })
    }
    if (begun.f !== "hold.get" || !isKnown || begun.a.stale === true) continue
    const holders = line.r?.holders ?? []
    const seen = holders.map(({ token, value, id, ready }) => ({ token: Number(token), value, id, ready }))
    const op = { kind: "read", holders: seen } as const
    of(begun.key).intervals.push({ op, ...span })
    for (const shown of holders) {
      const id = `${shown.s}/${shown.seq}`
      if (!of(begun.key).revealed.has(id)) of(begun.key).revealed.set(id, { shown, t: line.t })
    }
  }
  for (const { key, token, isHeld, call, end } of guardedWrites(lines)) {
    if (!key.startsWith("work/")) of(key).intervals.push({ op: { kind: "guard", token, isHeld }, call, end })
  }
  return all
}

/** What ends many holds at once. */
export interface Ends {
  /** When a host was told to leave for good: its sessions end. */
  readonly leaving: ReadonlyMap<string, number>
  /** When a session was closed. */
  readonly closing: ReadonlyMap<string, number>
  /** Ends every session, between its call and its end. */
  readonly restores: readonly { readonly call: number; readonly end: number }[]
}

export function endsOf(lines: readonly Line[]): Ends {
  return { leaving: leaves(lines), closing: closes(lines), restores: restoresOf(lines) }
}

/** The grant, where it is known that there was one, and its end. */
function holdIntervals(story: HoldStory, revealed: Parts["revealed"], ends: Ends): readonly Interval<NameOp>[] {
  const { a, granted, invokedAt } = story
  const shown = revealed.get(`${a.s}/${a.seq}`)
  const token = granted?.token ?? (shown === undefined ? undefined : Number(shown.shown.token))
  if (token === undefined) return []
  const { value, id, ready } = a
  const held = { token, isShared: isShared(story), share: shareOf(story), value, id, ready }
  const toldAt = Math.min(granted?.t ?? NEVER, shown?.t ?? NEVER)
  const grant = { op: { kind: "grant", held } as const, call: invokedAt, end: toldAt }
  const end = { op: { kind: "end", token } as const }
  const { release, transfer } = story
  for (const wish of [release, transfer]) {
    if (wish?.end?.k === "ok") return [grant, { ...end, call: wish.t, end: wish.end.t }]
  }
  return [grant, { ...end, call: earliestEnd(story, ends), end: NEVER, isOptional: true }]
}

/** From when on the service may have ended it. */
export function earliestEnd(story: HoldStory, { leaving, closing, restores }: Ends): number {
  const { granted, untils, invokedAt, killedAt, breaks, release, transfer, end, a, agent } = story
  // Given up, or never heard of: nothing was promised.
  if (granted === undefined) return end?.k === "ok" ? end.t : invokedAt
  const promised = Math.max(...untils.map(({ until }) => until))
  // Counted by the cluster, whose clock goes faster by 1 % at most; perhaps long before its client hears of the grant.
  const limited = a.maxHoldMs === undefined ? undefined : invokedAt + a.maxHoldMs * 990
  const others = [limited, killedAt, release?.t, transfer?.t, leaving.get(agent), closing.get(a.s ?? "")]
  const restored = restores.filter(({ end: over }) => over >= invokedAt).map(({ call }) => Math.max(call, invokedAt))
  return Math.min(promised, ...breaks.map(({ at }) => at), ...restored, ...others.map((t) => t ?? NEVER))
}

/** What was certainly not done is left out. */
function restoresOf(lines: readonly Line[]): Ends["restores"] {
  const ends = new Map(lines.flatMap((line) => (line.k === "ok" || line.k === "fail" ? [[line.op, line]] : [])))
  return lines.flatMap((line) => {
    if (line.k !== "inv" || line.f !== "restore") return []
    const end = ends.get(line.op)
    return end?.k === "fail" ? [] : [{ call: line.t, end: end?.t ?? NEVER }]
  })
}

function leaves(lines: readonly Line[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (const line of lines) {
    if (line.k !== "fault" || line.f !== "leave" || line.phase !== "start") continue
    for (const node of (line.spec["nodes"] ?? []) as readonly string[]) if (!found.has(node)) found.set(node, line.t)
  }
  return found
}

function closes(lines: readonly Line[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (const line of lines) if (line.k === "inv" && line.f === "session.close") found.set(line.a.s ?? "", line.t)
  return found
}
