import type { ServerResponse } from "node:http"
import type { Socket } from "node:net"

/** Answers that a connection still owes. */
const OWED: WeakMap<Socket, Set<ServerResponse>> = new WeakMap()

/**
 * Of a connection that ends Node tells only the response whose turn it is, not those of requests that were sent behind
 * it (RFC 9112 §9.3.2): they would never hear of it, and a hold among them would be kept for ever. Here they are told,
 * too.
 */
export function endWithConnection(socket: Socket, response: ServerResponse): void {
  const owed = OWED.get(socket) ?? owedBy(socket)
  owed.add(response)
  response.once("close", () => owed.delete(response))
}

function owedBy(socket: Socket): Set<ServerResponse> {
  const owed = new Set<ServerResponse>()
  OWED.set(socket, owed)
  socket.once("close", () => {
    for (const response of [...owed]) {
      // The one that has the socket is told by Node.
      if (response.socket !== null) continue
      response.destroy()
      response.emit("close")
    }
  })
  return owed
}
