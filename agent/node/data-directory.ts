import { chmodSync, statSync } from "node:fs"
import { lockDirectory } from "./directory-lock.ts"
import { noDisk, type OpenDisk, openDisk } from "./disk.ts"
import { makeDirectory } from "./make-directory.ts"

export type DataDirectory =
  | {
      readonly kind: "open"
      readonly path: string
      readonly disk: OpenDisk
      /** False: nothing is kept; the agent is a plain member until its next start. */
      readonly writable: boolean
      /** For people; undefined when all is well. */
      readonly problem: string | undefined
      readonly close: () => Promise<void>
    }
  /** Another agent has it: this one must not start. */
  | { readonly kind: "inUse"; readonly message: string }

const DIRECTORY_MODE = 0o700

/**
 * Makes the directory if need be (0700) and claims it for this process. One that cannot be written, locked or even made
 * is survived: what can be read is read, and every write says why it fails.
 */
export async function openDataDirectory(path: string): Promise<DataDirectory> {
  try {
    makeDirectory(path, DIRECTORY_MODE)
    const problem = tighten(path)
    const lock = await lockDirectory(path)
    if (lock.kind === "held") return { kind: "inUse", message: inUse(path, lock.pid) }
    const disk = openDisk(path)
    const close = async (): Promise<void> => {
      await disk.close()
      await lock.release()
    }
    return { kind: "open", path, disk, writable: true, problem, close }
  } catch (cause) {
    const { code = "EUNKNOWN", message } = cause as NodeJS.ErrnoException
    const problem = `the data directory ${path} cannot be written: ${message}; nothing is kept for the next start`
    const disk = noDisk(path, code, problem)
    return { kind: "open", path, disk, writable: false, problem, close: () => disk.close() }
  }
}

function inUse(path: string, pid: number | undefined): string {
  const who = pid === undefined ? "another agent" : `another agent (pid ${pid})`
  return `${who} uses the data directory ${path}; give this one its own with --data-dir`
}

/** Others could read the key, or plant files: then the mode is put right, or said to be wrong. */
function tighten(path: string): string | undefined {
  const { mode, uid } = statSync(path)
  if ((mode & 0o077) === 0) return undefined
  if (uid === process.getuid?.()) {
    chmodSync(path, DIRECTORY_MODE)
    return undefined
  }
  return `the data directory ${path} is open to others (mode ${(mode & 0o777).toString(8)}) and belongs to uid ${uid}`
}
