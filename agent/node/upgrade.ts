import { type IncomingMessage, ServerResponse } from "node:http"
import type { Socket } from "node:net"
import { problem } from "../api/problem.ts"
import { answerHttp, type HttpOptions, STREAM_PATH, STREAM_PROTOCOL, upgradeRequired } from "./http/http-exchange.ts"
import { httpText, sayLast } from "./last-words.ts"
import type { Patience } from "./patience.ts"

/**
 * Frames for whoever asks for them at their path; any other wish to upgrade is ignored, as a server may (RFC 9110
 * §7.8). Not so with a body: Node does not read it, and a request without what it says may mean something else.
 */
export function answerUpgrade(
  request: IncomingMessage,
  socket: Socket,
  options: HttpOptions & { readonly patience: Patience },
  accepted: () => void,
): void {
  if (hasBody(request)) {
    const error = problem("INVALID_ARGUMENT", "a request that asks for an upgrade has no body", {
      hint: "send it without the header Upgrade",
      details: { field: "body" },
    })
    return sayLast(socket, httpText("400 Bad Request", error), options.patience.lingerMs)
  }
  const path = (request.url ?? "").split("?")[0]
  if (request.method !== "GET" || path !== STREAM_PATH) return answerPlainly(request, socket, options)
  const wishes = (request.headers.upgrade ?? "").split(",").map((wish) => wish.trim().toLowerCase())
  if (!wishes.includes(STREAM_PROTOCOL)) {
    const text = httpText("426 Upgrade Required", upgradeRequired(), `Upgrade: ${STREAM_PROTOCOL}\r\n`)
    return sayLast(socket, text, options.patience.lingerMs)
  }
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${STREAM_PROTOCOL}\r\n\r\n`)
  accepted()
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0
}

/** Node has let go of the connection: one answer, then it closes. */
function answerPlainly(
  request: IncomingMessage,
  socket: Socket,
  options: HttpOptions & { readonly patience: Patience },
): void {
  const response = new ServerResponse(request)
  response.shouldKeepAlive = false
  response.assignSocket(socket)
  response.once("finish", () => {
    response.detachSocket(socket)
    sayLast(socket, "", options.patience.lingerMs)
  })
  socket.once("close", () => response.destroy())
  answerHttp(request, response, options)
}
