import { statSync } from "node:fs"

const BY_ALL = 0o002
/** What is in such a directory only its owner renames or removes, as in /tmp. */
const STICKY = 0o1000

/** Whether anybody may put another file in the place of one that is in this directory. */
export function isWritableByAll(directory: string): boolean {
  const { mode } = statSync(directory)
  return (mode & BY_ALL) !== 0 && (mode & STICKY) === 0
}
