import type { HoldStory, Wish } from "./holds-of.ts"
import type { InvokeLine, Line } from "./lines.ts"
import { type Break, breakBy, concerns, type Revocable, revokesOf, toldReasons } from "./revokes.ts"

/** One assignment of one item, as its worker was told of it: a grant of its own, under the hold of the worker. */
export interface ItemStory extends HoldStory {
  readonly pool: string
  readonly item: string
  readonly attempt: number
  readonly checkpoint: string | undefined
  /** How it was settled, as it was asked first. */
  result: "done" | "released" | "failed" | undefined
}

const NEVER = Number.POSITIVE_INFINITY
/** Of a pool that nobody has configured. */
const HANDOFF_MS = 30_000
/** Of a session that says nothing else. */
const TTL_MS = 10_000

/** The name of an assignment in a history. */
export function assignmentOf({ op, item, token }: { op: number; item?: string; token?: string }): string {
  return `${op} ${item} ${token}`
}

export function itemStoriesOf(lines: readonly Line[], stories: readonly HoldStory[]): readonly ItemStory[] {
  const workers = new Map(stories.map((story) => [story.op, story]))
  const found = new Map<string, ItemStory>()
  const settlements = new Map<number, Wish>()
  for (const line of lines) {
    if (line.k === "hold" && line.item !== undefined) {
      const id = assignmentOf(line)
      const worker = workers.get(line.op)
      if (line.type === "assigned" && worker !== undefined) found.set(id, found.get(id) ?? newStory(line, worker))
      const story = found.get(id)
      if (story === undefined) continue
      if (line.type === "until") story.untils.push({ t: line.t, until: line.until ?? 0 })
      if (line.type !== "lost") continue
      story.lostAt ??= line.t
      story.lostReason ??= line.reason
    } else if (line.k === "inv" && line.f === "work.settle") {
      const story = found.get(assignmentOf({ ...line.a, op: line.a.of ?? 0 }))
      if (story === undefined || story.release !== undefined) continue
      story.release = { t: line.t, end: undefined }
      story.result = line.a.result
      settlements.set(line.op, story.release)
    } else if (line.k === "ok" || line.k === "fail" || line.k === "info") {
      const wish = settlements.get(line.op)
      if (wish !== undefined) wish.end = { t: line.t, k: line.k }
    }
  }
  const takings = takingsOf(lines)
  const [revokes, told] = [revokesOf(lines), toldReasons(lines)]
  for (const story of found.values()) {
    const { lostAt = NEVER, lostReason, breaks = [] } = workers.get(story.op) ?? {}
    if (lostAt < (story.lostAt ?? NEVER)) Object.assign(story, { lostAt, lostReason })
    // Who works no more joins anew, which fences the worker of before, and at once where it has an id.
    story.breaks = [...breaksOf(story, breaks, takings), ...byItself(story), { at: lostAt, toldAt: 0 }]
  }
  return [...found.values()]

  function byItself(story: ItemStory): readonly Break[] {
    const { pool, item, granted, op } = story
    const concerning = revokes.filter((revoke) => concerns(revoke, { ...story, keys: [`work/${pool}`] }))
    return concerning.map((revoke) => breakBy(revoke, told, `${op} ${item} ${granted?.token}`))
  }
}

/** What an operator can take: each hold, and each item by its token or with its worker. */
export function revocable(stories: readonly HoldStory[], items: readonly ItemStory[]): readonly Revocable[] {
  const workers = new Map(stories.map((story) => [story.op, story]))
  const ofItems = items.map((item) => ({ ...item, keys: [`work/${item.pool}`], above: workers.get(item.op) }))
  return [...stories, ...ofItems]
}

function newStory(line: Extract<Line, { k: "hold" }>, worker: HoldStory): ItemStory {
  const { t, item = "", token, rev = 0, attempt = 0, checkpoint, key } = line
  const pool = key.slice(key.indexOf("/") + 1)
  return {
    ...worker,
    ...{ pool, item, attempt, checkpoint, keys: [`item/${pool}/${item}`] },
    ...{ queuedAt: undefined, granted: { t, token: Number(token), rev }, untils: [], breaks: [] },
    ...{ end: { t, k: "ok", e: undefined, granted: true } as const, release: undefined, transfer: undefined },
    ...{ lostAt: undefined, lostReason: undefined, result: undefined },
  }
}

/** What takes items away whoever has them. */
interface Takings {
  readonly removes: readonly InvokeLine[]
  readonly configures: readonly InvokeLine[]
}

function takingsOf(lines: readonly Line[]): Takings {
  const vain = new Set<number>()
  for (const line of lines) {
    if (line.k === "fail" || (line.k === "ok" && line.r?.removed === false)) vain.add(line.op)
  }
  const done = lines.filter((line): line is InvokeLine => line.k === "inv" && !vain.has(line.op))
  return {
    removes: done.filter(({ f }) => f === "work.remove"),
    configures: done.filter(({ f }) => f === "work.configure"),
  }
}

/**
 * From when on it may be over. A revoke of its worker is force, and others may have it while it believes; however else
 * an item is taken from it, nobody has it before it has heard or cannot believe any more.
 */
function breaksOf(
  { pool, item, granted, a: { ttlMs = TTL_MS } }: ItemStory,
  ofWorker: HoldStory["breaks"],
  { removes, configures }: Takings,
): HoldStory["breaks"] {
  const ofPool = configures.filter(({ key }) => key === `work/${pool}`)
  const taken = removes.filter(({ key, a }) => key === `work/${pool}` && a.item === item)
  const cut = ofPool.filter(({ a }) => a.partitions !== undefined && Number(item) >= a.partitions)
  const handoffMs = Math.min(...ofPool.map(({ a }) => a.handoffTimeoutMs ?? HANDOFF_MS), HANDOFF_MS)
  const askedBack = (granted?.t ?? 0) + Math.max(handoffMs, ttlMs) * 990
  return [
    ...ofWorker,
    ...[...taken, ...cut].map(({ t }) => ({ at: t, toldAt: 0 })),
    // Counted by the cluster, whose clock goes faster by 1 % at most, and long enough for who hears of nothing.
    { at: askedBack, toldAt: 0 },
  ]
}
