import { ExactReader } from "../exact-reader.ts"

/** Renewals of one command: one of each host of the largest fleet, and as much again. */
export const RENEWALS_MAX = 20_000
/** Names of one hold, and past grants of one name. */
const NAMES_MAX = 64
const HISTORY_MAX = 32
/** Tag bytes of the repeated fields in `machine.proto`: number × 8 + 2. */
const RENEWALS_TAG = 106
const NAMES_TAG = 114
const HISTORY_TAG = 122

/** The bytes say something that this program does not know. */
export class UnknownField extends Error {
  override name = "UnknownField"
}

/**
 * Reads the log and snapshots: counts the items of lists before they are made, and stops at a field that the schema
 * does not know: whoever skipped it would part from the replicas that know it.
 */
export class WireReader extends ExactReader {
  #renewalsLeft = RENEWALS_MAX
  #namesLeft = NAMES_MAX
  #historyLeft = HISTORY_MAX

  override tag(): number {
    const tag = super.tag()
    if (tag === RENEWALS_TAG && --this.#renewalsLeft < 0) throw new RangeError("too many renewals")
    if (tag === NAMES_TAG && --this.#namesLeft < 0) throw new RangeError("too many names")
    if (tag === HISTORY_TAG && --this.#historyLeft < 0) throw new RangeError("too many past grants")
    return tag
  }

  override skipType(): this {
    throw new UnknownField("a field is not known")
  }
}
