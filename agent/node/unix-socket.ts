import { chmodSync, chownSync, lstatSync, unlinkSync } from "node:fs"
import { connect, type Server } from "node:net"
import { basename, dirname } from "node:path"
import { hashText } from "@conclave/base"
import { SOCKET_PATH_BYTES_MAX } from "../config/socket-wish.ts"
import { lockDirectory } from "./directory-lock.ts"
import { makeSocketDirectory } from "./socket-directory.ts"

/** Who may open a socket. */
export interface SocketAccess {
  readonly mode: number
  /** Undefined: as it comes, which is the group of the agent, or of the directory where that is set so. */
  readonly gid: number | undefined
}

export const OF_OWN_GROUP: SocketAccess = { mode: 0o660, gid: undefined }

const OWNER_ALONE = 0o600
const KEEP_OWNER = -1
const PROBE_MS = 2000
/** Clients that connect at once; Node's own 511 turns more away (EAGAIN). */
const BACKLOG = 1024
/** Others have the lock for some milliseconds only. */
const LOCK_TRIES_MAX = 12

/**
 * Listens on a Unix socket for whom it is meant. A dead socket file is replaced, a live one or another kind of file
 * is refused; of several that start at the same moment one gets it. Throws an `Error` that says what is wrong and what
 * to do.
 */
export async function listenUnix(server: Server, path: string, access: SocketAccess = OF_OWN_GROUP): Promise<void> {
  const { mode, gid } = access
  makePlace(path)
  await alone(path, async () => {
    await removeStale(path)
    // For nobody else until it has its group.
    await listen(server, path, gid === undefined ? mode : OWNER_ALONE)
  })
  if (gid === undefined) return chmodSync(path, mode)
  try {
    chownSync(path, KEEP_OWNER, gid)
    chmodSync(path, mode)
  } catch (cause) {
    server.close()
    const why = `the socket ${path} cannot be given to the group ${gid}: ${(cause as Error).message}`
    throw new Error(`${why}; make the user of the agent a member of it, or set another group`, { cause })
  }
}

/** Makes the directory of a socket and removes a dead one at its path. Throws as `listenUnix` does. */
export async function clearSocketPath(path: string): Promise<void> {
  makePlace(path)
  await alone(path, () => removeStale(path))
}

/**
 * Found dead, removed and bound anew are three steps: between the first and the second another agent may have done all
 * three, and its living socket would be removed. So all of it is done under a lock beside the socket.
 */
async function alone(path: string, act: () => Promise<void>): Promise<void> {
  const prefix = `.${hashText(basename(path)).toString(16).padStart(8, "0")}.lock.`
  // Where no lock can be made no socket can be either, and it says why itself.
  const lock = await lockDirectory(dirname(path), { prefix, triesMax: LOCK_TRIES_MAX }).catch(() => undefined)
  if (lock?.kind === "held") {
    const who = lock.pid === undefined ? "another agent" : `another agent (pid ${lock.pid})`
    throw new Error(`${who} is about to take the socket ${path}; stop it, or set another path`)
  }
  try {
    await act()
  } finally {
    await lock?.release()
  }
}

function listen(server: Server, path: string, mode: number): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      reject(new Error(`the socket ${path} cannot be opened: ${error.message}; set another path`, { cause: error }))
    }
    server.once("error", failed)
    // The mode must be right from the first moment, not only after chmod.
    const mask = process.umask(0o777 & ~mode)
    // As an object: a path of digits is no port.
    server.listen({ path, backlog: BACKLOG }, () => {
      server.off("error", failed)
      resolve()
    })
    process.umask(mask)
  })
}

function makePlace(path: string): void {
  // libuv would cut it off and listen somewhere else.
  if (Buffer.byteLength(path) > SOCKET_PATH_BYTES_MAX) {
    throw new Error(`the socket path ${path} is over ${SOCKET_PATH_BYTES_MAX} bytes; set a shorter one`)
  }
  const problem = makeSocketDirectory(path)
  if (problem !== undefined) throw new Error(problem)
}

async function removeStale(path: string): Promise<void> {
  let isSocket: boolean
  try {
    isSocket = lstatSync(path).isSocket()
  } catch {
    return
  }
  if (!isSocket) throw new Error(`${path} exists and is no socket; remove it, or set another path`)
  const found = await probe(path)
  if (found === "forbidden") throw new Error(`the socket ${path} may not be used by this user; set another path`)
  if (found === "alive") {
    throw new Error(
      `the socket ${path} is in use by another agent; stop it, or give this one its own --socket and --admin-socket`,
    )
  }
  try {
    unlinkSync(path)
  } catch (cause) {
    throw new Error(`the dead socket ${path} cannot be removed: ${(cause as Error).message}; remove it`, { cause })
  }
}

function probe(path: string): Promise<"alive" | "dead" | "forbidden"> {
  return new Promise((resolve) => {
    const socket = connect({ path })
    const settle = (found: "alive" | "dead" | "forbidden"): void => {
      socket.destroy()
      resolve(found)
    }
    socket.setTimeout(PROBE_MS, () => settle("alive"))
    socket.once("connect", () => settle("alive"))
    socket.once("error", ({ code }: NodeJS.ErrnoException) => {
      if (code === "ECONNREFUSED" || code === "ENOENT") settle("dead")
      else settle(code === "EACCES" ? "forbidden" : "alive")
    })
  })
}
