import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { Addr } from "@conclave/base"
import type { ReadyItem } from "../../api/view.ts"
import { formatHostPort } from "../../host-port.ts"
import { portOwner } from "../port-owner.ts"

export interface HttpOptions {
  /** Numeric; port 0 asks the operating system. */
  readonly host: string
  readonly port: number
  readonly readiness: () => readonly ReadyItem[]
  readonly metrics: { readonly contentType: string; readonly text: () => Promise<string> }
}

export type HttpListener =
  | { readonly kind: "open"; readonly addr: Addr; readonly close: () => Promise<void> }
  | { readonly kind: "refused"; readonly message: string }

const HEAD_BYTES_MAX = 16 * 1024
const HEAD_MS = 10_000
const CONNECTIONS_MAX = 64

/** Opens the address for scrapers and probes: `/metrics`, `/livez`, `/readyz`, nothing that changes anything. */
export async function openHttp(options: HttpOptions): Promise<HttpListener> {
  const server = createServer(
    {
      maxHeaderSize: HEAD_BYTES_MAX,
      headersTimeout: HEAD_MS,
      requestTimeout: HEAD_MS,
      connectionsCheckingInterval: 5000,
    },
    (request, response) => {
      answer(request, response, options).catch((cause: Error) => {
        if (!response.headersSent) send(response, 500, problem("INTERNAL", cause.message))
      })
    },
  )
  server.maxConnections = CONNECTIONS_MAX
  try {
    await listening(server, options)
  } catch (cause) {
    return { kind: "refused", message: refusal(cause as NodeJS.ErrnoException, options) }
  }
  server.on("error", () => {})
  const at = server.address()
  const port = typeof at === "object" && at !== null ? at.port : options.port
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
  return { kind: "open", addr: formatHostPort(options.host, port), close }
}

function listening(server: Server, { host, port }: HttpOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject)
    server.listen({ host, port, exclusive: true }, () => {
      server.off("error", reject)
      resolve()
    })
  })
}

function refusal(error: NodeJS.ErrnoException, { host, port }: HttpOptions): string {
  const where = `HTTP ${formatHostPort(host, port)}`
  if (error.code !== "EADDRINUSE") return `${where} cannot be opened: ${error.message}; set httpAddr, or off`
  return `${where} is used by ${portOwner("TCP", port) ?? "another process"}; set httpAddr to another address, or off`
}

async function answer(request: IncomingMessage, response: ServerResponse, options: HttpOptions): Promise<void> {
  const path = (request.url ?? "").split("?")[0]
  // A body, if any, is of no interest and not waited for.
  request.resume()
  if (request.method !== "GET" && request.method !== "HEAD") {
    return send(response, 404, problem("NOT_FOUND", "this address is read-only: GET and HEAD"))
  }
  if (path === "/metrics") {
    const text = await options.metrics.text()
    response.writeHead(200, { "content-type": options.metrics.contentType })
    response.end(text)
    return
  }
  if (path === "/readyz" || path === "/livez") {
    const items = [...options.readiness()].sort((a, b) => (a.name < b.name ? -1 : 1))
    const ready = items.every(({ ok }) => ok)
    // That this answers at all is the proof of life.
    return send(response, ready || path === "/livez" ? 200 : 503, { ready, items })
  }
  send(response, 404, problem("NOT_FOUND", "here are /metrics, /livez and /readyz; the API is on the Unix sockets"))
}

function problem(code: string, message: string): unknown {
  return { error: { code, message, outcome: "not-applied", retryable: false, details: {} } }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" })
  response.end(`${JSON.stringify(body)}\n`)
}
