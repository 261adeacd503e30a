import type { Grant } from "../load/orders.ts"

/** How many grants each session of one program had. */
export function countBySession(grants: readonly Grant[]): number[] {
  const counts = new Map<number, number>()
  for (const { session } of grants) counts.set(session, (counts.get(session) ?? 0) + 1)
  return [...counts.values()]
}

/**
 * How many grants of one lock were there before one with a smaller token: two holders at a time. Anything but 0 is no
 * lock, and no speed makes up for it.
 */
export function outOfOrder(grants: readonly Grant[]): number {
  const sorted = grants
    .map(({ token, atNs }) => ({ token: BigInt(token), atNs: BigInt(atNs) }))
    .sort((a, b) => (a.token < b.token ? -1 : 1))
  return sorted.filter(({ atNs }, index) => atNs < (sorted[index - 1]?.atNs ?? 0n)).length
}
