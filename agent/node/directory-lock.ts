import { randomBytes } from "node:crypto"
import { closeSync, existsSync, openSync, readdirSync, rmSync, unlinkSync } from "node:fs"
import { connect, createServer, type Server } from "node:net"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"

/** sun_path holds 108 bytes with its closing zero (unix(7)). */
const SOCKET_PATH_BYTES_MAX = 107
const PREFIX = "lock."
const ASK_MS = 1000
/** Two that start in the same instant both step back; then they try again. */
const TRIES_MAX = 6

export type LockResult =
  | { readonly kind: "locked"; readonly release: () => Promise<void> }
  /** `pid` as the other sees itself; undefined when it does not say. */
  | { readonly kind: "held"; readonly pid: number | undefined }

/**
 * Claims a directory for one process, until it ends in whatever way: a pid file lies in containers, where everybody is
 * process 1, and Node has no flock. Each contender listens on a Unix socket of its own name in the directory, *then*
 * asks all others. A socket that refuses is dead and removed; one that answers has the lock, and the contender steps
 * back. Of two contenders the one that asks later finds the other listening, so never both go on. Names are random and
 * never used again, so removing a dead one cannot hit a living one; a contender whose own name was removed before it
 * listened sees that and starts anew. Rejects with the system's error when the directory cannot hold a socket.
 */
export async function lockDirectory(
  directory: string,
  { prefix = PREFIX, triesMax = TRIES_MAX }: LockOptions = {},
): Promise<LockResult> {
  let pid: number | undefined
  for (let tries = 1; tries <= triesMax; tries++) {
    const own = await listen(directory, prefix)
    const others = await ask(directory, prefix, own.name)
    if (others.length === 0 && existsSync(join(directory, own.name))) {
      return { kind: "locked", release: own.close }
    }
    await own.close()
    // One that says nothing is stopped, not stepping back: it will not be gone in a moment.
    if (others.length > 0 && others.every((other) => other.kind === "silent")) break
    for (const other of others) if (other.kind === "alive") pid = other.pid ?? pid
    // Ever further apart, so that on a slow machine many contenders come to an end, too.
    await sleep(20 + Math.random() * 60 * tries)
  }
  return { kind: "held", pid }
}

export interface LockOptions {
  /** Of the files in the directory, so that it can hold several locks. */
  readonly prefix?: string
  /** Attempts, 50 ms apart and then more; default 6. */
  readonly triesMax?: number
}

interface OwnSocket {
  readonly name: string
  readonly close: () => Promise<void>
}

async function listen(directory: string, prefix: string): Promise<OwnSocket> {
  const name = prefix + randomBytes(8).toString("hex")
  const place = socketPlace(directory, name)
  const server = createServer((socket) => {
    socket.on("error", () => {})
    socket.end(`${process.pid}\n`, () => socket.destroy())
  })
  try {
    await listening(server, place.path)
  } catch (cause) {
    place.close()
    throw cause
  }
  // The lock alone keeps no process alive.
  server.unref()
  const close = async (): Promise<void> => {
    await new Promise<void>((resolve) => server.close(() => resolve()))
    rmSync(join(directory, name), { force: true })
    place.close()
  }
  return { name, close }
}

function listening(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject)
    // Whoever can see it may ask: of one that only its user may ask nobody else could tell that it is dead.
    const mask = process.umask(0)
    server.listen({ path }, () => {
      server.off("error", reject)
      server.on("error", () => {})
      resolve()
    })
    process.umask(mask)
  })
}

type Answer = { readonly kind: "alive"; readonly pid: number | undefined } | { readonly kind: "silent" | "dead" }

/** What the living others say; dead ones are removed. */
async function ask(directory: string, prefix: string, own: string): Promise<readonly Answer[]> {
  const living: Answer[] = []
  for (const name of readdirSync(directory)) {
    if (!name.startsWith(prefix) || name === own) continue
    const answer = await askOne(directory, name)
    if (answer.kind === "dead") removeDead(join(directory, name))
    else living.push(answer)
  }
  return living
}

/** In a directory that users share only the owner of a dead one may remove it; it is in nobody's way. */
function removeDead(path: string): void {
  try {
    unlinkSync(path)
  } catch (cause) {
    const { code = "" } = cause as NodeJS.ErrnoException
    if (!["ENOENT", "EPERM", "EACCES"].includes(code)) throw cause
  }
}

function askOne(directory: string, name: string): Promise<Answer> {
  const place = socketPlace(directory, name)
  return new Promise((resolve) => {
    let text = ""
    const socket = connect({ path: place.path })
    const end = (result: Answer): void => {
      socket.destroy()
      place.close()
      resolve(result)
    }
    // A stopped process accepts and says nothing: it holds its lock all the same.
    socket.setTimeout(ASK_MS, () => end({ kind: "silent" }))
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1")
    })
    socket.on("end", () => end({ kind: "alive", pid: Number.parseInt(text, 10) || undefined }))
    socket.on("error", (error: NodeJS.ErrnoException) => {
      const isDead = error.code === "ECONNREFUSED" || error.code === "ENOENT"
      end(isDead ? { kind: "dead" } : { kind: "alive", pid: undefined })
    })
  })
}

/** A directory too deep for a socket's path is reached through a descriptor of it (proc(5), /proc/self/fd). */
function socketPlace(directory: string, name: string): { readonly path: string; readonly close: () => void } {
  const path = join(directory, name)
  if (Buffer.byteLength(path) <= SOCKET_PATH_BYTES_MAX) return { path, close: () => {} }
  const fd = openSync(directory, "r")
  return { path: `/proc/self/fd/${fd}/${name}`, close: () => closeSync(fd) }
}
