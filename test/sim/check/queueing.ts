import type { HoldStory } from "./holds-of.ts"
import type { Finding } from "./lines.ts"

/**
 * Who was seen to wait before another asked is granted before it, unless that one is preferred: of two that both got
 * it, the later has the higher token.
 */
export function queueing(stories: readonly HoldStory[]): readonly Finding[] {
  const byKey = new Map<string, HoldStory[]>()
  for (const story of stories) {
    if (story.granted === undefined) continue
    for (const key of story.keys) byKey.set(key, [...(byKey.get(key) ?? []), story])
  }
  return [...byKey].flatMap(([key, all]) => overtaken(key, all))
}

function overtaken(key: string, stories: readonly HoldStory[]): readonly Finding[] {
  const found: Finding[] = []
  const asked = [...stories].sort((a, b) => a.invokedAt - b.invokedAt)
  const stood = [...stories].sort((a, b) => stoodAt(a) - stoodAt(b))
  /** The highest token of those that stood there before, for each priority. */
  const highest = new Map<number, HoldStory>()
  let at = 0
  for (const story of asked) {
    for (let next = stood[at]; next !== undefined && stoodAt(next) < story.invokedAt; next = stood[++at]) {
      const best = highest.get(priorityOf(next))
      if (best === undefined || tokenOf(best) < tokenOf(next)) highest.set(priorityOf(next), next)
    }
    for (const [priority, earlier] of highest) {
      if (priority < priorityOf(story) || tokenOf(earlier) < tokenOf(story)) continue
      const message = `${key}: ${story.p} (token ${tokenOf(story)}) overtook ${earlier.p} (${tokenOf(earlier)})`
      found.push({ rule: "first-come-first-served", t: story.granted?.t ?? 0, message })
    }
  }
  return found
}

/** The first moment at which it was known to stand in the queue. */
function stoodAt({ queuedAt, granted }: HoldStory): number {
  return Math.min(queuedAt ?? Number.POSITIVE_INFINITY, granted?.t ?? Number.POSITIVE_INFINITY)
}

function priorityOf({ a }: HoldStory): number {
  return a.priority ?? 0
}

function tokenOf({ granted }: HoldStory): number {
  return granted?.token ?? 0
}
