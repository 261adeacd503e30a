import type { ServerResponse } from "node:http"
import type { Call } from "../../api/call.ts"
import { Line } from "../../api/line.ts"
import { cutOff, isPlace } from "../../api/ops.ts"
import type { Principal } from "../../api/principal.ts"
import { isProblem, type Problem, problem } from "../../api/problem.ts"
import type { WatchSlots } from "../../watch-slots.ts"
import { sendProblem } from "./http-reply.ts"

/** The streams of one listener: what ends each of them with an error when the agent goes. */
export type HttpStreams = Set<(error: Problem) => void>

/**
 * Holds of one connection. Its client hears of none before those that it asked for earlier are over, yet each of them
 * takes a session and its places: so a few are enough.
 */
export const HTTP_HOLDS_EACH_MAX = 8
const HOLDS: WeakMap<object, number> = new WeakMap()

/**
 * NDJSON, pulled from the feed as the client reads: nothing piles up behind one that does not. A failure after the
 * first byte is the last line; before it, it is the answer, for streams that know how they end.
 */
export function streamHttp(
  call: Extract<Call, { kind: "stream" }>,
  response: ServerResponse,
  {
    slots,
    streams,
    principal,
  }: { readonly slots: WatchSlots; readonly streams: HttpStreams; readonly principal: Principal },
): void {
  // Holds are bounded with the connections: a client may hold much and watch little.
  const connection = response.req.socket
  const release = isPlace(call.op) ? takeHold(connection) : slots.take(connection, principal)
  if (typeof release !== "function") return sendProblem(response, release)
  let isFull = false
  let isOpen = false
  // What is readable before the feed is here is taken when it is.
  const feed = call.open(() => isOpen && pump())
  if (isProblem(feed)) {
    release()
    return sendProblem(response, feed)
  }
  const sayLast = (error: Problem): void => {
    if (response.writableEnded) return
    if (!response.headersSent) sendProblem(response, error)
    else response.end(`${JSON.stringify({ type: "error", error })}\n`)
  }
  // The last line first: a feed that is closed may say that it is over, and that would be the end of the stream.
  const fail = (error: Problem): void => {
    sayLast(error)
    feed.close()
  }
  const leave = (error: Problem): void => {
    sayLast(cutOff(error, call.op))
    if (feed.leave === undefined) feed.close()
    else feed.leave()
  }
  const end = (): void => {
    const ending = feed.ending?.()
    if (ending !== undefined && "error" in ending) return fail(ending.error)
    if (!response.headersSent) writeHead(response)
    response.end()
  }
  const pour = (): void => {
    while (!isFull && !response.writableEnded && !response.destroyed) {
      const line = feed.take()
      if (line === undefined) {
        if (feed.isOver()) end()
        return
      }
      if (!response.headersSent) writeHead(response)
      isFull = !response.write(textOf(line))
    }
  }
  const pump = (): void => inOnePiece(response, pour)
  streams.add(leave)
  response.once("close", () => {
    streams.delete(leave)
    release()
    feed.close()
  })
  response.on("drain", () => {
    isFull = false
    pump()
  })
  // What cannot fail any more says at once that the client is being served.
  if (feed.ending === undefined) writeHead(response)
  isOpen = true
  pump()
  if (response.headersSent && !response.writableEnded) response.flushHeaders()
}

export function takeHold(connection: object): (() => void) | Problem {
  const held = HOLDS.get(connection) ?? 0
  if (held >= HTTP_HOLDS_EACH_MAX) {
    const message = `the limit is ${HTTP_HOLDS_EACH_MAX} holds of one connection`
    const details = { limit: HTTP_HOLDS_EACH_MAX }
    return problem("RESOURCE_EXHAUSTED", message, { hint: "a connection for each of them", details })
  }
  HOLDS.set(connection, held + 1)
  return () => void HOLDS.set(connection, (HOLDS.get(connection) ?? 1) - 1)
}

function textOf(line: object): string {
  return `${line instanceof Line ? line.text : JSON.stringify(line)}\n`
}

/**
 * What is said at once leaves at once. It is the socket that is held back: a response of Node 22 that ends while it is
 * corked itself says its end before what it has gathered.
 */
function inOnePiece({ socket }: ServerResponse, speak: () => void): void {
  socket?.cork()
  speak()
  socket?.uncork()
}

function writeHead(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/x-ndjson", "cache-control": "no-store" })
}
