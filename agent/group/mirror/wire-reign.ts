import { nodeId } from "@conclave/base"
import { isReplicaId, type ReplicaId, type Term } from "@conclave/consensus"
import protobuf from "protobufjs/minimal.js"
import { calls } from "#wire/calls"
import { readCall } from "../../streams/call-reader.ts"
import type { ToldReign } from "./reign.ts"

export function encodeReign({ term, leader, voters, learners, isJoint, removed }: ToldReign): Uint8Array {
  const who = { leader: leader ?? "", voters: [...voters], learners: [...learners], removed: [...removed] }
  const fields = { term, isJoint, ...who }
  return calls.Reign.encode(fields, new protobuf.Writer()).finish()
}

/** undefined for what no replica says. Total, whatever the bytes. */
export function decodeReign(bytes: Uint8Array): ToldReign | undefined {
  return readCall(bytes, calls.Reign, ({ term, leader, voters, learners, isJoint, removed }) => {
    if (term == null) return undefined
    return {
      term: term as Term,
      leader: leader ? replica(leader) : undefined,
      voters: (voters ?? []).map(replica),
      learners: (learners ?? []).map(replica),
      isJoint: isJoint ?? false,
      removed: (removed ?? []).map((id) => nodeId(id)),
    }
  })
}

/** Throws for what is none, as the readers of protobuf do. */
function replica(id: string): ReplicaId {
  if (!isReplicaId(id)) throw new RangeError("a replica has an id")
  return id
}
