import { createServer, type Socket } from "node:net"
import { join } from "node:path"
import { temporaryDirectory } from "../agent/local-stage.ts"

type Teardown = Parameters<typeof temporaryDirectory>[0]

/** Something that listens on a Unix socket and is no agent. */
export async function garbageServer(t: Teardown, serve: (socket: Socket, connection: number) => void): Promise<string> {
  const path = join(temporaryDirectory(t), "garbage.sock")
  const sockets = new Set<Socket>()
  let connections = 0
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on("error", () => {})
    serve(socket, connections++)
  })
  await new Promise<void>((resolve) => server.listen(path, resolve))
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
    return new Promise((resolve) => server.close(resolve))
  })
  return path
}
