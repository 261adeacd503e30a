import { hashText } from "@conclave/base"
import {
  decodeMessage,
  decodeReply,
  decodeRequest,
  encodeMessage,
  encodeReply,
  encodeRequest,
} from "@conclave/swim/wire"
import type { SwimCodec } from "./swim-driver.ts"

/** The wire format of the cluster of this name: datagrams of others are refused. */
export function wireCodec(cluster: string): SwimCodec {
  const label = hashText(cluster)
  return {
    encodeMessage: (message) => encodeMessage(message, label),
    decodeMessage: (bytes) => {
      const decoded = decodeMessage(bytes, label)
      return decoded.ok ? decoded.message : { kind: "unreadable", problem: decoded.problem }
    },
    encodeRequest,
    decodeRequest: (bytes) => {
      const decoded = decodeRequest(bytes)
      return decoded.ok ? decoded.request : undefined
    },
    encodeReply,
    decodeReply: (bytes) => {
      const decoded = decodeReply(bytes)
      return decoded.ok ? decoded.reply : undefined
    },
    stood: () => {},
  }
}
