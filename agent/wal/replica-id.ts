import { base32, isNodeId, type NodeId } from "@conclave/base"
import { isReplicaId, type ReplicaId } from "@conclave/consensus"

/**
 * A replica's id is that of its host and a number of its own, `HOST.NUMBER`. The host's is the hash of its key, so
 * whoever reads the id in a log, a snapshot or a message knows which key may speak for the replica, and needs to
 * believe nobody for that. Gossip tells numbers alone: of no other replica than its own a host can say anything.
 */
const BETWEEN = "."
const ID_WORDS = 4

/** 128 bits of the system's entropy, in the shape of a member's id. */
export function mintId(seed: () => number): string {
  const bytes = new Uint8Array(4 * ID_WORDS)
  const view = new DataView(bytes.buffer)
  for (let word = 0; word < ID_WORDS; word++) view.setUint32(4 * word, seed())
  return base32(bytes)
}

/** The replica of `host` with this number; throws for what is none. */
export function replicaOf(host: NodeId, number: string): ReplicaId {
  const id = `${host}${BETWEEN}${number}`
  if (!isReplicaId(id)) throw new RangeError(`${JSON.stringify(number)} numbers no replica`)
  return id
}

/** The host whose replica it is; undefined for an id that names none. */
export function hostOf(replica: string): NodeId | undefined {
  const at = replica.indexOf(BETWEEN)
  const host = replica.slice(0, Math.max(0, at))
  return isNodeId(host) ? host : undefined
}
