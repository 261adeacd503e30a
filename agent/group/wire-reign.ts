import { isReplicaId, type ReplicaId, type Term } from "@conclave/consensus"
import protobuf from "protobufjs/minimal.js"
import { calls } from "#wire/calls"
import { readCall } from "../streams/call-reader.ts"
import type { Reign } from "./reign.ts"

export function encodeReign({ term, leader, voters, learners, isJoint }: Reign): Uint8Array {
  const fields = { term, leader: leader ?? "", voters: [...voters], learners: [...learners], isJoint }
  return calls.Reign.encode(fields, new protobuf.Writer()).finish()
}

/** undefined for what no replica says. Total, whatever the bytes. */
export function decodeReign(bytes: Uint8Array): Reign | undefined {
  return readCall(bytes, calls.Reign, ({ term, leader, voters, learners, isJoint }) => {
    if (term == null) return undefined
    return {
      term: term as Term,
      leader: leader ? replica(leader) : undefined,
      voters: (voters ?? []).map(replica),
      learners: (learners ?? []).map(replica),
      isJoint: isJoint ?? false,
    }
  })
}

/** Throws for what is none, as the readers of protobuf do. */
function replica(id: string): ReplicaId {
  if (!isReplicaId(id)) throw new RangeError("a replica has an id")
  return id
}
