import type { IncomingMessage, ServerResponse } from "node:http"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import type { Call } from "../../api/call.ts"
import { isProblem, problem } from "../../api/problem.ts"
import { headerLine } from "../../group/backup-file.ts"
import type { Backups, Saved } from "../backups.ts"
import { sendJson, sendProblem } from "./http-reply.ts"

/** So many signs of life of a restore at work, in the time that a client without octets is given. */
const SIGNS = 3

export interface OctetsExchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly backups: Pick<Backups, "save" | "restore">
  readonly timeoutMs: number
  /** A client that neither sends nor takes anything for this long is cut. */
  readonly octetsMs: number
}

/** A saved state out, or in: a line with its header, then octets. */
export function answerOctets(call: Extract<Call, { kind: "octets" }>, exchange: OctetsExchange): void {
  const { response } = exchange
  const done = call.op === "snapshot.save" ? send(exchange) : receive(call.confirm, exchange)
  done.catch((cause: Error) => {
    // Cut in the middle there is nothing left to say; the length that was announced tells.
    if (response.headersSent || response.destroyed) return void response.destroy()
    sendProblem(response, problem("INTERNAL", cause.message))
  })
}

async function send({ response, backups, timeoutMs, octetsMs }: OctetsExchange): Promise<void> {
  const saved = await backups.save(timeoutMs)
  if (isProblem(saved)) return sendProblem(response, saved)
  try {
    if (response.destroyed) return
    const line = Buffer.from(headerLine(saved.header))
    response.setTimeout(octetsMs, () => response.destroy())
    response.writeHead(200, {
      "content-type": "application/octet-stream",
      "content-length": line.length + saved.header.bytes,
      "cache-control": "no-store",
    })
    await pipeline(Readable.from(all(line, saved)), response)
  } finally {
    await saved.close()
  }
}

async function* all(line: Uint8Array, { octets }: Saved): AsyncGenerator<Uint8Array> {
  yield line
  yield* octets()
}

async function receive(confirm: string, exchange: OctetsExchange): Promise<void> {
  const { request, response, backups, timeoutMs, octetsMs } = exchange
  const signs = setInterval(() => {
    if (request.complete && request.httpVersion !== "1.0" && !response.headersSent) response.writeProcessing()
  }, octetsMs / SIGNS)
  try {
    const restored = await backups.restore(confirm, bodyOf(exchange), timeoutMs)
    if (!isProblem(restored)) return sendJson(response, 200, restored)
    // Whoever still sends would hear of a connection that broke instead of the answer.
    for await (const _ of bodyOf(exchange));
    sendProblem(response, restored)
  } finally {
    clearInterval(signs)
  }
}

/** Whoever has sent all of it may wait for the answer as long as that takes. */
async function* bodyOf({ request, octetsMs }: OctetsExchange): AsyncGenerator<Uint8Array> {
  request.setTimeout(octetsMs, () => request.destroy())
  yield* request.iterator({ destroyOnReturn: false })
  request.setTimeout(0)
}
