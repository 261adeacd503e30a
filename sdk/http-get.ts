import { connect } from "node:net"
import { openError } from "./dial.ts"
import { ConclaveError, errorFromAgent } from "./errors.ts"
import { onAbort } from "./on-abort.ts"

/** The largest answer there is: 10,000 members with full tags. */
const ANSWER_BYTES_MAX = 64 * 1024 * 1024

/** As `SdkPorts.httpGet`. */
export function httpGet(path: string, target: string, signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const socket = connect({ path })
    const chunks: Buffer[] = []
    let bytes = 0
    const settle = (act: () => void): void => {
      forget()
      socket.destroy()
      act()
    }
    const forget = onAbort(signal, () => settle(() => reject(signal.reason)))
    socket.on("error", (error) => settle(() => reject(openError(path, error))))
    socket.on("close", () => settle(() => finish(Buffer.concat(chunks), resolve, reject)))
    socket.on("connect", () => {
      socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
    })
    socket.on("data", (chunk: Buffer) => {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes > ANSWER_BYTES_MAX) settle(() => reject(unreadable()))
    })
  })
}

/** The agent sends single answers with their length; here the end of the connection is theirs, too. */
function finish(bytes: Buffer, resolve: (answer: unknown) => void, reject: (error: unknown) => void): void {
  const end = bytes.indexOf("\r\n\r\n")
  const head = bytes.subarray(0, Math.max(end, 0)).toString("latin1")
  const length = Number(/^content-length: *(\d+)$/im.exec(head)?.[1] ?? Number.NaN)
  const body = bytes.subarray(end + 4)
  if (end < 0 || body.length !== length) return reject(unreadable())
  try {
    const answer = JSON.parse(body.toString("utf8")) as { readonly error?: unknown }
    if (head.startsWith("HTTP/1.1 200")) resolve(answer)
    else reject(errorFromAgent(answer.error))
  } catch {
    reject(unreadable())
  }
}

function unreadable(): ConclaveError {
  return new ConclaveError("AGENT_UNAVAILABLE", "the agent's answer did not come whole", {
    outcome: "unknown",
    retryable: true,
  })
}

/** The query of a GET: a list is a key given several times. */
export function queryOf(input: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(input)) {
    for (const each of Array.isArray(value) ? value : [value]) if (each !== undefined) query.append(key, String(each))
  }
  const text = query.toString()
  return text === "" ? "" : `?${text}`
}
