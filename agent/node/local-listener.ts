import { createServer, type IncomingMessage, type Server } from "node:http"
import type { Socket } from "node:net"
import type { Door } from "../api/call.ts"
import type { ApiContext } from "../api/ops.ts"
import { problem } from "../api/problem.ts"
import { FrameSession } from "./frame-session.ts"
import { answerHttp, type HttpExtras } from "./http-exchange.ts"
import { listenUnix } from "./unix-socket.ts"

/** Connections of one socket; the next one is told so and closed. */
export const CONNECTIONS_MAX = 1024
const HEAD_BYTES_MAX = 16 * 1024
const HEAD_MS = 10_000
const UPGRADE = "conclave/1"

export interface LocalListener {
  readonly goaway: (reason: string, deadlineMs: number) => void
  readonly close: () => Promise<void>
}

export interface LocalListenerOptions {
  readonly path: string
  readonly door: Door
  readonly context: ApiContext
  readonly extras: HttpExtras
  /** Watches of the whole agent. */
  readonly watches: WatchCount
}

export interface WatchCount {
  open: number
}

/** One Unix socket that speaks HTTP/1.1 and, after an upgrade, frames. */
export async function openLocalListener(options: LocalListenerOptions): Promise<LocalListener> {
  const sessions = new Set<FrameSession>()
  const server = createServer(
    {
      maxHeaderSize: HEAD_BYTES_MAX,
      headersTimeout: HEAD_MS,
      requestTimeout: 30_000,
      connectionsCheckingInterval: 1000,
      keepAliveTimeout: 60_000,
    },
    (request, response) => answerHttp(request, response, options),
  )
  limitConnections(server)
  server.on("clientError", refuseBrokenHead)
  server.on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) => {
    if (!isOurs(request)) {
      const error = problem("NOT_FOUND", "there is no such upgrade", {
        hint: `GET /v1/stream with Upgrade: ${UPGRADE}`,
      })
      socket.end(rawResponse("404 Not Found", error))
      return
    }
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${UPGRADE}\r\n\r\n`)
    const session = new FrameSession(socket, options, () => sessions.delete(session))
    sessions.add(session)
    session.start(head)
  })
  await listenUnix(server, options.path)
  return {
    goaway: (reason, deadlineMs) => {
      for (const session of sessions) session.goaway(reason, deadlineMs)
    },
    close: async () => {
      for (const session of sessions) session.end()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      // Replies that are under way get this long to leave.
      const timer = setTimeout(() => server.closeAllConnections(), 200)
      await closed
      clearTimeout(timer)
    },
  }
}

function isOurs(request: IncomingMessage): boolean {
  const path = (request.url ?? "").split("?")[0]
  return request.method === "GET" && path === "/v1/stream" && request.headers.upgrade?.toLowerCase() === UPGRADE
}

function limitConnections(server: Server): void {
  let open = 0
  server.on("connection", (socket: Socket) => {
    open++
    socket.once("close", () => open--)
    if (open <= CONNECTIONS_MAX) return
    const error = problem("RESOURCE_EXHAUSTED", `this agent serves ${CONNECTIONS_MAX} connections at once`, {
      hint: "keep one connection for each process",
      details: { limit: CONNECTIONS_MAX },
    })
    socket.on("error", () => {})
    // What the client sent is thrown away, so that closing does not reset the answer.
    socket.resume()
    socket.end(rawResponse("429 Too Many Requests", error))
  })
}

/** Ambiguous framing, a head that is too long or never ends: an answer and the end of the connection. */
function refuseBrokenHead(cause: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable) return void socket.destroy()
  const isLong = cause.code === "HPE_HEADER_OVERFLOW"
  const isLate = cause.code === "ERR_HTTP_REQUEST_TIMEOUT"
  const message = isLong ? `the head is over ${HEAD_BYTES_MAX} bytes` : "the request cannot be read"
  const error = problem("INVALID_ARGUMENT", message, { details: { field: "head" } })
  if (isLate) return void socket.destroy()
  socket.end(rawResponse(isLong ? "431 Request Header Fields Too Large" : "400 Bad Request", error))
}

function rawResponse(status: string, error: object): string {
  const body = JSON.stringify({ error })
  const head = `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`
  return `${head}Connection: close\r\n\r\n${body}`
}
