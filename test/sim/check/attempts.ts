import type { ItemStory } from "./item-stories.ts"
import type { Finding, InvokeLine, Line } from "./lines.ts"

/** Of a pool that nobody has configured. */
const ATTEMPTS_MAX = 10

/** No task is tried more often than its pool ever said, and each failure counts: the next try has a higher number. */
export function boundedAttempts(items: readonly ItemStory[], lines: readonly Line[]): readonly Finding[] {
  const invoked = lines.filter((line): line is InvokeLine => line.k === "inv")
  const asked = invoked.filter(({ f }) => f.startsWith("work."))
  // A backup brings back what was done, and what it was at then.
  const restores = invoked.filter(({ f }) => f === "restore").map(({ t }) => t)
  const byItem = new Map<string, ItemStory[]>()
  for (const story of items) {
    const key = story.keys[0] as string
    if (!isTask(story)) continue
    byItem.set(key, [...(byItem.get(key) ?? []), story])
  }
  return [...byItem].flatMap(([key, stories]) => {
    const { pool, item } = stories[0] as ItemStory
    const ofPool = asked.filter((line) => line.key === `work/${pool}`)
    const said = ofPool.map(({ a }) => a.maxAttempts ?? 0).filter((count) => count > 0)
    const most = said.length === 0 ? ATTEMPTS_MAX : Math.max(...said)
    const begun = ofPool.filter(({ f, a }) => ANEW.has(f) && a.item === item).map(({ t }) => t)
    const anew = [...begun, ...restores]
    return [...tooMany(key, stories, most), ...uncounted(key, stories, anew)]
  })
}

/** With these an item begins again. */
const ANEW: ReadonlySet<string> = new Set(["work.put", "work.remove", "work.retry"])

function tooMany(key: string, stories: readonly ItemStory[], most: number): readonly Finding[] {
  return stories.flatMap(({ attempt, granted, p }) => {
    if (attempt >= 1 && attempt <= most) return []
    return [
      { rule: "attempts-are-bounded", t: granted?.t ?? 0, message: `${key}: ${p} tries for the ${attempt}th time` },
    ]
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
