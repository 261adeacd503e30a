import { type HoldStory, isShared, type Share, shareOf } from "./holds-of.ts"
import type { Finding, Line } from "./lines.ts"
import { pausesOf, provenDeadOf } from "./pauses.ts"
import { inForce, type Setting, settingsOf } from "./settings.ts"

/** A commit, with what it takes to be told of it. */
const COMMIT_US = 1_000_000
/** Clocks may differ by so much, which every deadline allows for. */
const DRIFT = 0.02
/** What agents add to the promises that they gave. */
const SLACK_US = 200_000
const TTL_MS_MAX = 15_000
const NEVER = Number.POSITIVE_INFINITY

/**
 * Where nothing else is wrong, the next in the queue has it as soon as contract §3.7 says: after a release or the
 * proven end of a process within one commit, else when the last promise has run out, and the lock delay on top.
 */
export function promptness(stories: readonly HoldStory[], lines: readonly Line[], fromUs: number): readonly Finding[] {
  const known = { proven: provenDeadOf(lines), fromUs }
  const paused = pausesOf(lines)
  const resizes = settingsOf(lines, { f: "semaphore.resize", of: ({ limit }) => limit })
  const byKey = new Map<string, HoldStory[]>()
  for (const story of stories) {
    for (const key of story.keys) byKey.set(key, [...(byKey.get(key) ?? []), story])
  }
  return stories.flatMap((story) => {
    const { granted, invokedAt, p, life } = story
    // A process that stands still is told when it goes on.
    if (granted === undefined || invokedAt < fromUs || paused.has(life)) return []
    const before = story.keys.flatMap((key) => byKey.get(key) ?? []).filter((each) => each !== story)
    const share = shareOf(story)
    const own = { ...story, granted }
    const readyAt =
      share === undefined
        ? Math.max(invokedAt, ...before.map((each) => clearedAt(each, own, known)))
        : fitsAt(own, { share, before, resizes: resizes.filter(({ key }) => story.keys.includes(key)), known })
    if (granted.t <= readyAt + COMMIT_US) return []
    const message = `${p} (token ${granted.token}) has it ${(granted.t - readyAt) / 1000} ms after nothing stood in its way`
    return [{ rule: "the-next-does-not-wait", t: granted.t, message }]
  })
}

/** From when on a permit fitted beside all that there were, whatever the limit may have been then. */
function fitsAt(
  story: Granted,
  {
    share: { weight },
    before,
    resizes,
    known,
  }: {
    readonly share: Share
    readonly before: readonly HoldStory[]
    readonly resizes: readonly Setting[]
    readonly known: Known
  },
): number {
  const { invokedAt, granted, a } = story
  // First come, first served: who stood before it had it before, or may stand there still.
  const inTurn = Math.max(
    invokedAt,
    ...before.map((each) => waitedFor(each, story)),
    ...before.map((each) => (each.granted === undefined ? heldUntil(each, story, known) : 0)),
  )
  const others = before.map((each) => ({ weight: each.a.weight ?? 1, over: heldUntil(each, story, known) }))
  const since = resizes.filter(({ end }) => end >= invokedAt)
  const moments = [inTurn, ...others.map(({ over }) => over), ...since.map(({ end }) => end)]
  const fitting = moments.filter((t) => {
    if (t < inTurn || t > granted.t) return false
    const limit = Math.min(...inForce(since, { from: t, to: granted.t, initial: a.limit ?? 0 }))
    return others.reduce((sum, each) => sum + (each.over > t ? each.weight : 0), weight) <= limit
  })
  return fitting.length === 0 ? NEVER : Math.min(...fitting)
}

interface Known {
  readonly proven: ReadonlySet<string>
  /** From when on nothing was wrong any more. */
  readonly fromUs: number
}

type Granted = HoldStory & { readonly granted: NonNullable<HoldStory["granted"]> }

/**
 * From when on another one did not stand in the way of a grant: as a holder, or as one of whom nobody heard whether it
 * was.
 */
function clearedAt(each: HoldStory, story: Granted, known: Known): number {
  const waited = waitedFor(each, story)
  if (!isShared(each) || !isShared(story)) return Math.max(waited, heldUntil(each, story, known))
  return isLater(each, story) ? 0 : Math.max(waited, quietBy(each, known))
}

function isLater({ granted }: HoldStory, story: Granted): boolean {
  return granted !== undefined && granted.token > story.granted.token
}

/** Until when it stood in the queue before the other; 0 = it did not. */
function waitedFor(each: HoldStory, story: Granted): number {
  const { granted, end } = each
  if (isLater(each, story) || !stoodBefore(each, story)) return 0
  return granted?.t ?? (end?.k === "info" ? 0 : (end?.t ?? NEVER))
}

function heldUntil(each: HoldStory, story: Granted, known: Known): number {
  const { granted, end, invokedAt } = each
  if (isLater(each, story)) return 0
  if (granted === undefined && (invokedAt >= story.granted.t || end?.k === "fail")) return 0
  return overBy(each, known)
}

/**
 * One that asked earlier: for several names, and it holds up the queue of each while it waits for the others, readers
 * behind a reader, too; or to write, and it holds up the readers behind it while others read. Whatever becomes of it.
 */
function stoodBefore(each: HoldStory, { queuedAt, granted }: Granted): boolean {
  return (each.keys.length > 1 || !isShared(each)) && each.invokedAt < (queuedAt ?? granted.t)
}

/** A lock delay keeps everybody away, behind a reader that was lost against its will other readers, too. */
function quietBy(story: HoldStory, known: Known): number {
  const { a, granted, lostAt, lostReason, killedAt } = story
  const isLost = lostAt === undefined ? killedAt !== undefined : lostReason !== "released"
  return granted !== undefined && isLost && (a.lockDelayMs ?? 0) > 0 ? overBy(story, known) : 0
}

/** When it must have been over at the latest. */
function overBy(story: HoldStory, { proven, fromUs }: Known): number {
  const { life, a, untils, release, transfer, killedAt, lostAt, lostReason, end, granted } = story
  // What was lost before it died was lost against its will: the delay goes on.
  const isLostAlive = lostAt !== undefined && lostReason !== "released" && lostAt < (killedAt ?? NEVER)
  if (killedAt !== undefined && proven.has(life) && !isLostAlive) return killedAt
  if (granted === undefined && end?.k === "ok") return end.t
  const ttlUs = (a.ttlMs ?? TTL_MS_MAX) * 1000
  const slackUs = SLACK_US + ttlUs * DRIFT + (a.lockDelayMs ?? 0) * 1000
  // Without a quorum the time of the cluster stands still.
  const expiredBy = (sinceUs: number): number => Math.max(sinceUs, fromUs) + ttlUs + slackUs
  // Nobody knows whether it was given back: then it goes with its session.
  if (release !== undefined) return release.end?.k === "info" ? expiredBy(release.end.t) : (release.end?.t ?? NEVER)
  // Nothing is proven: the session has one time to live more.
  if (killedAt !== undefined) return expiredBy(killedAt)
  if (granted === undefined) return end === undefined ? NEVER : expiredBy(end.t)
  // By its own clock, and the cluster's goes on with all that was left.
  if (lostAt !== undefined && lostReason === "expired") return expiredBy(lostAt)
  const handedAt = transfer?.end?.k === "ok" ? transfer.end.t : 0
  // Who hears late that it has it may have believed long enough by then; the cluster counts from the grant.
  const longestUs = lostReason === "max-hold" ? (a.maxHoldMs ?? 0) * (1 + DRIFT) * 1000 : 0
  return Math.max(handedAt, granted.t + longestUs, lostAt ?? 0, ...untils.map(({ until }) => until)) + slackUs
}
