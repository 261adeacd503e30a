import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync, type Stats } from "node:fs"
import { dirname } from "node:path"
import { writableByAll } from "./writable-by-all.ts"

/** A file with a secret cannot be used: why, and what to do where that is known; nothing of what is in it. */
export class SecretFileError extends Error {
  override name = "SecretFileError"
  readonly why: string
  readonly next: string | undefined

  constructor(why: string, next: string | undefined, options?: ErrorOptions) {
    super(next === undefined ? why : `${why}; ${next}`, options)
    this.why = why
    this.next = next
  }
}

/** What keeps a file from being read, and what puts that right where something does. */
export interface FileProblem {
  readonly why: string
  readonly next?: string
}

/** What to do where there is none: one command makes the content of every secret file. */
export function makeOne(path: string): string {
  return `make one: conclave keyring gen > ${path}`
}

const BYTES_MAX = 65_536
const READABLE_BY_OTHERS = 0o077
/** As libpq has it: a file of root's may be shared with a group, since its user cannot be the owner. */
const READABLE_BEYOND_GROUP = 0o037

/**
 * The text of a file that nobody but the user of this process (or root) may read or write; a link is followed, since
 * secrets are mounted that way. It is judged and read by one descriptor, so that no other file is read than was judged.
 */
export function readSecretFile(path: string): string {
  const descriptor = openFile(path)
  try {
    const stats = fstatSync(descriptor)
    const problem = fileProblem(path, stats) ?? directoryProblem(path)
    if (problem !== undefined) throw new SecretFileError(problem.why, problem.next)
    return textOf(readFileSync(descriptor), path)
  } catch (cause) {
    if (cause instanceof SecretFileError) throw cause
    throw unreadable(path, cause)
  } finally {
    closeSync(descriptor)
  }
}

function openFile(path: string): number {
  try {
    // Without waiting: a pipe that nobody writes to would hold the start up for ever.
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT")
      throw new SecretFileError(`there is no file ${path}`, makeOne(path), { cause })
    throw unreadable(path, cause)
  }
}

function unreadable(path: string, cause: unknown): SecretFileError {
  // Not by name: in a container the user that runs the agent may have none, and asking for it throws.
  const own = process.getuid?.() ?? "?"
  const why = `${path} cannot be read: ${(cause as Error).message}`
  return new SecretFileError(why, `let uid ${own}, who runs this, own it`, { cause })
}

/** What is no text would become one: bytes that are no UTF-8 all read alike, and of a secret little would be left. */
function textOf(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch (cause) {
    const next = `make a secret of letters: openssl rand -base64 32 > ${path}`
    throw new SecretFileError(`${path} has bytes that are no text`, next, { cause })
  }
}

/** What is wrong with a file before anything of it is read. */
export function fileProblem(
  path: string,
  stats: Pick<Stats, "isFile" | "mode" | "uid" | "size">,
): FileProblem | undefined {
  const { mode, uid, size } = stats
  if (!stats.isFile()) return { why: `${path} is no regular file` }
  const own = process.getuid?.() ?? uid
  if (uid !== own && uid !== 0) {
    return { why: `${path} belongs to uid ${uid}, who could change it`, next: `chown ${own} ${path}` }
  }
  if ((mode & (uid === 0 && own !== 0 ? READABLE_BEYOND_GROUP : READABLE_BY_OTHERS)) !== 0) {
    const shown = (mode & 0o777).toString(8).padStart(4, "0")
    return { why: `${path} is open to others (mode ${shown})`, next: `chmod 600 ${path}` }
  }
  return size > BYTES_MAX ? { why: `${path} has ${size} bytes and is no file of a secret` } : undefined
}

/** Of the file itself, and of a link to it. */
function directoryProblem(path: string): FileProblem | undefined {
  const directory = writableByAll(dirname(path)) ?? writableByAll(dirname(realpathSync(path)))
  if (directory === undefined) return undefined
  return { why: `anybody may put another file in the place of ${path}`, next: `chmod o-w ${directory}` }
}
