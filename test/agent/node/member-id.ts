import { type NodeId, nodeId } from "@conclave/base"

/** A member id that is as good as any other, one for each letter. */
export function memberId(letter: string): NodeId {
  return nodeId(`${letter.repeat(25)}a`)
}
