import type { IncomingMessage, ServerResponse } from "node:http"
import { prepareCall } from "../../api/call.ts"
import type { Caller, Seen } from "../../api/coordination.ts"
import type { OpSchema } from "../../api/op-schema.ts"
import { openApi } from "../../api/openapi.ts"
import type { ApiContext } from "../../api/ops.ts"
import type { Principal } from "../../api/principal.ts"
import { invalid, isProblem, type Problem, problem } from "../../api/problem.ts"
import { route } from "../../api/route.ts"
import { isOctetsName, OPS, TIMEOUT_MAX_MS, TIMEOUT_MS } from "../../api/schema.ts"
import type { WatchSlots } from "../../watch-slots.ts"
import type { Backups } from "../backups.ts"
import type { Metrics } from "../metrics.ts"
import type { Patience } from "../patience.ts"
import { readBody } from "./http-body.ts"
import { answerOctets } from "./http-octets.ts"
import { sendJson, sendProblem } from "./http-reply.ts"
import { type HttpStreams, streamHttp } from "./http-stream.ts"
import { endWithConnection } from "./http-turns.ts"
import { waitHttp } from "./http-wait.ts"

/** Paths that are no operations. */
export interface HttpExtras {
  readonly metrics: Pick<Metrics, "contentType" | "text">
  readonly backups: Pick<Backups, "save" | "restore">
}

export interface HttpOptions {
  readonly principal: Principal
  readonly context: ApiContext
  readonly extras: HttpExtras
  /** Streams of the whole agent. */
  readonly slots: WatchSlots
  /** Streams of this listener over HTTP. */
  readonly streams: HttpStreams
  readonly patience: Pick<Patience, "requestMs" | "octetsMs">
}

export const STREAM_PATH = "/v1/stream"
export const STREAM_PROTOCOL = "conclave/1"

export const HEAD_BYTES_MAX = 16 * 1024
export const HEAD_TOO_LONG = `the head is over ${HEAD_BYTES_MAX} bytes`
const NEXT = "GET /v1/openapi.json lists what there is"

/** Answers one request on a Unix socket. */
export function answerHttp(request: IncomingMessage, response: ServerResponse, options: HttpOptions): void {
  response.on("error", () => response.destroy())
  endWithConnection(request.socket, response)
  const bodyTimer = limitBody(request, options.patience)
  const method = request.method ?? "GET"
  // A body that nobody reads would hold up the connection.
  if (method === "GET" || method === "HEAD") request.resume()
  if (headBytes(request) > HEAD_BYTES_MAX) return refuseHead(request, response, 431, HEAD_TOO_LONG)
  if (!hasOneHost(request)) return refuseHead(request, response, 400, "a request has one Host")
  const { path, query } = targetOf(request.url ?? "/")
  if (method === "GET" && answerExtra(path, response, options)) return
  const routed = route(method, path, query)
  if (routed === undefined) {
    request.resume()
    return sendProblem(response, noPath(method, path))
  }
  const timeoutMs = readTimeout(query.getAll("timeoutMs"))
  if (timeoutMs === undefined) {
    request.resume()
    return sendProblem(response, invalid("timeoutMs", `timeoutMs is a whole number from 1 to ${TIMEOUT_MAX_MS}`))
  }
  const session = request.headers["conclave-session"]
  const speaker = typeof session === "string" ? session : undefined
  const caller = {
    principal: options.principal,
    timeoutMs,
    seen: seenBy(request.socket),
    speaker,
    seq: undefined,
    floor: 0,
  }
  const exchange = { request, response, options, caller, bodyTimer }
  if (method === "GET" || isOctetsName(routed.op)) return run(routed.op, routed.input, exchange)
  const { octetsAs }: OpSchema = OPS[routed.op]
  readBody(request, octetsAs, (body) => {
    if (!body.ok) return sendProblem(response, body.problem)
    run(routed.op, { ...body.input, ...routed.input }, exchange)
  })
}

/** Node's own limit is one for all, and a saved state is as long on its way as it takes. */
function limitBody(request: IncomingMessage, { requestMs }: HttpOptions["patience"]): NodeJS.Timeout {
  const timer = setTimeout(() => request.destroy(), requestMs)
  request.once("close", () => clearTimeout(timer))
  return timer
}

/** What each connection was told: a client is whoever keeps one open. */
const SEEN: WeakMap<object, Seen> = new WeakMap()

function seenBy(connection: object): Seen {
  const seen = SEEN.get(connection) ?? { rev: 0 }
  SEEN.set(connection, seen)
  return seen
}

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly options: HttpOptions
  readonly caller: Caller
  readonly bodyTimer: NodeJS.Timeout
}

function run(op: string, input: object, { request, response, options, caller, bodyTimer }: Exchange): void {
  const call = prepareCall(options.context, caller, op, input)
  if (call.kind === "refused") {
    request.resume()
    return sendProblem(response, call.problem)
  }
  if (call.kind === "octets") {
    clearTimeout(bodyTimer)
    const { extras, patience } = options
    const { octetsMs } = patience
    return answerOctets(call, {
      request,
      response,
      octetsMs,
      backups: extras.backups,
      timeoutMs: caller.timeoutMs,
    })
  }
  if (call.kind === "stream") return (call.waits ? waitHttp : streamHttp)(call, response, options)
  const timeoutMs = caller.timeoutMs + call.extraMs
  const timer = setTimeout(() => {
    sendProblem(response, call.overdue(timeoutMs))
  }, timeoutMs)
  response.once("close", () => clearTimeout(timer))
  call.start((result) => {
    clearTimeout(timer)
    if (isProblem(result)) sendProblem(response, result)
    else sendJson(response, 200, result)
  })
}

function answerExtra(path: string, response: ServerResponse, { context, extras }: HttpOptions): boolean {
  switch (path) {
    case "/livez":
    case "/readyz": {
      const items = [...context.view.readiness()].sort((a, b) => (a.name < b.name ? -1 : 1))
      const ready = items.every((item) => item.ok)
      // That this answers at all is the proof of life.
      sendJson(response, ready || path === "/livez" ? 200 : 503, { ready, items })
      return true
    }
    case "/metrics":
      extras.metrics.text().then(
        (text) => {
          if (response.destroyed) return
          response.writeHead(200, { "content-type": extras.metrics.contentType })
          response.end(text)
        },
        (cause: Error) => sendProblem(response, problem("INTERNAL", cause.message)),
      )
      return true
    case "/v1/openapi.json":
      sendJson(response, 200, openApi())
      return true
    case STREAM_PATH:
      response.setHeader("upgrade", STREAM_PROTOCOL)
      sendJson(response, 426, { error: upgradeRequired() })
      return true
    default:
      return false
  }
}

export function noPath(method: string, path: string): Problem {
  return problem("NOT_FOUND", `there is no ${method} ${path.slice(0, 200)}`, { hint: NEXT })
}

export function upgradeRequired(): Problem {
  return problem("UNIMPLEMENTED", `this path speaks ${STREAM_PROTOCOL} only`, {
    hint: `Connection: Upgrade, Upgrade: ${STREAM_PROTOCOL}`,
    details: { supported: [STREAM_PROTOCOL] },
  })
}

/** Node's own limit counts names and values alone; the head is the whole of it. */
export function headBytes({ method = "", url = "", httpVersion, rawHeaders }: IncomingMessage): number {
  // "METHOD TARGET HTTP/1.1\r\n", "Name: value\r\n" each, "\r\n".
  let bytes = method.length + url.length + httpVersion.length + " ".length * 2 + "HTTP/".length + 4
  for (const text of rawHeaders) bytes += text.length + 2
  return bytes
}

/** RFC 9112 §3.2. Node's own refusal has no body. */
function hasOneHost({ httpVersion, headersDistinct }: IncomingMessage): boolean {
  const hosts = headersDistinct["host"]?.length ?? 0
  return hosts === 1 || (hosts === 0 && httpVersion !== "1.1")
}

function refuseHead(request: IncomingMessage, response: ServerResponse, status: number, message: string): void {
  request.resume()
  response.setHeader("connection", "close")
  sendJson(response, status, { error: invalid("head", message) })
}

/** Also the absolute form, which a server must accept (RFC 9112 §3.2.2). Nothing is normalised: names may hold dots. */
function targetOf(target: string): { readonly path: string; readonly query: URLSearchParams } {
  const mark = target.indexOf("?")
  const path = (mark < 0 ? target : target.slice(0, mark)).replace(/^https?:\/\/[^/]*/i, "")
  return { path, query: new URLSearchParams(mark < 0 ? "" : target.slice(mark + 1)) }
}

function readTimeout(texts: readonly string[]): number | undefined {
  const text = texts.at(-1)
  if (text === undefined) return TIMEOUT_MS
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0
  return value >= 1 && value <= TIMEOUT_MAX_MS ? value : undefined
}
