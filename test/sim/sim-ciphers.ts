import { assert, hashBytes, hashNumber, hashText } from "@conclave/base"
import type { Cipher, Ciphers } from "conclave/ports"
import type { Secret } from "conclave/secret"

const TAG_BYTES = 16

/**
 * The ciphers of a simulated fleet. They keep no secret and cost little, but what was changed, or sealed with another
 * key, does not open; and they see all that is sealed anywhere, so that a nonce which comes twice is found.
 */
export class SimCiphers implements Ciphers {
  readonly #lastNonce: Map<number, number> = new Map()
  #drawn = 0

  /** Drawn from no dice: what else a seed does shall not depend on it. */
  random(length: number): Uint8Array {
    return spread(++this.#drawn, length)
  }

  derive(secret: Secret, salt: Uint8Array, info: string, length: number): Uint8Array {
    return spread(hashBytes(secret.reveal(), hashBytes(salt, hashText(info))), length)
  }

  cipher(key: Uint8Array): Cipher {
    const seed = hashBytes(key)
    return {
      seal: (packet, bodyAt, nonce) => {
        assert(nonce > (this.#lastNonce.get(seed) ?? 0), "a nonce is used once with a key, and they grow")
        this.#lastNonce.set(seed, nonce)
        const tagAt = packet.length - TAG_BYTES
        hide(packet.subarray(bodyAt, tagAt), hashNumber(nonce, seed))
        packet.set(tagOf(packet.subarray(0, tagAt), nonce, seed), tagAt)
      },
      open: (packet, bodyAt, nonce) => {
        const tagAt = packet.length - TAG_BYTES
        const tag = tagOf(packet.subarray(0, tagAt), nonce, seed)
        if (tag.some((byte, index) => packet[tagAt + index] !== byte)) return undefined
        const body = packet.slice(bodyAt, tagAt)
        hide(body, hashNumber(nonce, seed))
        return body
      },
    }
  }
}

function tagOf(bytes: Uint8Array, nonce: number, seed: number): Uint8Array {
  return spread(hashBytes(bytes, hashNumber(nonce, seed)), TAG_BYTES)
}

/** In place; the second time it shows what the first has hidden. */
function hide(bytes: Uint8Array, mask: number): void {
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = (bytes[index] as number) ^ (mask >>> ((index & 3) * 8))
  }
}

/** So many bytes that depend on all bits of a number. */
function spread(value: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  for (let index = 0; index < length; index++) bytes[index] = hashNumber(value, index >>> 2) >>> ((index & 3) * 8)
  return bytes
}
