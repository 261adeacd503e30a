import type { CallStart } from "./types.ts"

export interface OpRecord {
  readonly start: CallStart
  /** Somebody waits for the answer: up to the limit. */
  isAwaited: boolean
  limitMs: number
  seq: number | undefined
  call: number | undefined
  /** Not before this. */
  retryMs: number
  /** How often it was refused and is asked again. */
  refusals: number
  isAmbiguous: boolean
}
