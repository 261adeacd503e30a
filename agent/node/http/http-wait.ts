import type { ServerResponse } from "node:http"
import type { Call } from "../../api/call.ts"
import { cutOff } from "../../api/ops.ts"
import { isProblem, type Problem } from "../../api/problem.ts"
import { sendJson, sendProblem } from "./http-reply.ts"
import { type HttpStreams, takeHold } from "./http-stream.ts"

/**
 * One answer, when it is there. Whoever hangs up before gives up what was asked for; the connection is the session,
 * which ends with the answer.
 */
export function waitHttp(
  call: Extract<Call, { kind: "stream" }>,
  response: ServerResponse,
  { streams }: { readonly streams: HttpStreams },
): void {
  const release = takeHold(response.req.socket)
  if (typeof release !== "function") return sendProblem(response, release)
  let isOpen = false
  const feed = call.open(() => isOpen && look())
  if (isProblem(feed)) {
    release()
    return sendProblem(response, feed)
  }
  const look = (): void => {
    // What comes on the way to the answer is for those who can be told of it.
    while (feed.take() !== undefined);
    if (!feed.isOver() || response.headersSent) return
    const ending = feed.ending?.() ?? { out: {} }
    if ("error" in ending) sendProblem(response, ending.error)
    else sendJson(response, 200, ending.out)
  }
  const leave = (error: Problem): void => {
    if (!response.headersSent) sendProblem(response, cutOff(error, call.op))
    feed.close()
  }
  streams.add(leave)
  response.once("close", () => {
    streams.delete(leave)
    release()
    feed.close()
  })
  isOpen = true
  look()
}
