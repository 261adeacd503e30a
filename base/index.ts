export { AssertionError, assert, unreachable } from "./assert.ts"
export { Deadlines } from "./deadlines.ts"
export { FrameOutbox, type FrameOutboxOptions, FrameReader, frame, frames } from "./frame.ts"
export { hashBytes, hashNumber, hashText } from "./hash.ts"
export {
  type Addr,
  addr,
  type Brand,
  base32,
  GENERATION_MAX,
  type Generation,
  generation,
  INCARNATION_MAX,
  type Incarnation,
  incarnation,
  isNodeId,
  type Millis,
  millis,
  type NodeId,
  nodeId,
  nodeIdBytes,
} from "./ids.ts"
export { Random } from "./random.ts"
