import { ExactReader } from "./exact-reader.ts"
import { GROUP_REPLICAS_MAX } from "./group.ts"

/** Entries of one append: what the smallest ones allow within `appendBytesMax`, and a bound for a forged count. */
export const WIRE_ENTRIES_MAX = 65_536
const REPLICAS_MAX = 4 * GROUP_REPLICAS_MAX
/** Tag bytes of the repeated fields in `raft.proto`: number × 8 + 2. */
const VOTERS_TAG = 90
const LEARNERS_NEXT_TAG = 114
const ENTRIES_TAG = 122

/**
 * Reads what another process has written: keeps nothing that the schema does not know, and counts the items of lists
 * before they are made.
 */
export class WireReader extends ExactReader {
  #entriesLeft = WIRE_ENTRIES_MAX
  #replicasLeft = REPLICAS_MAX

  constructor(bytes: Uint8Array) {
    super(bytes)
    this.discardUnknown = true
  }

  override tag(): number {
    const tag = super.tag()
    if (tag === ENTRIES_TAG) {
      if (--this.#entriesLeft < 0) throw new RangeError("an append has too many entries")
      this.#replicasLeft = REPLICAS_MAX
    } else if (tag >= VOTERS_TAG && tag <= LEARNERS_NEXT_TAG && --this.#replicasLeft < 0) {
      throw new RangeError("a group has too many replicas")
    }
    return tag
  }
}
