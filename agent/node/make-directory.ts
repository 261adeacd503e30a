import { existsSync, mkdirSync, statSync } from "node:fs"
import { dirname } from "node:path"

/**
 * Makes a directory and those above it that are missing. Not by `recursive` of `mkdirSync`, which goes round for ever,
 * deaf to signals, where a file system makes none and says ENOENT below a directory that is there (`/proc`, autofs).
 */
export function makeDirectory(path: string, mode: number): void {
  try {
    mkdirSync(path, { mode })
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === "EEXIST" && statSync(path).isDirectory()) return
    const above = dirname(path)
    if (code !== "ENOENT" || existsSync(above)) throw cause
    makeDirectory(above, mode)
    makeDirectory(path, mode)
  }
}
