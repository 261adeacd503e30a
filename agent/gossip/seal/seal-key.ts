import { base32, type NodeId } from "@conclave/base"
import type { Cipher, Ciphers } from "../../ports.ts"
import type { Secret } from "../../secret.ts"
import { Recent } from "./recent.ts"
import { ReplayWindow } from "./replay-window.ts"
import { BOOT_BYTES, CHECK_AT, checkOf, SENDER_AT, type SealedFrom, saltOf, writeCheck } from "./sealed-frame.ts"
import { type SipKey, sipHash, sipKey } from "./sip-hash.ts"

/** Boots of senders whose keys are at hand, each of 3 KB: to derive one again costs no more than two datagrams do. */
const BOOTS_AT_HAND_MAX = 2048
/**
 * Boots of which is known how far they were heard, each of a tenth of a KB. Each member has one an hour: a large fleet
 * comes to all of them in a day, a small one in years.
 */
const BOOTS_HEARD_MAX = 32_768
const SUBKEY_BYTES = 32
const CHECK_KEY_BYTES = 16
const FINGERPRINT_BYTES = 8
const ID_BYTES = 16
const NO_SALT = new Uint8Array(0)

/** What this host knows of one boot of one sender. */
export interface Boot {
  readonly sender: NodeId
  readonly cipher: Cipher
  readonly window: ReplayWindow
}

/**
 * One key of the cluster, with all that is derived from it. The label takes part in that, so that a datagram of another
 * cluster with the same key does not open.
 */
export class SealKey {
  readonly fingerprint: string
  /** Tells a receiver which keys to try: 1 to 255. */
  readonly id: number
  readonly #secret: Secret
  readonly #ciphers: Ciphers
  readonly #info: string
  readonly #check: SipKey
  readonly #boots: Recent<string, Boot> = new Recent(BOOTS_AT_HAND_MAX, (salt, boot) => this.#putAside(salt, boot))
  /** The highest counter of each boot that is not at hand: what was recorded of it is still refused. */
  readonly #heard: Recent<string, number> = new Recent(BOOTS_HEARD_MAX)

  constructor(secret: Secret, cluster: string, ciphers: Ciphers) {
    this.#secret = secret
    this.#ciphers = ciphers
    this.#info = `conclave gossip 1 ${cluster}`
    this.#check = sipKey(ciphers.derive(secret, NO_SALT, `conclave check 1 ${cluster}`, CHECK_KEY_BYTES))
    this.fingerprint = fingerprintOf(secret, ciphers)
    this.id = 1 + (Number.parseInt(this.fingerprint.slice(0, 2), 16) % 255)
  }

  /** What seals the datagrams of this boot, which has them to itself. */
  cipherOf({ sender, boot }: SealedFrom): Cipher {
    const salt = new Uint8Array(ID_BYTES + BOOT_BYTES)
    salt.set(sender)
    salt.set(boot, ID_BYTES)
    return this.#cipher(salt)
  }

  sign(packet: Uint8Array): void {
    writeCheck(packet, sipHash(this.#check, packet, CHECK_AT))
  }

  /** Whether whoever made this header has the key. */
  hasSigned(packet: Uint8Array): boolean {
    return checkOf(packet) === sipHash(this.#check, packet, CHECK_AT)
  }

  /** Whose datagram this is; only where the key has signed it, since another key is derived for a boot that is new. */
  bootOf(packet: Uint8Array): Boot {
    const salt = saltOf(packet)
    const key = String.fromCharCode(...salt)
    const known = this.#boots.get(key)
    if (known !== undefined) return known
    const sender = base32(packet.subarray(SENDER_AT, SENDER_AT + ID_BYTES)) as NodeId
    const boot: Boot = { sender, cipher: this.#cipher(salt), window: new ReplayWindow(this.#heard.get(key)) }
    this.#boots.set(key, boot)
    return boot
  }

  /** A boot that only headers speak of, which anybody may have recorded, takes the place of no other. */
  #putAside(salt: string, { window }: Boot): void {
    if (window.top > 0) this.#heard.set(salt, window.top)
  }

  #cipher(salt: Uint8Array): Cipher {
    return this.#ciphers.cipher(this.#ciphers.derive(this.#secret, salt, this.#info, SUBKEY_BYTES))
  }
}

/** Tells keys apart for people, and tells nothing else of them: 16 hexadecimal digits. */
export function fingerprintOf(secret: Secret, ciphers: Pick<Ciphers, "derive">): string {
  const print = ciphers.derive(secret, NO_SALT, "conclave fingerprint 1", FINGERPRINT_BYTES)
  return Array.from(print, (byte) => byte.toString(16).padStart(2, "0")).join("")
}
