import type { PastGrant } from "./types.ts"

/** What a record of one takes beside its words. */
const FRAME_BYTES = 40

/** About what past grants take in a snapshot: what is counted, so that it is quick to count. */
export function pastBytes(history: readonly PastGrant[]): number {
  let bytes = 0
  for (const { member, app, revoked } of history) {
    bytes += FRAME_BYTES + member.length + app.length
    if (revoked !== undefined) bytes += revoked.by.length + revoked.reason.length
  }
  return bytes
}
