import type { ItemStory } from "./item-stories.ts"
import type { Finding, InvokeLine, Line } from "./lines.ts"
import { inForce, type Setting, settingsOf } from "./settings.ts"

/** Of a pool that nobody has configured. */
const ATTEMPTS_MAX = 10

/** No task is tried more often than its pool ever said, and each failure counts: the next try has a higher number. */
export function boundedAttempts(items: readonly ItemStory[], lines: readonly Line[]): readonly Finding[] {
  const invoked = lines.filter((line): line is InvokeLine => line.k === "inv")
  const asked = invoked.filter(({ f }) => f.startsWith("work."))
  // A backup brings back what was done, and what it was at then.
  const restores = invoked.filter(({ f }) => f === "restore").map(({ t }) => t)
  const settings = settingsOf(lines, { f: "work.configure", of: ({ maxAttempts }) => maxAttempts })
  const byItem = new Map<string, ItemStory[]>()
  for (const story of items) {
    const key = story.keys[0] as string
    if (!isTask(story)) continue
    byItem.set(key, [...(byItem.get(key) ?? []), story])
  }
  return [...byItem].flatMap(([key, stories]) => {
    const { pool, item } = stories[0] as ItemStory
    const begun = asked.filter((line) => line.key === `work/${pool}` && ANEW.has(line.f) && line.a.item === item)
    const anew = [...begun.map(({ t }) => t), ...restores]
    const first = restores.length > 0 ? 0 : (begun[0]?.t ?? 0)
    const ofPool = settings.filter((each) => each.key === `work/${pool}`)
    return [...tooMany(key, stories, { first, settings: ofPool }), ...uncounted(key, stories, anew)]
  })
}

/** With these an item begins again. */
const ANEW: ReadonlySet<string> = new Set(["work.put", "work.remove", "work.retry"])

/** A try is counted when the one before it ends, by what holds then. */
function tooMany(
  key: string,
  stories: readonly ItemStory[],
  { first, settings }: { readonly first: number; readonly settings: readonly Setting[] },
): readonly Finding[] {
  return stories.flatMap(({ attempt, granted, p }) => {
    const t = granted?.t ?? 0
    const most = Math.max(...inForce(settings, { from: first, to: t, initial: ATTEMPTS_MAX }))
    if (attempt >= 1 && attempt <= most) return []
    return [{ rule: "attempts-are-bounded", t, message: `${key}: ${p} tries for the ${attempt}th time of ${most}` }]
  })
}

function uncounted(key: string, stories: readonly ItemStory[], anew: readonly number[]): readonly Finding[] {
  const ordered = [...stories].sort((a, b) => (a.granted?.token ?? 0) - (b.granted?.token ?? 0))
  return ordered.slice(1).flatMap((story, index) => {
    const before = ordered[index] as ItemStory
    const [from, to] = [before.granted?.t ?? 0, story.granted?.t ?? 0]
    // It may have been put before, and the put have come to the log only then.
    if (anew.some((t) => t <= to && t >= from - LATE_US)) return []
    const hasFailed = before.release?.end?.k === "ok" && before.result === "failed"
    if (story.attempt > before.attempt || (!hasFailed && story.attempt === before.attempt)) return []
    const message = `${key}: try ${story.attempt} follows on ${before.attempt}${hasFailed ? ", which failed" : ""}`
    return [{ rule: "attempts-are-counted", t: to, message }]
  })
}

const LATE_US = 15_000_000

function isTask({ item }: ItemStory): boolean {
  return !/^\d+$/.test(item)
}
