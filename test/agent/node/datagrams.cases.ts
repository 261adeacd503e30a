import type { Addr } from "@conclave/base"
import { formatHostPort } from "conclave/host-port"
import { IN_FLIGHT_PACKETS_MAX, type OpenDatagrams, openDatagrams, unmapped } from "conclave/node/datagrams"
import { test } from "tap"
import { until } from "./until.ts"

function addrOf(datagrams: OpenDatagrams, host = datagrams.bound.host): Addr {
  return formatHostPort(host, datagrams.bound.port)
}

function received(datagrams: OpenDatagrams): { source: Addr; bytes: Uint8Array }[] {
  const all: { source: Addr; bytes: Uint8Array }[] = []
  datagrams.onReceive((source, bytes) => all.push({ source, bytes: Uint8Array.from(bytes) }))
  return all
}

test("datagrams arrive with their numeric source and are counted at both ends", async (t) => {
  const a = await openDatagrams({ host: "127.0.0.1", port: 0 })
  const b = await openDatagrams({ host: "127.0.0.1", port: 0 })
  const got = received(b)
  a.send(addrOf(b), Uint8Array.of(1, 2, 3))
  await until("the datagram arrives", () => got.length === 1)
  t.same(got, [{ source: addrOf(a), bytes: Uint8Array.of(1, 2, 3) }])
  t.match(a.traffic(), { sentPackets: 1, sentBytes: 3 })
  t.match(b.traffic(), { receivedPackets: 1, receivedBytes: 3 })
  t.equal(b.received(), 1)
  t.ok(a.receiveBufferBytes > 0, "what the kernel granted is known")
  t.equal(b.kernelDrops(), 0)
  await Promise.all([a.close(), b.close()])
})

test("a send that cannot work is counted and ends nothing", async (t) => {
  const a = await openDatagrams({ host: "127.0.0.1", port: 0 })
  const got = received(a)
  a.send(addrOf(a), new Uint8Array(70_000))
  await until("an oversized datagram is counted", () => a.sendErrors() === 1)
  a.send("name.invalid:7951" as Addr, new Uint8Array(1))
  a.send("127.0.0.1:0" as Addr, new Uint8Array(1))
  a.send("[::1]:7951" as Addr, new Uint8Array(1))
  a.send("nonsense" as Addr, new Uint8Array(1))
  t.equal(a.sendErrors(), 5)
  a.send(addrOf(a), Uint8Array.of(9))
  await until("the socket still works", () => got.length === 1)
  await a.close()
  a.send(addrOf(a), Uint8Array.of(9))
  t.equal(a.sendErrors(), 6, "after the end, too")
})

test("what is handed over at once is bounded; the rest is dropped and counted", async (t) => {
  const a = await openDatagrams({ host: "127.0.0.1", port: 0 })
  for (let sent = 0; sent < IN_FLIGHT_PACKETS_MAX + 10; sent++) a.send(addrOf(a), Uint8Array.of(1))
  t.equal(a.sendErrors(), 10)
  t.equal(a.traffic().sentPackets, IN_FLIGHT_PACKETS_MAX)
  await until("the queue empties", () => {
    a.send(addrOf(a), Uint8Array.of(1))
    return a.traffic().sentPackets > IN_FLIGHT_PACKETS_MAX
  })
  await a.close()
})

test("a datagram to nobody does not end the socket", async (t) => {
  const a = await openDatagrams({ host: "127.0.0.1", port: 0 })
  const gone = await openDatagrams({ host: "127.0.0.1", port: 0 })
  const nobody = addrOf(gone)
  await gone.close()
  const got = received(a)
  for (let sent = 0; sent < 10; sent++) a.send(nobody, Uint8Array.of(1))
  a.send(addrOf(a), Uint8Array.of(2))
  await until("own datagram arrives", () => got.length === 1)
  t.equal(a.sendErrors(), 0, "ICMP says nothing to an unconnected socket")
  await a.close()
})

test("an IPv4 peer has one name on a dual-stack socket", async (t) => {
  t.equal(unmapped("::ffff:10.0.0.5"), "10.0.0.5")
  t.equal(unmapped("::1"), "::1")
  t.equal(unmapped("10.0.0.5"), "10.0.0.5")
  const dual = await openDatagrams({ host: "::", port: 0 }).catch(() => undefined)
  if (dual === undefined) return t.comment("no IPv6 here")
  const v4 = await openDatagrams({ host: "127.0.0.1", port: 0 })
  const atDual = received(dual)
  const atV4 = received(v4)
  v4.send(addrOf(dual, "127.0.0.1"), Uint8Array.of(1))
  await until("the dual socket hears IPv4", () => atDual.length === 1)
  t.equal(atDual[0]?.source, addrOf(v4))
  dual.send(addrOf(v4), Uint8Array.of(2))
  await until("and speaks it", () => atV4.length === 1)
  await Promise.all([dual.close(), v4.close()])
})

test("a port in use is refused with the system's error", async (t) => {
  const a = await openDatagrams({ host: "127.0.0.1", port: 0 })
  await t.rejects(openDatagrams(a.bound), { code: "EADDRINUSE" })
  await a.close()
})
