import { type GuardedWrite, guardedWrites } from "./guards.ts"
import { type Ends, earliestEnd, endsOf } from "./histories.ts"
import { ITEM_MODEL, type ItemOp } from "./item-model.ts"
import type { ItemStory } from "./item-stories.ts"
import type { EndLine, Finding, InvokeLine, Line } from "./lines.ts"
import { type Interval, linearizable } from "./search.ts"

const NEVER = Number.POSITIVE_INFINITY

/**
 * Whether each item behaved like one thing that one worker has at a time: it is there from its put until its worker
 * says that it is done or somebody removes it, what its worker saved is what the next one is given, and a word under an
 * old token changes nothing. Whoever looks at the end and does not find it has then been told why (no item is lost).
 */
export function linearizableItems(items: readonly ItemStory[], lines: readonly Line[]): readonly Finding[] {
  // What comes back from a backup is not what was told before.
  if (lines.some((line) => line.k === "inv" && line.f === "restore")) return []
  const found: Finding[] = []
  const ends = endsOf(lines)
  const guarded = guardedWrites(lines)
  for (const [key, { told, stories, reads, isPartition }] of byItem(items, lines)) {
    const intervals = [
      ...guardIntervals(stories, guarded),
      ...told.flatMap((each) => toldIntervals(each, isPartition)),
      ...stories.flatMap((story) => storyIntervals(story, ends)),
    ]
    intervals.push(...readIntervals(intervals, reads, key), ...unheard(stories, reads, key))
    const verdict = linearizable(ITEM_MODEL, intervals)
    if (verdict.kind === "linearizable") continue
    const stuck = verdict.kind === "unknown" ? undefined : intervals[verdict.stuck]
    const what =
      verdict.kind === "unknown"
        ? "the search was broken off"
        : `${verdict.deepest} of ${intervals.length} have an order, which ${JSON.stringify(stuck?.op)} cannot follow`
    const t = stuck === undefined || stuck.end === NEVER ? 0 : stuck.end
    found.push({ rule: "items-are-linearizable", t, message: `${key}: ${what}` })
  }
  return found
}

interface Told {
  readonly begun: InvokeLine
  readonly end: EndLine
}

interface Parts {
  readonly told: Told[]
  readonly stories: ItemStory[]
  /** Of its pool. */
  readonly reads: readonly Told[]
  readonly isPartition: boolean
}

function byItem(items: readonly ItemStory[], lines: readonly Line[]): ReadonlyMap<string, Parts> {
  const all = new Map<string, Parts>()
  const reads = new Map<string, Told[]>()
  const readsOf = (pool: string): Told[] => {
    const known = reads.get(pool) ?? []
    reads.set(pool, known)
    return known
  }
  const of = (pool: string, item: string): Parts => {
    const key = `${pool}/${item}`
    const isPartition = /^\d+$/.test(item)
    const parts = all.get(key) ?? { told: [], stories: [], reads: readsOf(pool), isPartition }
    all.set(key, parts)
    return parts
  }
  for (const each of toldOf(lines)) {
    const { key, f, a } = each.begun
    const pool = key.slice("work/".length)
    if (f === "work.items") readsOf(pool).push(each)
    else if (a.item !== undefined) of(pool, a.item).told.push(each)
  }
  for (const story of items) of(story.pool, story.item).stories.push(story)
  for (const each of toldOf(lines)) {
    if (each.begun.f !== "work.configure" || each.begun.a.partitions === undefined) continue
    const pool = each.begun.key.slice("work/".length)
    for (const [key, parts] of all) {
      const item = key.slice(pool.length + 1)
      if (key.startsWith(`${pool}/`) && parts.isPartition) parts.told.push(aboutItem(each, item))
    }
  }
  return all
}

/** What the number of partitions says of one of them. */
function aboutItem({ begun, end }: Told, item: string): Told {
  return { begun: { ...begun, a: { ...begun.a, item } }, end }
}

/** What was asked of work, with what became of it; of a connection that broke there is no answer. */
function toldOf(lines: readonly Line[]): readonly Told[] {
  const begun = new Map<number, InvokeLine>()
  const ends = new Map<number, EndLine>()
  for (const line of lines) {
    if (line.k === "inv" && line.f.startsWith("work.") && line.a.stale !== true) begun.set(line.op, line)
    if ((line.k === "ok" || line.k === "fail" || line.k === "info") && begun.has(line.op)) ends.set(line.op, line)
  }
  return [...begun.values()].map((each) => {
    return { begun: each, end: ends.get(each.op) ?? { k: "info", t: NEVER, p: each.p, op: each.op } }
  })
}

function toldIntervals({ begun, end }: Told, isPartition: boolean): readonly Interval<ItemOp>[] {
  const op = opOf(begun, end, isPartition)
  if (op === undefined) return []
  return [end.k === "info" ? { op, call: begun.t, end: NEVER, isOptional: true } : { op, call: begun.t, end: end.t }]
}

/** Undefined: it says nothing that could be checked. */
function opOf({ f, a }: InvokeLine, { k, e, r }: EndLine, isPartition: boolean): ItemOp | undefined {
  const token = Number(a.token)
  if (k === "fail") {
    const isOfOwner = f === "work.settle" || f === "work.checkpoint"
    // Where the cluster has said so, and not the client's own clock.
    return isOfOwner && e === "GRANT_LOST" && a.isLate === true ? { kind: "refused", token } : undefined
  }
  switch (f) {
    case "work.put":
      return { kind: "put" }
    case "work.remove":
      return { kind: "remove", isRemoved: k === "ok" ? r?.removed : undefined }
    case "work.configure":
      return Number(a.item) < (a.partitions ?? 0) ? { kind: "put" } : { kind: "remove", isRemoved: undefined }
    case "work.settle":
      return { kind: "settle", token, isOver: a.result === "done" && !isPartition }
    case "work.checkpoint":
      return { kind: "save", token, checkpoint: a.value ?? "" }
    default:
      return undefined
  }
}

/** Of its tokens: whether what was to be done under them was. */
function guardIntervals(stories: readonly ItemStory[], all: readonly GuardedWrite[]): readonly Interval<ItemOp>[] {
  const tokens = new Set(stories.map(({ granted }) => granted?.token))
  return all.flatMap(({ key, token, isHeld, call, end }) => {
    if (!key.startsWith("work/") || !tokens.has(token)) return []
    return [{ op: { kind: isHeld ? "guarded" : "refused", token }, call, end } as const]
  })
}

/** The assignment, and an end that nobody has acknowledged. */
function storyIntervals(story: ItemStory, ends: Ends): readonly Interval<ItemOp>[] {
  const { granted, invokedAt, checkpoint, release } = story
  if (granted === undefined) return []
  const { token } = granted
  const assign = { op: { kind: "assign", token, checkpoint } as const, call: invokedAt, end: granted.t }
  if (release?.end?.k === "ok") return [assign]
  return [assign, { op: { kind: "end", token }, call: earliestEnd(story, ends), end: NEVER, isOptional: true }]
}

/** Of the reads of its pool those while something else is done to it, and the next on both sides. */
function readIntervals(
  others: readonly Interval<ItemOp>[],
  reads: readonly Told[],
  key: string,
): readonly Interval<ItemOp>[] {
  const item = key.slice(key.indexOf("/") + 1)
  const from = Math.min(...others.map(({ call }) => call))
  const to = Math.max(...others.flatMap(({ end }) => (end === NEVER ? [] : [end])))
  const answered = reads.filter(({ end }) => end.k === "ok")
  const before = answered.findLast(({ end }) => end.t < from)
  const after = answered.find(({ begun }) => begun.t > to)
  const last = answered.at(-1)
  const near = answered.filter((each) => {
    const isWhile = each.end.t >= from && each.begun.t <= to
    return isWhile || each === before || each === after || each === last
  })
  return near.map(({ begun, end }) => {
    const shown = end.r?.items?.find((each) => each.item === item)
    const op = { kind: "read", isThere: shown !== undefined, token: Number(shown?.token ?? 0) } as const
    return { op, call: begun.t, end: end.t }
  })
}

/** Assignments that were shown to somebody, and over before their workers were told. */
function unheard(stories: readonly ItemStory[], reads: readonly Told[], key: string): readonly Interval<ItemOp>[] {
  const item = key.slice(key.indexOf("/") + 1)
  const heard = new Set(stories.map(({ granted }) => granted?.token))
  const seen = new Map<number, number>()
  for (const { end } of reads) {
    const token = Number(end.r?.items?.find((each) => each.item === item)?.token ?? 0)
    if (token > 0 && !heard.has(token) && !seen.has(token)) seen.set(token, end.t)
  }
  return [...seen].flatMap(([token, t]) => [
    { op: { kind: "assign", token, checkpoint: null }, call: 0, end: t } as const,
    { op: { kind: "end", token }, call: 0, end: NEVER, isOptional: true } as const,
  ])
}
