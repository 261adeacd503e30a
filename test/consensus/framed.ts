import { hashBytes } from "@conclave/base"
import protobuf from "protobufjs/minimal.js"

/** A right frame around any body. */
export function framedFor(cluster: string, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(7 + cluster.length + body.length)
  bytes.set([0x52, 1, 0, 0, 0, 0, cluster.length])
  bytes.set(new TextEncoder().encode(cluster), 7)
  bytes.set(body, 7 + cluster.length)
  new DataView(bytes.buffer).setUint32(2, hashBytes(bytes.subarray(6)))
  return bytes
}

/** An append with an entry of a kind that a later program knows. */
export function laterEntry(cluster: string, from: string, to: string): Uint8Array {
  const body = new protobuf.Writer()
  body.uint32(10).string(from).uint32(18).string(to)
  body.uint32(130).fork().uint32(122).fork().uint32(24).uint32(5).ldelim().ldelim()
  return framedFor(cluster, body.finish())
}
