import { boundedAttempts } from "./attempts.ts"
import { openings } from "./barriers.ts"
import { believing } from "./believing.ts"
import { linearizableEntries } from "./entry-histories.ts"
import { fencing } from "./fences.ts"
import { linearizableNames } from "./histories.ts"
import { storiesOf } from "./holds-of.ts"
import { idleItems } from "./idle-items.ts"
import { linearizableItems } from "./item-histories.ts"
import { itemStoriesOf, revocable } from "./item-stories.ts"
import type { Finding, Line } from "./lines.ts"
import { givenUp, sessionsLive } from "./promises.ts"
import { promptness } from "./promptness.ts"
import { queueing } from "./queueing.ts"
import { revokedOnly } from "./revokes.ts"
import { growingTokens, guardedWork } from "./tokens.ts"
import { tooHeavy } from "./too-heavy.ts"
import { witnessed } from "./witness.ts"

/**
 * Everything that a history shows to be wrong, the earliest first. From `calmFromUs` on nothing but what is done to
 * applications disturbs anybody.
 */
export function judge(lines: readonly Line[], calmFromUs: number = Number.POSITIVE_INFINITY): readonly Finding[] {
  const stories = storiesOf(lines)
  const items = itemStoriesOf(lines, stories)
  const found = [
    ...believing([...stories, ...items]),
    ...growingTokens([...stories, ...items], lines),
    ...guardedWork([...stories, ...items], lines),
    ...queueing(stories),
    ...givenUp(stories, lines),
    ...sessionsLive(lines),
    ...fencing(stories, lines, calmFromUs),
    ...openings(lines, calmFromUs),
    ...revokedOnly(revocable(stories, items), lines),
    ...linearizableNames(stories, lines),
    ...linearizableEntries(lines),
    ...linearizableItems(items, lines),
    ...boundedAttempts(items, lines),
    ...promptness(stories, lines, calmFromUs),
    ...tooHeavy(stories, lines, calmFromUs),
    ...idleItems(lines, calmFromUs),
    ...witnessed(lines, calmFromUs),
  ]
  return found.sort((a, b) => a.t - b.t)
}
