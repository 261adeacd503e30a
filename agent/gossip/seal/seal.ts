import { assert, hashText, type NodeId, nodeIdBytes } from "@conclave/base"
import { beginFrame, type DecodeProblem, frameProblem, isSealed } from "@conclave/swim/wire"
import type { Cipher, Ciphers } from "../../ports.ts"
import type { Secret } from "../../secret.ts"
import { BootAge, type SealClock } from "./boot-age.ts"
import { SealKey } from "./seal-key.ts"
import {
  BOOT_BYTES,
  counterOf,
  SEALED_HEADER_BYTES,
  SEALED_TAG_BYTES,
  type SealedFrom,
  writeFrom,
} from "./sealed-frame.ts"

/**
 * Why a datagram is not taken:
 * - `unsealed`: with no key at all; `sealed`: with one that this agent lacks;
 * - `forged`: without the key that it names, or changed on its way;
 * - `replayed`: it was here before, or comes later than 1,023 others.
 */
export type SealProblem = DecodeProblem | "unsealed" | "forged" | "replayed"

export type Opened =
  | { readonly ok: true; readonly from: NodeId; readonly body: Uint8Array }
  | { readonly ok: false; readonly problem: SealProblem }

/** Keys in use at once: the one that seals, one to come, one to go, and one in reserve. */
export const SEAL_KEYS_MAX = 4
const COUNTER_MAX = 2 ** 48 - 1

/** Seals what this process sends and opens what others have sealed. Opening is total: no bytes make it throw. */
export class Seal {
  readonly #ciphers: Ciphers
  readonly #cluster: string
  readonly #label: number
  readonly #age: BootAge
  #from: SealedFrom
  #keys: readonly SealKey[] = []
  #sealing: { readonly key: SealKey; readonly cipher: Cipher } | undefined
  /** Never begins anew, whatever the key: one more reason for no nonce to come twice. */
  #counter = 0

  /** `secrets` has at least one: the first seals, all of them open. */
  constructor(options: {
    readonly ciphers: Ciphers
    readonly cluster: string
    readonly self: NodeId
    readonly clock: SealClock
    readonly secrets: readonly Secret[]
  }) {
    const { ciphers, cluster, self, clock, secrets } = options
    this.#ciphers = ciphers
    this.#cluster = cluster
    this.#label = hashText(cluster)
    this.#age = new BootAge(clock)
    this.#from = { sender: nodeIdBytes(self), boot: ciphers.random(BOOT_BYTES) }
    this.setKeys(secrets)
  }

  /** From now on these; a key that stays keeps what it knows of senders, so that no change lets a replay in. */
  setKeys(secrets: readonly Secret[]): void {
    assert(secrets.length >= 1 && secrets.length <= SEAL_KEYS_MAX, "a ring has one to four keys")
    const before = this.#keys
    const keys = secrets.map((secret) => {
      const key = new SealKey(secret, this.#cluster, this.#ciphers)
      return before.find(({ fingerprint }) => fingerprint === key.fingerprint) ?? key
    })
    const [first] = keys
    this.#keys = keys
    if (first !== undefined && first !== this.#sealing?.key) {
      this.#sealing = { key: first, cipher: first.cipherOf(this.#from) }
    }
  }

  /** This process did nothing for so long: maybe it is a copy of the one that stood still. */
  stood(lostMs: number): void {
    this.#age.stood(lostMs)
  }

  /** In place: a packet with the room of `SEALED_HEADER_BYTES` before its body and of `SEALED_TAG_BYTES` behind it. */
  seal(packet: Uint8Array): void {
    if (this.#age.isOver()) this.#beginBoot()
    assert(this.#sealing !== undefined && this.#counter < COUNTER_MAX, "there is a key, and a nonce for it")
    const { key, cipher } = this.#sealing
    this.#counter++
    beginFrame(packet, key.id, this.#label)
    writeFrom(packet, this.#from, this.#counter)
    key.sign(packet)
    cipher.seal(packet, SEALED_HEADER_BYTES, this.#counter)
  }

  #beginBoot(): void {
    this.#age.drawn()
    this.#from = { ...this.#from, boot: this.#ciphers.random(BOOT_BYTES) }
    const key = this.#sealing?.key
    if (key !== undefined) this.#sealing = { key, cipher: key.cipherOf(this.#from) }
  }

  /** The cheap checks first: length, magic, label, key, the header's check, the counter; then the cipher. */
  open(packet: Uint8Array): Opened {
    const problem = frameProblem(packet, this.#label, isSealed(packet) ? SEALED_HEADER_BYTES + SEALED_TAG_BYTES : 0)
    if (problem !== undefined) return { ok: false, problem }
    if (!isSealed(packet)) return { ok: false, problem: "unsealed" }
    let isKnown = false
    for (const key of this.#keys) {
      if (key.id !== packet[1]) continue
      isKnown = true
      if (key.hasSigned(packet)) return openWith(key, packet)
    }
    return { ok: false, problem: isKnown ? "forged" : "sealed" }
  }
}

function openWith(key: SealKey, packet: Uint8Array): Opened {
  const { sender, cipher, window } = key.bootOf(packet)
  const counter = counterOf(packet)
  if (!window.isFresh(counter)) return { ok: false, problem: "replayed" }
  const body = cipher.open(packet, SEALED_HEADER_BYTES, counter)
  if (body === undefined) return { ok: false, problem: "forged" }
  window.mark(counter)
  return { ok: true, from: sender, body }
}
