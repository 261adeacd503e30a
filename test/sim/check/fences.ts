import type { HoldStory } from "./holds-of.ts"
import type { Finding, Line } from "./lines.ts"
import { pausesOf } from "./pauses.ts"
import type { Break } from "./revokes.ts"

const NEVER = Number.POSITIVE_INFINITY
/** A commit, with what it takes to be told of it. */
const COMMIT_US = 1_000_000

/** Who may have joined under the id of each after it: from that moment on the other is in its place. */
export function fencesOf(stories: readonly HoldStory[]): (story: HoldStory) => readonly Break[] {
  const byId = idsOf(stories)
  return (story) =>
    newerThan(story, byId).map(({ invokedAt }) => ({ at: Math.max(invokedAt, story.invokedAt), toldAt: NEVER }))
}

/**
 * The newest join of an id wins (contract §3.3): nobody else ends a member or a worker so, and where nothing else is
 * wrong it hears of that within a commit.
 */
export function fencing(stories: readonly HoldStory[], lines: readonly Line[], fromUs: number): readonly Finding[] {
  const byId = idsOf(stories)
  const paused = pausesOf(lines)
  return stories.flatMap((story) => {
    const { lostAt = NEVER, lostReason, killedAt = NEVER, granted, p, life } = story
    const newer = newerThan(story, byId)
    if (lostReason === "fenced" && !newer.some(({ invokedAt }) => invokedAt <= lostAt)) {
      return [
        { rule: "only-a-newer-join-fences", t: lostAt, message: `${p} as ${story.a.id}, which nobody else joined` },
      ]
    }
    const heardBy = COMMIT_US + Math.min(...newer.map((each) => heldFrom(each, fromUs)))
    if (granted === undefined || paused.has(life) || Math.min(lostAt, killedAt) <= heardBy) return []
    const message = `${p} as ${story.a.id} (token ${granted.token}) still believes, and has heard of nobody else`
    return heardBy === NEVER ? [] : [{ rule: "who-is-fenced-hears-of-it", t: heardBy, message }]
  })
}

/** When everything was calm, and the newer one had it. */
function heldFrom({ granted, invokedAt }: HoldStory, fromUs: number): number {
  return granted === undefined || invokedAt < fromUs ? NEVER : granted.t
}

function idsOf(stories: readonly HoldStory[]): ReadonlyMap<string, readonly HoldStory[]> {
  const found = new Map<string, HoldStory[]>()
  for (const story of stories) {
    if (story.a.id === undefined) continue
    const key = keyOf(story)
    found.set(key, [...(found.get(key) ?? []), story])
  }
  return found
}

/**
 * Of the same id, and perhaps later. One that was fenced in its turn before it heard of its grant fails, and has joined
 * all the same.
 */
function newerThan(story: HoldStory, byId: ReadonlyMap<string, readonly HoldStory[]>): readonly HoldStory[] {
  const token = story.granted?.token ?? 0
  return (byId.get(keyOf(story)) ?? []).filter((each) => {
    const hasJoined = each.end?.k !== "fail" || each.end.e === "GRANT_LOST"
    return each !== story && hasJoined && (each.granted?.token ?? NEVER) > token
  })
}

function keyOf({ keys, a }: HoldStory): string {
  return `${keys[0]} ${a.id}`
}
