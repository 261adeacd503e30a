import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  type DecipherGCM,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from "node:crypto"
import type { Cipher, Ciphers } from "../ports.ts"

const ALGORITHM = "aes-256-gcm"
const TAG_BYTES = 16
const NONCE_BYTES = 12
/** A counter of 48 bits stands at the end of a nonce that is 0 before it. */
const COUNTER_AT = 6
const OPTIONS = { authTagLength: TAG_BYTES }

export function openCiphers(): Ciphers {
  return {
    derive: (secret, salt, info, length) => new Uint8Array(hkdfSync("sha256", secret.reveal(), salt, info, length)),
    cipher: (key) => new Gcm(createSecretKey(key)),
    random: (length) => randomBytes(length),
  }
}

/** One buffer for all, since no call goes on after its end: there is a cipher for each boot of each member. */
const NONCE = Buffer.alloc(NONCE_BYTES)

class Gcm implements Cipher {
  readonly #key: KeyObject

  constructor(key: KeyObject) {
    this.#key = key
  }

  seal(packet: Uint8Array, bodyAt: number, counter: number): void {
    const cipher = createCipheriv(ALGORITHM, this.#key, nonceOf(counter), OPTIONS)
    const tagAt = packet.length - TAG_BYTES
    cipher.setAAD(packet.subarray(0, bodyAt))
    packet.set(cipher.update(packet.subarray(bodyAt, tagAt)), bodyAt)
    cipher.final()
    packet.set(cipher.getAuthTag(), tagAt)
  }

  open(packet: Uint8Array, bodyAt: number, counter: number): Uint8Array | undefined {
    const decipher = createDecipheriv(ALGORITHM, this.#key, nonceOf(counter), OPTIONS)
    const tagAt = packet.length - TAG_BYTES
    decipher.setAuthTag(packet.subarray(tagAt))
    decipher.setAAD(packet.subarray(0, bodyAt))
    const body = decipher.update(packet.subarray(bodyAt, tagAt))
    return isAuthentic(decipher) ? body : undefined
  }
}

function nonceOf(counter: number): Uint8Array {
  NONCE.writeUIntBE(counter, COUNTER_AT, NONCE_BYTES - COUNTER_AT)
  return NONCE
}

/** What was decrypted counts only after this. Nobody reads where it failed, which costs a quarter of it. */
function isAuthentic(decipher: DecipherGCM): boolean {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  try {
    decipher.final()
    return true
  } catch {
    return false
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}
