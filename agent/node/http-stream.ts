import type { ServerResponse } from "node:http"
import { isProblem } from "../api/call.ts"
import type { Feed } from "../api/feed.ts"
import type { Problem } from "../api/problem.ts"
import { sendProblem } from "./http-reply.ts"
import type { WatchSlots } from "./watch-slots.ts"

/** The streams of one listener: what ends each of them with an error. */
export type HttpStreams = Set<(error: Problem) => void>

/**
 * NDJSON, pulled from the feed as the client reads: nothing piles up behind one that does not. A failure after the first
 * byte is the last line.
 */
export function streamHttp(
  open: (onReadable: () => void) => Feed | Problem,
  response: ServerResponse,
  { slots, streams }: { readonly slots: WatchSlots; readonly streams: HttpStreams },
): void {
  const release = slots.take(response.req.socket)
  if (typeof release !== "function") return sendProblem(response, release)
  let isFull = false
  const feed = open(() => pump())
  if (isProblem(feed)) {
    release()
    return sendProblem(response, feed)
  }
  const fail = (error: Problem): void => {
    feed.close()
    response.end(`${JSON.stringify({ type: "error", error })}\n`)
  }
  const pump = (): void => {
    while (!isFull && !response.writableEnded && !response.destroyed) {
      const line = feed.take()
      if (line === undefined) {
        if (feed.isOver()) response.end()
        return
      }
      isFull = !response.write(`${JSON.stringify(line)}\n`)
    }
  }
  streams.add(fail)
  response.once("close", () => {
    streams.delete(fail)
    release()
    feed.close()
  })
  response.on("drain", () => {
    isFull = false
    pump()
  })
  response.writeHead(200, { "content-type": "application/x-ndjson", "cache-control": "no-store" })
  pump()
  // Nothing to say yet: the client learns at least that it is being served.
  if (!response.writableEnded) response.flushHeaders()
}
