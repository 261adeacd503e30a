import { createSocket } from "node:dgram"
import { once } from "node:events"
import { createServer } from "node:net"
import { portOwner } from "conclave/node/port-owner"
import { test } from "tap"

test("who has a port is read where it can be, for each protocol of its own", async (t) => {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as { port: number }
  t.match(portOwner("TCP", port), new RegExp(`\\(pid ${process.pid}\\)$`))
  server.close()
  await once(server, "close")
  t.equal(portOwner("TCP", port), undefined)
  const udp = createSocket("udp4")
  udp.bind(0, "127.0.0.1")
  await once(udp, "listening")
  t.match(portOwner("UDP", udp.address().port), new RegExp(`\\(pid ${process.pid}\\)$`))
  udp.close()
})
