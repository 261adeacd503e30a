import { hashBytes } from "@conclave/base"
import type { MemberRecord } from "./types.ts"

/** What an owner says of itself before it is encoded. */
export type RecordFields = Omit<MemberRecord, "bytes" | "hash">

/** Encodes an own record. Only the owner does: everybody else keeps `bytes` as received. */
export function makeRecord(fields: RecordFields): MemberRecord {
  const bytes = new TextEncoderLike().encode(fields)
  return { ...fields, bytes, hash: hashBytes(bytes) }
}

/** Stands in until the wire format takes its place. */
class TextEncoderLike {
  encode(fields: RecordFields): Uint8Array {
    const text = JSON.stringify(fields)
    return Uint8Array.from(text, (char) => char.charCodeAt(0) & 255)
  }
}
