import { createHmac, hkdfSync, scrypt, timingSafeEqual } from "node:crypto"
import { type NodeId, nodeIdBytes } from "@conclave/base"
import { Secret } from "../../secret.ts"

export const JOIN_PROOF_BYTES = 32
/** RFC 8018 §4.1: whoever stands where an agent was hears one proof, and may try words at leisure. */
const STRETCHING = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }
const KEY_BYTES = 32
const FINGERPRINT_BYTES = 8

/** What one TLS session is, and nobody else's: a proof for it proves nothing in another. */
export interface ProvenSession {
  /** Of the keys of this session alone (RFC 8446 §7.5). It does not cover the dialler's key: hence the ids. */
  readonly exported: Uint8Array
  readonly dialler: NodeId
  readonly acceptor: NodeId
}

export type ProofSide = "dialler" | "acceptor"

/** The join secrets of a cluster, as far as they are used on streams: each end shows that it has one. */
export class JoinProof {
  readonly #keys: readonly Secret[]

  private constructor(keys: readonly Secret[]) {
    this.#keys = keys
  }

  /** Of `secrets` the first is the one that this agent shows; the others are good enough when others show them. */
  static async of(secrets: readonly Secret[], cluster: string): Promise<JoinProof> {
    const keys: Secret[] = []
    for (const secret of secrets) keys.push(await stretched(secret, cluster))
    return new JoinProof(keys)
  }

  /** Of each secret, the one that this agent shows first; of the stretched one, so that it helps nobody to guess. */
  get fingerprints(): readonly string[] {
    return this.#keys.map((key) => {
      const print = createHmac("sha256", key.reveal()).update("fingerprint").digest()
      return print.toString("hex", 0, FINGERPRINT_BYTES)
    })
  }

  /** Default: with the secret that this agent shows. */
  show(session: ProvenSession, side: ProofSide, secret: Secret | undefined = this.#keys[0]): Uint8Array {
    if (secret === undefined) throw new RangeError("no such join secret")
    const { exported, dialler, acceptor } = session
    return createHmac("sha256", secret.reveal())
      .update(side)
      .update(exported)
      .update(nodeIdBytes(dialler))
      .update(nodeIdBytes(acceptor))
      .digest()
  }

  /** What follows from each of them for another use, and tells nothing of it (RFC 5869). */
  derive(use: string): readonly Uint8Array[] {
    return this.#keys.map((secret) => new Uint8Array(hkdfSync("sha256", secret.reveal(), "", use, KEY_BYTES)))
  }

  /** The secret that was shown; undefined: none of these. */
  find(proof: Uint8Array, session: ProvenSession, side: ProofSide): Secret | undefined {
    if (proof.length !== JOIN_PROOF_BYTES) return undefined
    return this.#keys.find((key) => timingSafeEqual(proof, this.show(session, side, key)))
  }

  /** One of these is this one. */
  has(secret: Secret): boolean {
    return this.#keys.some((key) => timingSafeEqual(key.reveal(), secret.reveal()))
  }
}

function stretched(secret: Secret, cluster: string): Promise<Secret> {
  return new Promise((resolve, reject) => {
    scrypt(secret.reveal(), `conclave join 1 ${cluster}`, KEY_BYTES, STRETCHING, (error, key) => {
      if (error === null) resolve(new Secret(key))
      else reject(error)
    })
  })
}
