import { once } from "node:events"
import { connect, createServer, type Socket } from "node:net"
import { LinkTraffic } from "conclave/node/links/link-traffic"
import { test } from "tap"

test("bytes of open and of ended streams are counted, each once", async (t) => {
  const server = createServer((socket) => socket.pipe(socket))
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as { port: number }
  const traffic = new LinkTraffic()
  const echoed = async (bytes: number): Promise<Socket> => {
    const socket = connect(port, "127.0.0.1")
    traffic.count(socket)
    socket.write(new Uint8Array(bytes))
    for (let got = 0; got < bytes; ) got += ((await once(socket, "data")) as [Buffer])[0].length
    return socket
  }
  t.same(traffic.total(), { sentPackets: 0, sentBytes: 0, receivedPackets: 0, receivedBytes: 0 })
  const first = await echoed(10)
  const second = await echoed(300)
  t.match(traffic.total(), { sentBytes: 310, receivedBytes: 310 })
  first.destroy()
  await once(first, "close")
  t.match(traffic.total(), { sentBytes: 310, receivedBytes: 310 }, "what has ended stays counted")
  second.destroy()
  await once(second, "close")
  t.match(traffic.total(), { sentPackets: 0, sentBytes: 310, receivedPackets: 0, receivedBytes: 310 })
  server.close()
})
