import { createPublicKey, type KeyObject, sign, verify } from "node:crypto"
import { type NodeId, nodeIdBytes } from "@conclave/base"
import { type Identity, idOf } from "./identity.ts"
import type { ProvenSession } from "./join-proof.ts"

const KEY_BYTES = 32
/** The key, then a signature (RFC 8032 §5.1.6). */
export const KEY_PROOF_BYTES = KEY_BYTES + 64
/** What this key signs of certificates and for TLS begins in other ways. */
const LABEL = "conclave stream dialler"

/**
 * What a dialler shows of its key. TLS is not to ask it for a certificate: of a chain that comes along with one every
 * signature would be checked before anybody here is asked, and a stranger makes these as costly as it likes.
 */
export function showKey(
  { privateKey, publicKey }: Omit<Identity, "id" | "problem">,
  session: ProvenSession,
): Uint8Array {
  return Buffer.concat([publicKey, sign(null, signed(session), privateKey)])
}

/** Whose key that is; whether they have it, `isKeyShown` tells. */
export function claimedBy(shown: Uint8Array): NodeId {
  return idOf(shown.subarray(0, KEY_BYTES))
}

/** Costs a hundred times what a join proof costs, which is therefore looked at first. */
export function isKeyShown(shown: Uint8Array, session: ProvenSession): boolean {
  try {
    return verify(null, signed(session), keyOf(shown.subarray(0, KEY_BYTES)), shown.subarray(KEY_BYTES))
  } catch {
    return false
  }
}

function signed({ exported, dialler, acceptor }: ProvenSession): Uint8Array {
  return Buffer.concat([Buffer.from(LABEL), exported, nodeIdBytes(dialler), nodeIdBytes(acceptor)])
}

function keyOf(bytes: Uint8Array): KeyObject {
  const x = Buffer.from(bytes).toString("base64url")
  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" })
}
