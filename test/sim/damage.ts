import type { Random } from "@conclave/base"

/** A copy with what broken hardware does to a datagram: some bits flipped, or the end cut off. */
export function damage(bytes: Uint8Array, random: Random): Uint8Array {
  if (bytes.length === 0) return bytes
  if (random.chance(1, 4)) return bytes.slice(0, random.below(bytes.length))
  const copy = bytes.slice()
  const flips = 1 + random.below(8)
  for (let flip = 0; flip < flips; flip++) {
    const at = random.below(copy.length)
    copy[at] = (copy[at] as number) ^ (1 << random.below(8))
  }
  return copy
}
