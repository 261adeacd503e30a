import type { Ack } from "../load/orders.ts"

/** The longest time from `fromNs` on in which no write was acknowledged, of any writer, in ms; null = none ever was. */
export function longestPauseMs(acks: readonly Ack[], fromNs: bigint): number | null {
  const done = acks.map(({ doneNs }) => BigInt(doneNs)).filter((ns) => ns >= fromNs)
  if (done.length === 0) return null
  done.sort((a, b) => (a < b ? -1 : 1))
  let longest = 0n
  let before = fromNs
  for (const ns of done) {
    if (ns - before > longest) longest = ns - before
    before = ns
  }
  return Number(longest) / 1e6
}
