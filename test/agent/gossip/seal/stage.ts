import type { NodeId } from "@conclave/base"
import type { SealClock } from "conclave/gossip/seal/boot-age"
import { type Opened, Seal } from "conclave/gossip/seal/seal"
import { SEALED_HEADER_BYTES, SEALED_TAG_BYTES } from "conclave/gossip/seal/sealed-frame"
import { openCiphers } from "conclave/node/ciphers"
import type { Ciphers } from "conclave/ports"
import { Secret } from "conclave/secret"
import { idOf } from "../../../swim/stage.ts"

/** Clocks on which no time goes by. */
export const STANDING: SealClock = { now: () => 0, wallMs: () => 0 }
export const CIPHERS: Ciphers = openCiphers()

/** The same key for the same number. */
export function secretOf(number: number): Secret {
  return new Secret(new Uint8Array(32).fill(number))
}

export function sealOf(
  member: number,
  more: {
    readonly cluster?: string
    readonly secrets?: readonly Secret[]
    readonly ciphers?: Ciphers
    readonly clock?: SealClock
  } = {},
): Seal {
  const usual = { ciphers: CIPHERS, cluster: "prod", secrets: [secretOf(1)], clock: STANDING }
  return new Seal({ ...usual, ...more, self: idOf(member) as NodeId })
}

export function sealed(seal: Seal, body: Uint8Array | string): Uint8Array {
  const text = typeof body === "string" ? new TextEncoder().encode(body) : body
  const packet = new Uint8Array(SEALED_HEADER_BYTES + text.length + SEALED_TAG_BYTES)
  packet.set(text, SEALED_HEADER_BYTES)
  seal.seal(packet)
  return packet
}

export function said(opened: Opened): string {
  return opened.ok ? new TextDecoder().decode(opened.body) : `- ${opened.problem}`
}
