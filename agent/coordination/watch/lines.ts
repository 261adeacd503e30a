import { Line } from "../../api/line.ts"
import type { ToldChange } from "./scope.ts"

/** Bytes of items in any line: a frame holds them, and what stands around them. */
export const LINE_BYTES_MAX: number = 240 * 1024

/** One line in the chain of a topic. What all readers have taken nobody holds on to, and it goes. */
export interface Link {
  readonly rev: number
  readonly line: Line | undefined
  /** How many links came before, and their bytes with its own. */
  readonly at: number
  readonly bytes: number
  next: Link | undefined
}

/** What one revision changed, told whole; undefined: no frame would hold it. */
export function lineOf(rev: number, told: readonly ToldChange[]): Line | undefined {
  const bytes = told.reduce((sum, each) => sum + each.bytes, 0)
  if (bytes > LINE_BYTES_MAX) return undefined
  return new Line(`{"type":"change","rev":"${rev}","changes":[${told.map(({ text }) => text).join(",")}]}`)
}
