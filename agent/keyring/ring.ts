import type { Secret } from "../secret.ts"

/** A key of gossip as others may know it. */
export interface RingKey {
  readonly fingerprint: string
  /**
   * Of two keys the one with the higher number came into use later; 0 = nobody has said, as in a file that was written
   * by hand.
   */
  readonly serial: number
}

/** The keys of one agent: the first seals, every one opens. Empty: its gossip is not sealed. */
export type Ring = readonly RingKey[]

/** What changes the keys of an agent. Done twice it is done once. */
export type Change =
  | { readonly kind: "install"; readonly secret: Secret; readonly serial: number }
  /** It seals from now on, and is the newest. */
  | { readonly kind: "use"; readonly fingerprint: string; readonly serial: number }
  | { readonly kind: "remove"; readonly fingerprint: string }

export type Order =
  | Change
  | { readonly kind: "show" }
  /** The key itself, for a member that lacks it. */
  | { readonly kind: "give"; readonly fingerprint: string }

/** What came of an order. */
export interface Told {
  readonly ring: Ring
  /** Why it was not carried out, for people; undefined = it was. */
  readonly refusal?: string | undefined
  /** What was asked for. */
  readonly secret?: Secret | undefined
}

/** The keys of this agent, and the file that they stand in. */
export interface OwnKeys {
  readonly ring: () => Ring
  readonly secretOf: (fingerprint: string) => Secret | undefined
  readonly fingerprintOf: (secret: Secret) => string
  readonly newSecret: () => Secret
  /** First the file, durably, then what is in use. In order, each called back once; `why`: it was not done. */
  readonly change: (change: Change, done: (why: string | undefined, hasChanged: boolean) => void) => void
}

/** Higher none is written; 4,294,967,295 rotations are enough. */
export const SERIAL_MAX = 2 ** 32 - 1
export const FINGERPRINT = /^[0-9a-f]{16}$/
export const KEY_BYTES = 32
