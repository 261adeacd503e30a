import type { HoldStory } from "./holds-of.ts"
import type { Finding, Line } from "./lines.ts"
import { pausesOf } from "./pauses.ts"
import { settingsOf } from "./settings.ts"

/** A commit, with what it takes to be told of it. */
const COMMIT_US = 1_000_000

/** Who waits for more permits than there are from now on hears of that: it would wait for ever, and all behind it. */
export function tooHeavy(stories: readonly HoldStory[], lines: readonly Line[], fromUs: number): readonly Finding[] {
  const resizes = settingsOf(lines, { f: "semaphore.resize", of: ({ limit }) => limit })
  const paused = pausesOf(lines)
  return stories.flatMap(({ a, p, life, keys, queuedAt, granted, end, killedAt, lostAt }) => {
    if (queuedAt === undefined || queuedAt < fromUs || paused.has(life)) return []
    const shrunk = resizes.find(({ key, value, call }) => {
      return keys.includes(key) && value < (a.weight ?? 1) && call > queuedAt
    })
    const heardAt = Math.min(...[granted?.t, end?.t, killedAt, lostAt].map((t) => t ?? Number.POSITIVE_INFINITY))
    if (shrunk === undefined || heardAt <= shrunk.end + COMMIT_US) return []
    const message = `${keys[0]}: ${p} waits for ${a.weight} of ${shrunk.value}, and was not told`
    return [{ rule: "who-waits-for-too-much-hears-of-it", t: shrunk.end + COMMIT_US, message }]
  })
}
