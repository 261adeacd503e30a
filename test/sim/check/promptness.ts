import { type HoldStory, isShared } from "./holds-of.ts"
import type { Finding, Line } from "./lines.ts"

/** A commit, with what it takes to be told of it. */
const COMMIT_US = 1_000_000
/** Clocks may differ by so much, which every deadline allows for. */
const DRIFT = 0.02
/** What agents add to the promises that they gave. */
const SLACK_US = 200_000
const TTL_MS_MAX = 10_000
const NEVER = Number.POSITIVE_INFINITY

/**
 * Where nothing else is wrong, the next in the queue has it as soon as contract §3.7 says: after a release or the
 * proven end of a process within one commit, else when the last promise has run out, and the lock delay on top.
 */
export function promptness(stories: readonly HoldStory[], lines: readonly Line[], fromUs: number): readonly Finding[] {
  const proven = new Set(procsOf(lines, "kill-client", (spec) => spec["provable"] === true))
  const paused = new Set(procsOf(lines, "pause", () => true))
  const byKey = new Map<string, HoldStory[]>()
  for (const story of stories) {
    for (const key of story.keys) byKey.set(key, [...(byKey.get(key) ?? []), story])
  }
  return stories.flatMap((story) => {
    const { granted, invokedAt, p, life } = story
    // A process that stands still is told when it goes on.
    if (granted === undefined || invokedAt < fromUs || paused.has(life)) return []
    const before = story.keys.flatMap((key) => byKey.get(key) ?? []).filter((each) => each !== story)
    const readyAt = Math.max(invokedAt, ...before.map((each) => clearedAt(each, { ...story, granted }, proven)))
    if (granted.t <= readyAt + COMMIT_US) return []
    const message = `${p} (token ${granted.token}) has it ${(granted.t - readyAt) / 1000} ms after nothing stood in its way`
    return [{ rule: "the-next-does-not-wait", t: granted.t, message }]
  })
}

type Granted = HoldStory & { readonly granted: NonNullable<HoldStory["granted"]> }

/**
 * From when on another one did not stand in the way of a grant: as a holder, or as one of whom nobody heard whether it
 * was.
 */
function clearedAt(each: HoldStory, story: Granted, proven: ReadonlySet<string>): number {
  const { granted, end } = each
  if (granted !== undefined && granted.token > story.granted.token) return 0
  const waited = stoodBefore(each, story) ? (granted?.t ?? (end?.k === "info" ? 0 : (end?.t ?? NEVER))) : 0
  if (isShared(each) && isShared(story)) return Math.max(waited, quietBy(each, proven))
  if (granted === undefined && (each.invokedAt >= story.granted.t || end?.k === "fail")) return waited
  return Math.max(waited, overBy(each, proven))
}

/**
 * One that asked earlier: for several names, and it holds up the queue of each while it waits for the others, readers
 * behind a reader, too; or to write, and it holds up the readers behind it while others read. Whatever becomes of it.
 */
function stoodBefore(each: HoldStory, { queuedAt, granted }: Granted): boolean {
  return (each.keys.length > 1 || !isShared(each)) && each.invokedAt < (queuedAt ?? granted.t)
}

/** A lock delay keeps everybody away, behind a reader that was lost against its will other readers, too. */
function quietBy(story: HoldStory, proven: ReadonlySet<string>): number {
  const { a, granted, lostAt, lostReason, killedAt } = story
  const isLost = lostAt === undefined ? killedAt !== undefined : lostReason !== "released"
  return granted !== undefined && isLost && (a.lockDelayMs ?? 0) > 0 ? overBy(story, proven) : 0
}

/** When it must have been over at the latest. */
function overBy(story: HoldStory, proven: ReadonlySet<string>): number {
  const { life, a, untils, release, transfer, killedAt, lostAt, lostReason, end, granted } = story
  // What was lost before it died was lost against its will: the delay goes on.
  const isLostAlive = lostAt !== undefined && lostReason !== "released" && lostAt < (killedAt ?? NEVER)
  if (killedAt !== undefined && proven.has(life) && !isLostAlive) return killedAt
  if (granted === undefined && end?.k === "ok") return end.t
  const ttlUs = (a.ttlMs ?? TTL_MS_MAX) * 1000
  const slackUs = SLACK_US + ttlUs * DRIFT + (a.lockDelayMs ?? 0) * 1000
  // Nobody knows whether it was given back: then it goes with its session.
  if (release !== undefined) return (release.end?.t ?? NEVER) + (release.end?.k === "info" ? ttlUs + slackUs : 0)
  // Nothing is proven: the session has one time to live more.
  if (killedAt !== undefined) return killedAt + ttlUs + slackUs
  if (granted === undefined) return end === undefined ? NEVER : end.t + ttlUs + slackUs
  const handedAt = transfer?.end?.k === "ok" ? transfer.end.t : 0
  return Math.max(handedAt, lostAt ?? 0, ...untils.map(({ until }) => until)) + slackUs
}

function procsOf(
  lines: readonly Line[],
  fault: string,
  isMeant: (spec: Readonly<Record<string, unknown>>) => boolean,
): readonly string[] {
  return lines.flatMap((line) => {
    if (line.k !== "fault" || line.f !== fault || line.phase !== "start" || !isMeant(line.spec)) return []
    return (line.spec["procs"] ?? []) as readonly string[]
  })
}
