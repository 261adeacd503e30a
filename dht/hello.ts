import { createHmac, timingSafeEqual } from "node:crypto"
import { isNodeId } from "@conclave/base"

const PROOF_BYTES = 32
/** A numeric host and a port: what they say is judged where it is used. */
const ADDR_CHARS_MAX = 64

/** Who one is, as one says it oneself. */
export interface Introduction {
  readonly id: string
  readonly addr: string
}

export interface HelloOptions {
  readonly isInitiator: boolean
  /** Of this session alone: a proof for it proves nothing in another, and nobody can stand in between. */
  readonly session: Uint8Array
  /** Derived from the join secrets; any of them that both have is good enough. */
  readonly secrets: readonly Uint8Array[]
  readonly self: Introduction
}

export type HelloStep =
  | { readonly kind: "go on"; readonly say: Uint8Array }
  | { readonly kind: "met"; readonly other: Introduction; readonly say: Uint8Array | undefined }
  | { readonly kind: "stranger" }

/**
 * How two agents make sure of each other before they say who they are. A node of the table sees the topic, and can
 * announce itself there: knowing it admits nobody.
 *
 *   initiator → a proof for each secret it has
 *   acceptor  → a proof for the one that it has, too, and who it is
 *   initiator → who it is
 */
export class Hello {
  readonly #options: HelloOptions
  #isProven = false

  constructor(options: HelloOptions) {
    this.#options = options
  }

  /** What is said without being asked. */
  first(): Uint8Array | undefined {
    const { isInitiator, secrets } = this.#options
    return isInitiator ? Buffer.concat(secrets.map((secret) => this.#proof("initiator", secret))) : undefined
  }

  /** Takes what the other end has said next. */
  take(said: Uint8Array): HelloStep {
    if (this.#isProven) return met(said, undefined)
    const { isInitiator, secrets } = this.#options
    const shown = isInitiator ? said.subarray(0, PROOF_BYTES) : said
    const known = secrets.find((secret) => isAmong(shown, this.#proof(isInitiator ? "acceptor" : "initiator", secret)))
    if (known === undefined) return { kind: "stranger" }
    if (isInitiator) return met(said.subarray(PROOF_BYTES), this.#introduction())
    this.#isProven = true
    return { kind: "go on", say: Buffer.concat([this.#proof("acceptor", known), this.#introduction()]) }
  }

  #introduction(): Uint8Array {
    const { id, addr } = this.#options.self
    return Buffer.from(JSON.stringify({ id, addr }))
  }

  #proof(side: "initiator" | "acceptor", secret: Uint8Array): Uint8Array {
    return createHmac("sha256", secret).update(side).update(this.#options.session).digest()
  }
}

function isAmong(shown: Uint8Array, proof: Uint8Array): boolean {
  for (let at = 0; at + PROOF_BYTES <= shown.length; at += PROOF_BYTES) {
    if (timingSafeEqual(shown.subarray(at, at + PROOF_BYTES), proof)) return true
  }
  return false
}

function met(said: Uint8Array, say: Uint8Array | undefined): HelloStep {
  const other = introductionOf(said)
  return other === undefined ? { kind: "stranger" } : { kind: "met", other, say }
}

function introductionOf(said: Uint8Array): Introduction | undefined {
  try {
    const { id, addr } = JSON.parse(Buffer.from(said).toString()) as Readonly<Record<string, unknown>>
    if (typeof id !== "string" || !isNodeId(id)) return undefined
    return typeof addr === "string" && addr.length <= ADDR_CHARS_MAX ? { id, addr } : undefined
  } catch {
    return undefined
  }
}
