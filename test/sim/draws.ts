import type { Random } from "@conclave/base"
import type { Targets } from "./plan.ts"

/** A value whose logarithm is uniform: small ones are as likely as large ones. */
export function scaled(random: Random, least: number, most: number): number {
  const doublings = Math.floor(Math.log2(most / least))
  const low = least * 2 ** random.below(doublings + 1)
  return Math.min(most, Math.round(low + random.fraction() * low))
}

/** So many different ones, sorted. */
export function chosen(random: Random, agents: number, count: number): Targets {
  const all = Array.from({ length: agents }, (_, index) => index)
  random.shuffle(all)
  return all.slice(0, count).sort((a, b) => a - b)
}
