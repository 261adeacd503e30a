import { Line } from "../../api/line.ts"
import type { ToldChange } from "./scope.ts"

/** Bytes of items in any line: a frame holds them, and what stands around them. */
export const LINE_BYTES_MAX: number = 240 * 1024
/** What names a revision within a line, at most. */
const REV_BYTES = 32

/**
 * What one revision told the readers of a topic, in their chain. What all readers have taken nobody holds on to, and it
 * goes.
 */
export interface Link {
  readonly rev: number
  readonly told: readonly ToldChange[]
  /** How many links came before, and their bytes with its own. */
  readonly at: number
  readonly bytes: number
  next: Link | undefined
}

/** Several links in a row in one line. */
export interface Bundle {
  readonly first: Link
  readonly last: Link
  readonly line: Line
}

/** Bytes of what one revision told; undefined: no frame would hold it. */
export function bytesOf(told: readonly ToldChange[]): number | undefined {
  const bytes = told.reduce((sum, each) => sum + each.bytes, 0)
  return bytes > LINE_BYTES_MAX ? undefined : bytes
}

/**
 * As many revisions from this one on as a frame holds: the line is of the last of them, and what an earlier one changed
 * names its own. A reader that comes to several at once pays for one line instead of so many.
 */
export function bundleFrom(first: Link): Bundle {
  let last = first
  let bytes = 0
  for (let link: Link | undefined = first; link !== undefined; link = link.next) {
    bytes += link.told.reduce((sum, each) => sum + each.bytes + REV_BYTES, 0)
    if (link !== first && bytes > LINE_BYTES_MAX) break
    last = link
  }
  const texts: string[] = []
  for (let link = first; link !== last; link = link.next as Link) {
    for (const { text } of link.told) texts.push(`${text.slice(0, -1)},"rev":"${link.rev}"}`)
  }
  for (const { text } of last.told) texts.push(text)
  return { first, last, line: new Line(`{"type":"change","rev":"${last.rev}","changes":[${texts.join(",")}]}`) }
}
