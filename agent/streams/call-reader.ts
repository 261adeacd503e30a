import { ExactReader } from "@conclave/consensus/exact-reader"

/** Items of any list: the renewals of one batch have as many at most. */
const ITEMS_MAX = 20_000
/** Tag bytes of the repeated fields in `calls.proto`: number × 8 + 2, from 13 to 15. */
const FIRST_LIST_TAG = 106
const LAST_LIST_TAG = 122

/**
 * Reads what another agent has written: keeps nothing that the schema does not know, and counts items before they are
 * made.
 */
export class CallReader extends ExactReader {
  #left = ITEMS_MAX

  constructor(bytes: Uint8Array) {
    super(bytes)
    this.discardUnknown = true
  }

  override tag(): number {
    const tag = super.tag()
    if (tag >= FIRST_LIST_TAG && tag <= LAST_LIST_TAG && --this.#left < 0) throw new RangeError("too many items")
    return tag
  }
}

/** What `read` makes of a body; undefined for what is none. Total: never throws, whatever the bytes. */
export function readCall<Wire, Value>(
  bytes: Uint8Array,
  schema: { decode(reader: CallReader): Wire },
  read: (wire: Wire) => Value | undefined,
): Value | undefined {
  try {
    return read(schema.decode(new CallReader(bytes)))
  } catch {
    return undefined
  }
}
