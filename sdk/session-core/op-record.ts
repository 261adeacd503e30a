import type { CallStart } from "./types.ts"

export interface OpRecord {
  readonly start: CallStart
  /** Up to when somebody waits. */
  readonly limitMs: number
  seq: number | undefined
  call: number | undefined
  /** Not before this. */
  retryMs: number
  isAmbiguous: boolean
}
