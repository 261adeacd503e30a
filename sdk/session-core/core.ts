import type { Binding } from "./binding.ts"
import type { Calls } from "./calls.ts"
import type { HoldRecord } from "./hold-record.ts"
import type { Lease } from "./lease.ts"
import type { OpRecord } from "./op-record.ts"
import type { Seqs } from "./seqs.ts"
import type { Effect } from "./types.ts"

/** What a frame was sent for. */
export type Meaning =
  | { readonly kind: "open" | "attach" | "heartbeat" | "close" }
  | { readonly kind: "hold"; readonly hold: HoldRecord }
  | { readonly kind: "op"; readonly op: OpRecord }
  | { readonly kind: "bind"; readonly binding: Binding }
  | { readonly kind: "unbind" }
  /** Nobody here believes any more in a session that its host has given up. */
  | { readonly kind: "goodbye" }

/** The session that may still be believed in. */
export interface Session {
  readonly id: string
  readonly secret: string
  readonly lease: Lease
  readonly seqs: Seqs
}

/** What the parts of the session core share during a step. */
export interface Core {
  nowMs: number
  effects: Effect[]
  readonly calls: Calls<Meaning>
  session: Session | undefined
  /** The present connection carries the session. */
  isAttached: boolean
}
