import { createSocket } from "node:dgram"
import { once } from "node:events"
import { createServer } from "node:net"
import type { Addr } from "@conclave/base"
import { numericHostPort } from "conclave/host-port"
import { noDisk } from "conclave/node/disk"
import { type OpenPorts, openPorts, PortError } from "conclave/node/open-ports"
import { test } from "tap"
import { memberId } from "./member-id.ts"
import { until } from "./until.ts"

function open(letter: string, port = 0): Promise<OpenPorts> {
  return openPorts({
    bind: { host: "127.0.0.1", port },
    advertise: { host: "127.0.0.1", port: 0 },
    id: memberId(letter),
    cluster: "test",
    disk: noDisk("/nonexistent", "EROFS", "read-only"),
    directory: "/nonexistent",
    log: { write: () => {} },
  })
}

function portOf(addr: Addr): number {
  return numericHostPort(addr)?.port ?? 0
}

test("UDP and TCP have one number, and the address is the one that others reach", async (t) => {
  const [a, b] = await Promise.all([open("a"), open("b")])
  let got = 0
  let asked = ""
  b.datagrams.onReceive(() => got++)
  b.links.onRequest((source, _body, reply) => {
    asked = source
    reply([])
  })
  a.datagrams.send(b.addr, Uint8Array.of(1))
  const answer = await new Promise((resolve) => a.links.request(b.addr, Uint8Array.of(1), 30_000, resolve))
  t.same(answer, { ok: true, pages: [] })
  t.equal(asked, a.addr)
  await until("the datagram arrives", () => got === 1)
  t.equal(a.bound, a.addr)
  t.not(a.seed(), a.seed())
  await Promise.all([a.close(), b.close()])
})

test("a taken port is refused with the name of who has it", async (t) => {
  const udp = createSocket("udp4")
  udp.bind(0, "127.0.0.1")
  await once(udp, "listening")
  const { port } = udp.address()
  await t.rejects(open("a", port), {
    name: "PortError",
    message: new RegExp(`^UDP 127\\.0\\.0\\.1:${port} is used by .*\\(pid ${process.pid}\\); .*--bind`),
  })
  udp.close()
  const tcp = createServer().listen(0, "127.0.0.1")
  await once(tcp, "listening")
  const taken = (tcp.address() as { port: number }).port
  await t.rejects(open("a", taken), {
    name: "PortError",
    message: new RegExp(`^TCP 127\\.0\\.0\\.1:${taken} is used by .*\\(pid ${process.pid}\\)`),
  })
  // The UDP socket that was opened first is given back.
  tcp.close()
  await once(tcp, "close")
  const free = await open("a", taken)
  t.equal(portOf(free.addr), taken)
  await free.close()
})

test("an address that this machine does not have is refused with the next step", async (t) => {
  const wish = openPorts({
    bind: { host: "192.0.2.77", port: 0 },
    advertise: { host: "192.0.2.77", port: 0 },
    id: memberId("a"),
    cluster: "test",
    disk: noDisk("/nonexistent", "EROFS", "read-only"),
    directory: "/nonexistent",
    log: { write: () => {} },
  })
  await t.rejects(
    wish,
    new PortError("UDP 192.0.2.77:0: this machine does not have that address; set --bind to one that it has"),
  )
})
