import { connect, type Socket } from "node:net"
import { takeBytes } from "conclave/node/links/take-bytes"
import { test } from "tap"
import { listening } from "../link-stage.ts"
import { until } from "../until.ts"

test("bytes are taken however they are cut, and what follows is still there", async (t) => {
  const arrived: Socket[] = []
  const server = await listening((socket) => {
    socket.pause()
    arrived.push(socket)
  })
  const client = connect((server.address() as { port: number }).port, "127.0.0.1")
  await until("it is there", () => arrived.length === 1)
  const stream = arrived[0] as Socket
  const taken: number[][] = []
  takeBytes(stream, 3, (bytes) => taken.push([...bytes]))
  stream.resume()
  for (const byte of [1, 2]) client.write(Uint8Array.of(byte))
  await until("two have come", () => stream.bytesRead === 2)
  t.same(taken, [])
  client.write(Uint8Array.of(3, 4, 5))
  await until("three are taken", () => taken.length > 0)
  const rest: number[] = []
  stream.on("data", (chunk) => rest.push(...chunk))
  stream.resume()
  client.write(Uint8Array.of(6))
  await until("the others are there", () => rest.length === 3)
  t.same([taken, rest], [[[1, 2, 3]], [4, 5, 6]])
  client.destroy()
  server.close()
})
