import { connect, type Socket } from "node:net"
import { ConclaveError, errorFromAgent } from "./errors.ts"
import { onAbort } from "./on-abort.ts"
import type { OpenWire, SdkPorts, Wire } from "./ports.ts"

const HEAD_BYTES_MAX = 16 * 1024
const BODY_BYTES_MAX = 64 * 1024
const REQUEST = "GET /v1/stream HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: conclave/1\r\n\r\n"

/** As `SdkPorts.dial`, over a Unix socket (RFC 9110 §7.8). */
export const dial: SdkPorts["dial"] = (path, { signal, onWire }) =>
  new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    // As an object: a path of digits is no port.
    const socket = connect({ path })
    onWire?.(wireOf(socket))
    let head = Buffer.alloc(0)
    const fail = (error: unknown): void => {
      forget()
      socket.destroy()
      reject(error)
    }
    const forget = onAbort(signal, () => fail(signal.reason))
    socket.on("error", (error: NodeJS.ErrnoException) => fail(openError(path, error)))
    socket.on("close", () => fail(openError(path, undefined)))
    socket.on("connect", () => socket.write(REQUEST))
    socket.on("data", (chunk: Buffer) => {
      head = Buffer.concat([head, chunk])
      const end = head.indexOf("\r\n\r\n")
      if (end < 0) return head.length > HEAD_BYTES_MAX ? fail(noAgent(path)) : undefined
      const rest = head.subarray(end + 4)
      socket.removeAllListeners()
      if (!head.toString("latin1").startsWith("HTTP/1.1 101")) return refused(socket, rest, () => noAgent(path), fail)
      forget()
      resolve(openWireOf(socket, rest))
    })
  })

function wireOf(socket: Socket): Wire {
  return {
    write: (bytes) => void socket.write(bytes),
    destroy: () => void socket.destroy(),
    keepAlive: (isWanted) => void (isWanted ? socket.ref() : socket.unref()),
    isGone: () => socket.destroyed,
  }
}

/** `rest` is what came after the head. */
function openWireOf(socket: Socket, rest: Uint8Array): OpenWire {
  // Until somebody listens, nothing is lost and nothing is thrown.
  socket.pause()
  socket.on("error", () => socket.destroy())
  const attend: OpenWire["attend"] = (on) => {
    socket.on("data", (chunk: Buffer) => on.data(chunk))
    socket.on("end", () => socket.end())
    socket.on("close", () => on.closed())
    if (rest.length > 0) on.data(rest)
    socket.resume()
  }
  return { ...wireOf(socket), attend }
}

/** Not upgraded: the body says why. */
function refused(socket: Socket, rest: Buffer, noAgent: () => ConclaveError, fail: (error: unknown) => void): void {
  let body = rest
  const finish = (): void => fail(answered(body.toString("utf8")) ?? noAgent())
  socket.on("error", finish)
  socket.on("end", finish)
  socket.on("close", finish)
  socket.on("data", (chunk: Buffer) => {
    body = Buffer.concat([body, chunk])
    if (body.length > BODY_BYTES_MAX) finish()
  })
}

function answered(body: string): ConclaveError | undefined {
  try {
    const answer = JSON.parse(body) as { readonly error?: { readonly code?: unknown } } | null
    return typeof answer?.error?.code === "string" ? errorFromAgent(answer.error) : undefined
  } catch {
    return undefined
  }
}

/** Why a socket cannot be opened, for people. */
export function openError(path: string, error: NodeJS.ErrnoException | undefined): ConclaveError {
  switch (error?.code) {
    case "ENOENT":
      return unavailable(`there is no agent: ${path} does not exist`, error)
    case "ECONNREFUSED":
      return unavailable(`no agent listens at ${path}; the socket is left over from one that died`, error)
    case "EACCES":
    case "EPERM":
      return new ConclaveError("PERMISSION_DENIED", `${path} may not be opened by this user`, {
        hint: `ls -l ${path}; join the socket's group or use sudo`,
        cause: error,
      })
    default: {
      const why = error === undefined ? "" : `: ${error.message}`
      return unavailable(`the agent at ${path} cannot be reached${why}`, error)
    }
  }
}

function noAgent(path: string): ConclaveError {
  return unavailable(`what answers at ${path} is no agent`, undefined)
}

function unavailable(message: string, cause: unknown): ConclaveError {
  const hint = "start one with: conclave agent; or set CONCLAVE_SOCKET"
  return new ConclaveError("AGENT_UNAVAILABLE", message, { retryable: true, hint, cause })
}
