import { fencesOf } from "./fences.ts"
import type { Input, Line } from "./lines.ts"
import { type Break, breakBy, concerns, revokesOf, toldReasons } from "./revokes.ts"
import { inForce, settingsOf } from "./settings.ts"

/** All that a history says of one hold of one client. */
export interface HoldStory {
  readonly op: number
  readonly p: string
  readonly life: string
  readonly agent: string
  /** `kind/name` of each name. */
  readonly keys: readonly string[]
  readonly a: Input
  readonly invokedAt: number
  queuedAt: number | undefined
  granted: { readonly t: number; readonly token: number; readonly rev: number } | undefined
  /** How the acquire ended. */
  end:
    | {
        readonly t: number
        readonly k: "ok" | "fail" | "info"
        readonly e: string | undefined
        readonly granted: boolean
      }
    | undefined
  /** When it was told otherwise, up to when it believed. */
  readonly untils: { readonly t: number; readonly until: number }[]
  lostAt: number | undefined
  lostReason: string | undefined
  killedAt: number | undefined
  /** Each revoke that was about it, and whoever joined under its id. */
  breaks: readonly Break[]
  /** Of a permit: the most that there may have been to take from until it was granted. */
  limit: number | undefined
  release: Wish | undefined
  /** The one of several that moved it, or may have. */
  transfer: Wish | undefined
}

export interface Wish {
  readonly t: number
  end: { readonly t: number; readonly k: "ok" | "fail" | "info" } | undefined
}

export function storiesOf(lines: readonly Line[]): readonly HoldStory[] {
  const stories = new Map<number, HoldStory>()
  const about = new Map<number, Wish>()
  const transfers = new Map<HoldStory, Wish[]>()
  for (const line of lines) {
    if (line.k === "inv") {
      if (line.f === "acquire") stories.set(line.op, newStory(line))
      const story = line.a.of === undefined ? undefined : stories.get(line.a.of)
      if (story === undefined || (line.f !== "release" && line.f !== "hold.transfer")) continue
      const wish: Wish = { t: line.t, end: undefined }
      if (line.f === "release") story.release = wish
      else transfers.set(story, [...(transfers.get(story) ?? []), wish])
      about.set(line.op, wish)
    } else if (line.k === "hold") {
      const story = line.item === undefined ? stories.get(line.op) : undefined
      if (story === undefined) continue
      if (line.type === "queued") story.queuedAt ??= line.t
      else if (line.type === "granted") {
        story.granted ??= { t: line.t, token: Number(line.token), rev: line.rev ?? 0 }
      } else if (line.type === "until") story.untils.push({ t: line.t, until: line.until ?? 0 })
      else if (line.type === "lost") {
        story.lostAt ??= line.t
        story.lostReason ??= line.reason
      }
    } else if (line.k === "ok" || line.k === "fail" || line.k === "info") {
      const story = stories.get(line.op)
      const end = { t: line.t, k: line.k, e: line.e, granted: line.r?.granted === true }
      if (story !== undefined) story.end ??= end
      const wish = about.get(line.op)
      if (wish !== undefined) wish.end = end
    } else if (line.k === "fault" && line.f === "kill-client" && line.phase === "start") {
      const procs = (line.spec["procs"] ?? []) as readonly string[]
      for (const story of stories.values()) if (procs.includes(story.life)) story.killedAt ??= line.t
    }
  }
  for (const [story, wishes] of transfers) story.transfer = effective(wishes)
  const all = [...stories.values()]
  breakAll(all, lines)
  limitAll(all, lines)
  return all
}

function breakAll(stories: readonly HoldStory[], lines: readonly Line[]): void {
  const [revokes, told, fences] = [revokesOf(lines), toldReasons(lines), fencesOf(stories)]
  for (const story of stories) {
    const concerning = revokes.filter((revoke) => concerns(revoke, story))
    story.breaks = [...concerning.map((revoke) => breakBy(revoke, told, String(story.op))), ...fences(story)]
  }
}

/** What it was asked for with was the limit then; others may have changed it since. */
function limitAll(stories: readonly HoldStory[], lines: readonly Line[]): void {
  const resizes = settingsOf(lines, { f: "semaphore.resize", of: ({ limit }) => limit })
  for (const story of stories) {
    const { a, keys, granted, invokedAt: from } = story
    if (a.limit === undefined) continue
    const ofName = resizes.filter(({ key, end }) => keys.includes(key) && end >= from)
    story.limit = Math.max(a.limit, ...inForce(ofName, { from, to: granted?.t ?? NEVER, initial: a.limit }))
  }
}

/** A refused one has moved nothing, also after one that was done; of those without an answer the first one may have. */
function effective(wishes: readonly Wish[]): Wish | undefined {
  return wishes.find(({ end }) => end?.k === "ok") ?? wishes.find(({ end }) => end?.k !== "fail") ?? wishes.at(-1)
}

const NEVER = Number.POSITIVE_INFINITY

function newStory(line: Extract<Line, { k: "inv" }>): HoldStory {
  const kind = line.key.slice(0, line.key.indexOf("/"))
  const names = line.a.names ?? [line.key.slice(kind.length + 1)]
  return {
    ...{ op: line.op, p: line.p, life: line.p.slice(0, line.p.lastIndexOf(".")), agent: line.n, a: line.a },
    ...{ keys: [...new Set(names)].map((name) => `${kind}/${name}`), invokedAt: line.t, untils: [] },
    ...{ queuedAt: undefined, granted: undefined, end: undefined, lostAt: undefined, lostReason: undefined },
    ...{ killedAt: undefined, breaks: [], release: undefined, transfer: undefined, limit: line.a.limit },
  }
}

/** Any number of those that are shared may hold a name at a time: readers of a lock, members of a group, workers. */
export function isShared({ a, keys }: HoldStory): boolean {
  return a.mode === "shared" || /^(group|work)\//.test(keys[0] ?? "")
}

/** What a permit takes of what there is. */
export interface Share {
  readonly weight: number
  readonly limit: number
}

export function shareOf({ a, limit }: HoldStory): Share | undefined {
  return limit === undefined ? undefined : { weight: a.weight ?? 1, limit }
}

/** A stretch of time in which a client believes that it holds. */
export interface Belief {
  readonly story: HoldStory
  readonly token: number
  readonly from: number
  readonly to: number
}

/**
 * From when on somebody else may have it while its client believes: a revoke is force, and may break a grant before its
 * holder has heard of it. Who has heard in time knows by when to be done.
 */
export function brokenAt({ breaks }: HoldStory): number {
  return Math.min(...breaks.map(({ at, toldAt }) => (toldAt > at ? at : NEVER)))
}

/**
 * When a client believed, and had to be right: from its grant on up to what it was promised last, unless it was told of
 * the loss, gave the hold back or died before. One that believes anew after its promise has run out has several.
 */
export function beliefsOf(story: HoldStory): readonly Belief[] {
  const { granted, untils, lostAt, killedAt } = story
  if (granted === undefined) return []
  const over = Math.min(lostAt ?? NEVER, killedAt ?? NEVER, brokenAt(story))
  const told = untils.length === 0 ? [{ t: granted.t, until: NEVER }] : untils
  return told.flatMap(({ t, until }, index) => {
    const from = index === 0 ? granted.t : t
    const to = Math.min(told[index + 1]?.t ?? NEVER, until, over)
    return to > from ? [{ story, token: granted.token, from, to }] : []
  })
}
