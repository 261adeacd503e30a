import type { Socket } from "node:net"

/**
 * Sends what is left to say and hangs up, without cutting the answer off: what the client still sends is thrown away,
 * since closing a Unix socket with unread bytes resets the other end (unix(7)). A client that does not hang up itself
 * is cut after `lingerMs`.
 */
export function sayLast(socket: Socket, text: string | Uint8Array, lingerMs: number): void {
  socket.on("error", () => socket.destroy())
  const timer = setTimeout(() => socket.destroy(), lingerMs)
  socket.once("close", () => clearTimeout(timer))
  socket.resume()
  socket.end(text)
}

/** An answer in HTTP where there is no response object any more, or not yet. */
export function httpText(status: string, error: object, headers = ""): string {
  const body = JSON.stringify({ error })
  const length = Buffer.byteLength(body)
  const head = `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n${headers}`
  return `${head}Connection: close\r\n\r\n${body}`
}
