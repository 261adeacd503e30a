import { connect } from "node:net"
import { hashText } from "@conclave/base"
import { ANSWERS, encodeOpening } from "conclave/node/links/link-opening"
import { PAGE_BYTES_MAX } from "conclave/node/links/link-pages"
import { INBOUND_MAX, STRANGERS_MAX, STRANGERS_OF_ONE_MAX } from "conclave/node/links/link-server"
import { test } from "tap"
import { A, B, CLUSTER, opening, openPeer, raw, request, watch } from "../link-stage.ts"
import { until } from "../until.ts"

test("a reply that no receiver would take ends the stream", async (t) => {
  const a = await openPeer(A)
  a.links.onRequest((_source, _body, reply) => reply([new Uint8Array(PAGE_BYTES_MAX + 1)]))
  t.same(await request(a, a.addr, Uint8Array.of(1)), { ok: false, why: "reset" })
  await a.links.close()
})

test("garbage, a 1 GB frame and half a frame end their stream and nothing else", async (t) => {
  const b = await openPeer(B, { unfinishedMs: 200 })
  b.links.onRequest((_source, body, reply) => reply([body]))
  const tls = raw(b, Uint8Array.of(0x16, 0x03, 0x01, 0x02))
  const http = raw(b, new TextEncoder().encode("GET / HTTP/1.1\r\n\r\n"))
  const gigabyte = raw(b, Uint8Array.of(...opening, 0x40, 0, 0, 0))
  const halfOpening = raw(b, opening.subarray(0, 7))
  const halfFrame = raw(b, Uint8Array.of(...opening, 0, 0, 0, 9, 1))
  const version = raw(b, Uint8Array.of(...opening.subarray(0, 4), 99, ...opening.subarray(5)))
  const badKind = raw(b, Uint8Array.of(...opening.subarray(0, 5), 77, ...opening.subarray(6)))
  for (const each of [tls, http, gigabyte, halfOpening, halfFrame, version, badKind]) {
    await until("the stream is closed", each.closed)
  }
  t.same(version.got, [ANSWERS.otherVersion])
  t.same(gigabyte.got, [ANSWERS.welcome])
  t.same(tls.got, [])
  t.match(b.links.refusals(), { garbage: 5, unfinished: 2, busy: 0 })
  const still = await request(b, b.addr, Uint8Array.of(5))
  t.ok(still.ok, "others are served")
  await b.links.close()
})

test("an opening may come byte by byte", async (t) => {
  const b = await openPeer(B)
  b.links.onRequest((_source, body, reply) => reply([body]))
  const slow = raw(b, new Uint8Array(0))
  for (const byte of [...opening, 0, 0, 0, 1, 42]) {
    slow.socket.write(Uint8Array.of(byte))
    await new Promise((resolve) => setImmediate(resolve))
  }
  await until("the answer comes", slow.closed)
  t.same(slow.got, [ANSWERS.welcome, 0, 0, 0, 2, 0, 42, 0, 0, 0, 1, 1])
  await b.links.close()
})

test("of too many strangers the one that waits longest gives way; agents are served all the while", async (t) => {
  const b = await openPeer(B, { isHome: () => true })
  b.links.onRequest((_source, body, reply) => reply([body]))
  const link = watch(b, b.addr, B)
  await until("the link is up", () => link.events.length > 0)
  const strangers: ReturnType<typeof raw>[] = []
  for (let each = 0; each < STRANGERS_MAX; each++) {
    strangers.push(raw(b, opening.subarray(0, 3)))
    await until("it is met", () => b.links.connections() === each + 2)
  }
  t.notOk(
    strangers.some(({ closed }) => closed()),
    "as many as may be",
  )
  const next = raw(b, opening.subarray(0, 3))
  await until("the first gives way", () => strangers[0]?.closed() === true)
  t.same(strangers[0]?.got, [], "without a word")
  t.equal(strangers.filter(({ closed }) => closed()).length, 1)
  t.notOk(next.closed())
  t.ok((await request(b, b.addr, Uint8Array.of(1))).ok)
  t.same(link.events, ["up"], "watch links stay")
  for (const { socket } of [...strangers, next]) socket.destroy()
  await b.links.close()
})

test("a place from which no member comes has few that wait, and costs the others nothing", async (t) => {
  const b = await openPeer(B, { isHome: (host) => host === "127.0.0.1" })
  b.links.onRequest((_source, body, reply) => reply([body]))
  const [own, others] = [[] as ReturnType<typeof raw>[], [] as ReturnType<typeof raw>[]]
  for (let each = 0; each < STRANGERS_OF_ONE_MAX; each++) {
    own.push(raw(b, opening.subarray(0, 3)))
    others.push(raw(b, opening.subarray(0, 3), "127.0.0.2"))
  }
  await until("all are met", () => b.links.connections() === 2 * STRANGERS_OF_ONE_MAX)
  others.push(raw(b, opening.subarray(0, 3), "127.0.0.2"))
  await until("one of its own gives way", () => others.some(({ closed }) => closed()))
  t.notOk(own.some(({ closed }) => closed()))
  t.equal(b.links.refusals().busy, 1)
  t.ok((await request(b, b.addr, Uint8Array.of(1))).ok)
  for (const { socket } of [...own, ...others]) socket.destroy()
  await b.links.close()
})

test("streams over the limit are closed, the others go on", async (t) => {
  const b = await openPeer(B, { isHome: () => true })
  const held: ReturnType<typeof raw>[] = []
  for (let each = 1; each <= INBOUND_MAX; each++) {
    held.push(raw(b, opening))
    // Not all strangers at once.
    if (each % 64 === 0) await until("all are welcome", () => held.every(({ got }) => got.length === 1))
  }
  const next = raw(b, opening)
  await until("the next one is closed", next.closed)
  t.same(next.got, [], "nobody who is not known is told anything")
  held[0]?.socket.destroy()
  await until("there is room again", () => b.links.connections() < INBOUND_MAX)
  b.links.onRequest((_source, body, reply) => reply([body]))
  t.ok((await request(b, b.addr, Uint8Array.of(1))).ok)
  for (const { socket } of held) socket.destroy()
  await b.links.close()
})

test("a channel that is refused for want of room ends, also where its dialler does not", async (t) => {
  const b = await openPeer(B, { unfinishedMs: 200 })
  const channel = encodeOpening({ kind: "channel", label: hashText(CLUSTER), source: b.addr, target: undefined })
  // Nobody takes channels here. Whoever keeps its side open must not keep ours so.
  const socket = connect({ host: "127.0.0.1", port: b.port, allowHalfOpen: true }, () => socket.write(channel))
  const got: number[] = []
  socket.on("data", (chunk) => got.push(...chunk))
  socket.on("error", () => {})
  await until("it is told", () => got.length > 0)
  t.same(got, [ANSWERS.busy])
  await until("nothing is kept of it", () => b.links.connections() === 0)
  socket.destroy()
  await b.links.close()
})
