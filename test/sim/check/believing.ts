import { type Belief, beliefsOf, type HoldStory, isShared, type Share, shareOf } from "./holds-of.ts"
import type { Finding } from "./lines.ts"

/**
 * At no true instant do two clients believe that they hold what only one of them can (research primitives §6.6 (a)), or
 * several permits of a semaphore that weigh more than there is.
 */
export function believing(stories: readonly HoldStory[]): readonly Finding[] {
  const byKey = new Map<string, Belief[]>()
  for (const story of stories) {
    const beliefs = beliefsOf(story)
    for (const key of story.keys) byKey.set(key, [...(byKey.get(key) ?? []), ...beliefs])
  }
  return [...byKey].flatMap(([key, beliefs]) => overlaps(key, beliefs))
}

function overlaps(key: string, beliefs: readonly Belief[]): readonly Finding[] {
  const found: Finding[] = []
  let open: Belief[] = []
  for (const belief of [...beliefs].sort((a, b) => a.from - b.from)) {
    open = open.filter(({ to }) => to > belief.from)
    const share = shareOf(belief.story)
    if (share !== undefined) {
      found.push(...tooMuch(key, belief, share, open))
      open.push(belief)
      continue
    }
    const other = open.find(({ story }) => story !== belief.story && !(isShared(story) && isShared(belief.story)))
    if (other !== undefined) {
      const message = `${said(belief)} while ${said(other)} believes until ${other.to}`
      found.push({ rule: "one-holder-believes", t: belief.from, message: `${key}: ${message}` })
    }
    open.push(belief)
  }
  return found
}

/** What they weigh together fitted when the newest of them was granted. */
function tooMuch(key: string, belief: Belief, { weight }: Share, others: readonly Belief[]): readonly Finding[] {
  const held = others.filter(({ story }) => story !== belief.story)
  const newest = held.reduce((best, each) => (each.token > best.token ? each : best), belief)
  const limit = shareOf(newest.story)?.limit ?? 0
  const sum = held.reduce((all, { story }) => all + (shareOf(story)?.weight ?? 0), weight)
  if (sum <= limit) return []
  const message = `${key}: ${said(belief)}, and with ${held.length} others ${sum} of ${limit}`
  return [{ rule: "permits-fit", t: belief.from, message }]
}

function said({ story, token, from }: Belief): string {
  return `${story.p} holds by token ${token} since ${from}`
}
