import type { NodeId } from "@conclave/base"
import { decodePacket, encodePacket, isSealed } from "@conclave/swim/wire"
import type { SealMode } from "../seal-mode.ts"
import type { Seal, SealProblem } from "./seal/seal.ts"
import { SEALED_HEADER_BYTES, SEALED_TAG_BYTES } from "./seal/sealed-frame.ts"
import { wireCodec } from "./swim-codec.ts"
import type { SwimCodec, Unreadable } from "./swim-driver.ts"

/**
 * The wire format with sealed datagrams; `mode` is asked anew for each, since it may change under a running agent.
 * `onUnsealed` hears who was taken in the clear.
 */
export function sealedCodec(
  cluster: string,
  seal: Seal,
  mode: () => SealMode,
  onUnsealed: (from: NodeId) => void = () => {},
): SwimCodec {
  const plain = wireCodec(cluster)
  return {
    ...plain,
    stood: (lostMs) => seal.stood(lostMs),
    encodeMessage: (message) => {
      if (mode() === "accept") return plain.encodeMessage(message)
      const packet = encodePacket(message, SEALED_HEADER_BYTES, SEALED_TAG_BYTES)
      seal.seal(packet)
      return packet
    },
    decodeMessage: (bytes) => {
      if (!isSealed(bytes) && mode() !== "require") {
        const message = plain.decodeMessage(bytes)
        if (message.kind !== "unreadable") onUnsealed(message.from)
        return message
      }
      const opened = seal.open(bytes)
      if (!opened.ok) return unreadable(opened.problem)
      return decodePacket(opened.body, opened.from) ?? unreadable("malformed")
    },
  }
}

function unreadable(problem: SealProblem): Unreadable {
  return { kind: "unreadable", problem }
}
