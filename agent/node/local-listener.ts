import { createServer, type IncomingMessage, type Server } from "node:http"
import type { Socket } from "node:net"
import { invalid, problem } from "../api/problem.ts"
import { type FrameOptions, FrameSession } from "../frames/frame-session.ts"
import type { Clock } from "../ports.ts"
import { frameWire } from "./frame-wire.ts"
import { answerHttp, HEAD_BYTES_MAX, HEAD_TOO_LONG, type HttpOptions, headBytes, noPath } from "./http/http-exchange.ts"
import { httpText, sayLast } from "./last-words.ts"
import { PATIENCE, type Patience } from "./patience.ts"
import { listenUnix, type SocketAccess } from "./unix-socket.ts"
import { answerUpgrade } from "./upgrade.ts"

/** Connections of one socket; the next one is told so and closed. One of several for applications has a part of it. */
export const CONNECTIONS_MAX = 1024
export const CONNECTIONS_PART_MAX = 256
/** Connections that are being told so at once; beyond they are closed without a word. */
const REFUSALS_MAX = 128

export interface LocalListener {
  readonly goaway: (reason: string, deadlineMs: number) => void
  readonly close: () => Promise<void>
}

export interface LocalListenerOptions extends Omit<HttpOptions, "streams" | "patience"> {
  readonly path: string
  readonly access?: SocketAccess
  readonly clock: Clock
  readonly patience?: Patience
}

/** One Unix socket that speaks HTTP/1.1 and, after an upgrade, frames. */
export async function openLocalListener(given: LocalListenerOptions): Promise<LocalListener> {
  const patience = given.patience ?? PATIENCE
  const options = { ...given, patience, streams: new Set() as HttpOptions["streams"] }
  const sessions = new Set<FrameSession>()
  const gone = problem("AGENT_UNAVAILABLE", "the agent goes away", { hint: "ask again when it is back" })
  let isClosing = false
  const server = createServer(
    {
      maxHeaderSize: HEAD_BYTES_MAX,
      headersTimeout: patience.headMs,
      // Of bodies `answerHttp` takes care.
      requestTimeout: 0,
      connectionsCheckingInterval: Math.min(500, patience.headMs),
      keepAliveTimeout: 60_000,
      // Asked for by `answerHttp`, with an answer that says so.
      requireHostHeader: false,
    },
    (request, response) => {
      if (isClosing) response.setHeader("connection", "close")
      answerHttp(request, response, options)
    },
  )
  // All of them are counted by `headBytes`.
  server.maxHeadersCount = 0
  limitConnections(server, patience, given.principal.share === "part" ? CONNECTIONS_PART_MAX : CONNECTIONS_MAX)
  refuseBrokenHeads(server, patience)
  server.on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) => {
    if (headBytes(request) > HEAD_BYTES_MAX) return refuseHead(socket, patience)
    // Node knows nothing of upgraded connections: one that begins now would outlive all others.
    if (isClosing) return sayLast(socket, httpText("503 Service Unavailable", gone), patience.lingerMs)
    answerUpgrade(request, socket, options, () => {
      const session = framesOver(socket, options, () => sessions.delete(session))
      sessions.add(session)
      session.start(head)
    })
  })
  // Node hands its socket over; nobody else would answer.
  server.on("connect", (request: IncomingMessage, socket: Socket) => {
    sayLast(socket, httpText("404 Not Found", noPath("CONNECT", request.url ?? "")), patience.lingerMs)
  })
  await listenUnix(server, given.path, given.access)
  return {
    goaway: (reason, deadlineMs) => {
      for (const session of sessions) session.goaway(reason, deadlineMs)
    },
    close: async () => {
      isClosing = true
      for (const session of sessions) session.end()
      for (const fail of options.streams) fail(gone)
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      // Replies that are under way get this long to leave.
      const timer = setTimeout(() => server.closeAllConnections(), patience.farewellMs)
      await closed
      clearTimeout(timer)
    },
  }
}

function framesOver(socket: Socket, options: FrameOptions, onClose: () => void): FrameSession {
  const wire = frameWire(socket, {
    received: (bytes) => session.received(bytes),
    drained: () => session.drained(),
    closed: () => session.closed(),
  })
  const session: FrameSession = new FrameSession(wire, options, onClose)
  return session
}

/** Whoever comes too late is told so before HTTP sees it; those that are there are served on. */
function limitConnections(server: Server, { lingerMs }: Patience, connectionsMax: number): void {
  const accept = server.listeners("connection") as ((socket: Socket) => void)[]
  server.removeAllListeners("connection")
  let open = 0
  let refused = 0
  server.on("connection", (socket: Socket) => {
    if (open < connectionsMax) {
      open++
      socket.once("close", () => open--)
      for (const each of accept) each.call(server, socket)
      return
    }
    if (refused >= REFUSALS_MAX) return void socket.destroy()
    refused++
    socket.once("close", () => refused--)
    const error = problem("RESOURCE_EXHAUSTED", `this socket serves ${connectionsMax} connections at once`, {
      hint: "keep one connection for each process",
      details: { limit: connectionsMax },
    })
    sayLast(socket, httpText("429 Too Many Requests", error), lingerMs)
  })
}

/** Ambiguous framing or a head that is too long: an answer and the end. One that never ends: the end. */
function refuseBrokenHeads(server: Server, patience: Patience): void {
  const refused = new WeakSet<Socket>()
  server.on("clientError", (cause: NodeJS.ErrnoException, socket: Socket) => {
    // Each further byte of it is an error again.
    if (refused.has(socket)) return
    refused.add(socket)
    if (!socket.writable || cause.code === "ERR_HTTP_REQUEST_TIMEOUT") return void socket.destroy()
    if (cause.code === "HPE_HEADER_OVERFLOW") return refuseHead(socket, patience)
    sayLast(socket, httpText("400 Bad Request", invalid("head", "the request cannot be read")), patience.lingerMs)
  })
}

function refuseHead(socket: Socket, { lingerMs }: Patience): void {
  sayLast(socket, httpText("431 Request Header Fields Too Large", invalid("head", HEAD_TOO_LONG)), lingerMs)
}
