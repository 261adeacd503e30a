import type { HoldStory } from "./holds-of.ts"
import { brokenAt, isShared, shareOf } from "./holds-of.ts"
import { assignmentOf } from "./item-stories.ts"
import type { Finding, Line } from "./lines.ts"

/** Whoever asks after a token was seen gets a higher one, over all names; no two grants share one. */
export function growingTokens(stories: readonly HoldStory[], lines: readonly Line[]): readonly Finding[] {
  const found: Finding[] = []
  const owners = new Map<number, HoldStory>()
  const seen: { readonly t: number; readonly token: number }[] = []
  for (const story of stories) {
    const { granted } = story
    if (granted === undefined) continue
    const other = owners.get(granted.token)
    if (other !== undefined) {
      found.push({ rule: "tokens-are-used-once", t: granted.t, message: `${granted.token}: ${other.p} and ${story.p}` })
    }
    owners.set(granted.token, story)
    seen.push(granted)
  }
  for (const line of lines) {
    if (line.k !== "ok") continue
    for (const { token } of line.r?.holders ?? []) seen.push({ t: line.t, token: Number(token) })
  }
  return [...found, ...falling(stories, seen)]
}

function falling(
  stories: readonly HoldStory[],
  seen: readonly { readonly t: number; readonly token: number }[],
): readonly Finding[] {
  const found: Finding[] = []
  const known = [...seen].sort((a, b) => a.t - b.t)
  let at = 0
  let highest = 0
  for (const { invokedAt, granted, p } of [...stories].sort((a, b) => a.invokedAt - b.invokedAt)) {
    for (; (known[at]?.t ?? Number.POSITIVE_INFINITY) < invokedAt; at++)
      highest = Math.max(highest, known[at]?.token ?? 0)
    if (granted === undefined || granted.token > highest) continue
    found.push({ rule: "tokens-grow", t: granted.t, message: `${p} has ${granted.token}, ${highest} was seen before` })
  }
  return found
}

/** A resource that lets no lower token in than it has seen refuses nobody who looked at its clock (§6.6 (b)). */
export function guardedWork(stories: readonly HoldStory[], lines: readonly Line[]): readonly Finding[] {
  const byName = new Map(stories.map((story) => [nameOf(story), story]))
  const highest = new Map<string, number>()
  const found: Finding[] = []
  for (const line of lines) {
    const story = line.k === "act" ? byName.get(actorOf(line)) : undefined
    if (line.k !== "act" || story === undefined || line.t >= brokenAt(story)) continue
    // Those that work at the same time do it in any order.
    if (isShared(story) || shareOf(story) !== undefined) continue
    const token = Number(line.token)
    const most = highest.get(line.key) ?? 0
    if (token < most) {
      const message = `${line.key}: ${line.p} works under ${token} after somebody did under ${most}`
      found.push({ rule: "work-is-in-the-order-of-tokens", t: line.t, message })
    }
    highest.set(line.key, Math.max(most, token))
  }
  return found
}

function nameOf(story: HoldStory): string {
  const { op, granted } = story
  return "item" in story ? assignmentOf({ op, item: String(story.item), token: String(granted?.token) }) : String(op)
}

function actorOf(line: Extract<Line, { k: "act" }>): string {
  return line.item === undefined ? String(line.op) : assignmentOf(line)
}
