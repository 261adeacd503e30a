import { assert, hashBytes } from "@conclave/base"
import { type ClusterId, ID_CHARACTERS_MAX, isClusterId, type ReplicaId } from "./ids.ts"
import type { Message } from "./types.ts"
import type { RecordProblem } from "./wire-log.ts"
import { parseMessage, readMessage, writeMessage } from "./wire-message.ts"

/** A frame is at most this long: an append of `appendBytesMax`, or one entry that travels alone. */
export const FRAME_BYTES_MAX: number = 4 * 1024 * 1024

/**
 * A frame: 0 magic, 1 version, 2–5 check, 6 length of the cluster's id, then the id, then the body. The check is 32
 * bits over all that follows it: before links are sealed, TCP's own sum is all that keeps a flipped bit out of a log,
 * and the same entry would say different things on two replicas.
 */
const MAGIC = 0x52
const VERSION = 1
const CHECK_AT = 2
const CLUSTER_AT = 6

/**
 * Why bytes are no message for us:
 * - `truncated`, `oversize`: shorter than a frame, longer than we ever send;
 * - `foreign`: not our protocol; `version`: another version of it; `damaged`: changed on its way;
 * - `cluster`: of another cluster; `replica`: for another replica, perhaps one that had this address before;
 * - `entry-kind`: an entry that this program does not understand; `malformed`: not what may be said.
 */
export type FrameProblem =
  | "truncated"
  | "oversize"
  | "foreign"
  | "version"
  | "damaged"
  | "cluster"
  | "replica"
  | RecordProblem

export type DecodedMessage =
  | { readonly ok: true; readonly message: Message }
  /** `found`: the version, the cluster or the replica that was named instead of ours; else empty. */
  | { readonly ok: false; readonly problem: FrameProblem; readonly found: string }

/** One frame; the driver puts its length before it. */
export function encodeMessage(message: Message, cluster: ClusterId): Uint8Array {
  assert(isClusterId(cluster), "a cluster has an id")
  const writer = writeMessage(message)
  const bodyAt = CLUSTER_AT + 1 + cluster.length
  const bytes = new Uint8Array(bodyAt + writer.pos)
  assert(bytes.length <= FRAME_BYTES_MAX, "a frame fits its limit")
  bytes[0] = MAGIC
  bytes[1] = VERSION
  bytes[CLUSTER_AT] = cluster.length
  for (let at = 0; at < cluster.length; at++) bytes[CLUSTER_AT + 1 + at] = cluster.charCodeAt(at)
  writer.finishInto(bytes, bodyAt)
  new DataView(bytes.buffer).setUint32(CHECK_AT, hashBytes(bytes.subarray(CLUSTER_AT)))
  return bytes
}

/**
 * What a frame says to the replica `self`. Total: never throws, whatever the bytes. The result holds on to none of
 * them.
 */
export function decodeMessage(bytes: Uint8Array, cluster: ClusterId, self: ReplicaId): DecodedMessage {
  const problem = frameProblem(bytes)
  if (problem !== undefined) return refused(problem, problem === "version" ? String(bytes[1]) : "")
  const bodyAt = CLUSTER_AT + 1 + (bytes[CLUSTER_AT] as number)
  if (!isNamed(bytes, cluster)) {
    const named = String.fromCharCode(...bytes.subarray(CLUSTER_AT + 1, bodyAt))
    return !isClusterId(named) || bodyAt > bytes.length ? refused("malformed") : refused("cluster", named)
  }
  const message = readBody(bytes.subarray(bodyAt))
  if (typeof message === "string") return refused(message)
  return message.to === self ? { ok: true, message } : refused("replica", message.to)
}

/** The cluster's own id follows, whole: told without making a text of it, since nearly all frames are our own. */
function isNamed(bytes: Uint8Array, cluster: ClusterId): boolean {
  if (bytes[CLUSTER_AT] !== cluster.length) return false
  for (let at = 0; at < cluster.length; at++) {
    if (bytes[CLUSTER_AT + 1 + at] !== cluster.charCodeAt(at)) return false
  }
  return true
}

/** The cheap checks first. */
function frameProblem(bytes: Uint8Array): FrameProblem | undefined {
  if (bytes.length <= CLUSTER_AT) return "truncated"
  if (bytes.length > FRAME_BYTES_MAX) return "oversize"
  if (bytes[0] !== MAGIC) return "foreign"
  if (bytes[1] !== VERSION) return "version"
  const check = new DataView(bytes.buffer, bytes.byteOffset).getUint32(CHECK_AT)
  if (check !== hashBytes(bytes.subarray(CLUSTER_AT))) return "damaged"
  return (bytes[CLUSTER_AT] as number) > ID_CHARACTERS_MAX ? "malformed" : undefined
}

function readBody(bytes: Uint8Array): Message | RecordProblem {
  try {
    return readMessage(parseMessage(bytes))
  } catch {
    return "malformed"
  }
}

function refused(problem: FrameProblem, found = ""): DecodedMessage {
  return { ok: false, problem, found }
}

export {
  type Decoded,
  decodeEntry,
  decodeGroup,
  decodeHardState,
  decodeSnapshotMeta,
  encodeEntry,
  encodeGroup,
  encodeHardState,
  encodeSnapshotMeta,
  type RecordProblem,
} from "./wire-log.ts"
