import { createHash, randomBytes } from "node:crypto"
import { base32 } from "@conclave/base"
import type { Secrets } from "../ports.ts"

const ID_BYTES = 16
const SECRET_BYTES = 32

/** Ids and secrets of sessions, from the operating system's entropy. */
export function openSecrets(): Secrets {
  return {
    session: () => ({ id: base32(randomBytes(ID_BYTES)), secret: base32(randomBytes(SECRET_BYTES)) }),
    hash: (secret) => createHash("sha256").update(secret).digest(),
  }
}
