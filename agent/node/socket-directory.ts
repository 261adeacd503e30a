import { lstatSync, mkdirSync, statSync } from "node:fs"
import { dirname } from "node:path"
import { privateRuntime } from "../config/default-paths.ts"
import { makeDirectory } from "./make-directory.ts"
import { writableByAll } from "./writable-by-all.ts"

/**
 * Makes the directory that a Unix socket goes into. Below `/tmp/conclave-<uid>`, which anybody could have made first,
 * its owner and mode are checked: a link or a stranger's directory would hand our socket to somebody else. Returns what
 * is wrong, for people, or undefined.
 */
export function makeSocketDirectory(socketPath: string, uid: number = process.getuid?.() ?? -1): string | undefined {
  const shared = privateRuntime(uid)
  const directory = dirname(socketPath)
  try {
    if (directory === shared || directory.startsWith(`${shared}/`)) {
      const problem = makePrivate(shared, uid)
      if (problem !== undefined) return problem
    }
    makeDirectory(directory, 0o755)
    return undefined
  } catch (cause) {
    return `${directory} cannot be made: ${(cause as Error).message}; set socket and adminSocket to paths that can be written`
  }
}

/**
 * Why a socket would not be safe where it is to be: who may change its directory may put another one in its place, and
 * be taken for the agent.
 */
export function openToOthers(socketPath: string): string | undefined {
  const directory = dirname(socketPath)
  const { uid } = statSync(directory)
  const own = process.getuid?.() ?? uid
  const danger = "could put another socket in the place of"
  if (uid !== own && uid !== 0) {
    return `${directory} belongs to uid ${uid}, who ${danger} ${socketPath}; chown ${own} ${directory}, or set another path`
  }
  const open = writableByAll(directory)
  if (open === undefined) return undefined
  return `others may write to ${open}, and ${danger} ${socketPath}; chmod o-w ${open}, or set another path`
}

function makePrivate(path: string, uid: number): string | undefined {
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause
  }
  const found = lstatSync(path)
  if (found.isDirectory() && found.uid === uid && (found.mode & 0o077) === 0) return undefined
  return `${path} belongs to somebody else or is open to others; remove it, or set XDG_RUNTIME_DIR`
}
