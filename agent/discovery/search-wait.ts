import { jittered } from "../streams/jitter.ts"

const ALONE_MIN_MS = 1000
const ALONE_MAX_MS = 60_000
/** With company it is only about another half of the fleet that might exist. */
const ACCOMPANIED_MIN_MS = 10_000
const ACCOMPANIED_MAX_MS = 600_000

/** How long to wait before searching for the `turn`-th time since this member came to be alone, or not to be. */
export function searchWaitMs(turn: number, isAlone: boolean, who: string): number {
  const [min, max] = isAlone ? [ALONE_MIN_MS, ALONE_MAX_MS] : [ACCOMPANIED_MIN_MS, ACCOMPANIED_MAX_MS]
  return jittered(Math.min(max, min * 2 ** turn), who, turn)
}
