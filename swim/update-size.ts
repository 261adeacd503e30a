import type { Update } from "./types.ts"

/** An upper bound of the encoded size of an update within a packet, in bytes. */
export function updateBytesMax(update: Update): number {
  switch (update.kind) {
    case "alive":
      return update.record.bytes.length + 6
    case "opaque":
      return update.bytes.length + 12
    case "suspect":
      return 40 + 32 * update.accusers.length
    case "dead":
    case "left":
      return 52 + 32 * update.accusers.length
  }
}
