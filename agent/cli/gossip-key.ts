import { randomBytes } from "node:crypto"

const KEY_BYTES = 32

/** One line of a file that `gossipKeyFile` names. */
export function newGossipKey(): string {
  return randomBytes(KEY_BYTES).toString("base64")
}
