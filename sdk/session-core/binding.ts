import type { BindStart } from "./types.ts"

export interface Binding {
  readonly start: BindStart
  /** Up to when somebody waits. */
  readonly limitMs: number
  /** Its agent has it, or had it before the connection broke. */
  isKnown: boolean
  isSent: boolean
}
