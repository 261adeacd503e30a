import { statSync } from "node:fs"
import { dirname, resolve } from "node:path"

const BY_ALL = 0o002
/** What is in such a directory only its owner renames or removes, as in /tmp. */
const STICKY = 0o1000

/**
 * The directory in which anybody may put another file in the place of one that is in `directory`, or another directory
 * in the place of that: itself or one above it. undefined: there is none.
 */
export function writableByAll(directory: string): string | undefined {
  for (let each = resolve(directory); ; each = dirname(each)) {
    const { mode } = statSync(each)
    if ((mode & BY_ALL) !== 0 && (mode & STICKY) === 0) return each
    if (each === dirname(each)) return undefined
  }
}
