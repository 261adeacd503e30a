import { connect, createServer, type Server, type Socket } from "node:net"
import type { Addr, NodeId } from "@conclave/base"
import { hashText } from "@conclave/base"
import type { LinkEvent } from "@conclave/swim"
import { ANSWERS, encodeOpening } from "conclave/node/link-opening"
import { PAGE_BYTES_MAX, REQUEST_BYTES_MAX } from "conclave/node/link-pages"
import { INBOUND_MAX } from "conclave/node/link-server"
import { type OpenLinks, openLinks } from "conclave/node/links"
import type { RequestResult } from "conclave/ports"
import { test } from "tap"
import { memberId } from "./member-id.ts"
import { until } from "./until.ts"

const LIMIT_MS = 30_000
const CLUSTER = "test"
const A = memberId("a")
const B = memberId("b")

interface Peer {
  readonly links: OpenLinks
  readonly addr: Addr
  readonly port: number
}

/** A free port: bound and given back. TCP listens on the number that UDP got, so links take no port 0. */
async function freePort(): Promise<number> {
  const server = await listening(() => {})
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function open(id: NodeId, options: { cluster?: string; unfinishedMs?: number } = {}): Promise<Peer> {
  for (let tries = 0; ; tries++) {
    const port = await freePort()
    const addr = `127.0.0.1:${port}` as Addr
    try {
      const links = await openLinks({ host: "127.0.0.1", port, id, cluster: CLUSTER, advertised: addr, ...options })
      return { links, addr, port }
    } catch (cause) {
      if (tries === 20) throw cause
    }
  }
}

function listening(serve: (socket: Socket) => void): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer((socket) => {
      socket.on("error", () => {})
      // Else the end of the other side is never seen, and the socket stays.
      socket.resume()
      serve(socket)
    })
    server.listen({ host: "127.0.0.1", port: 0 }, () => resolve(server))
  })
}

function addrOf(server: Server): Addr {
  return `127.0.0.1:${(server.address() as { port: number }).port}` as Addr
}

function request(from: Peer, to: Addr, body: Uint8Array, limitMs: number = LIMIT_MS): Promise<RequestResult> {
  return new Promise((resolve) => from.links.request(to, body, limitMs, resolve))
}

/** A bare connection, and what came back on it. */
function raw(peer: Peer, bytes: Uint8Array): { socket: Socket; got: number[]; closed: () => boolean } {
  const got: number[] = []
  let closed = false
  const socket = connect({ host: "127.0.0.1", port: peer.port }, () => socket.write(bytes))
  socket.on("data", (chunk) => got.push(...chunk))
  socket.on("error", () => {})
  socket.on("close", () => {
    closed = true
  })
  return { socket, got, closed: () => closed }
}

const opening = encodeOpening({
  kind: "request",
  label: hashText(CLUSTER),
  source: "127.0.0.1:9" as Addr,
  target: undefined,
})

test("a request gets its pages, and the peer learns the advertised address", async (t) => {
  const a = await open(A)
  const b = await open(B)
  let source: Addr | undefined
  b.links.onRequest((from, body, reply) => {
    source = from
    reply([body, new Uint8Array(0), new Uint8Array(PAGE_BYTES_MAX).fill(7)])
  })
  const body = new Uint8Array(REQUEST_BYTES_MAX - 1).fill(3)
  const small = await request(a, b.addr, Uint8Array.of(1, 2))
  t.ok(small.ok && small.pages.length === 3)
  t.same(small.ok && small.pages[0], Uint8Array.of(1, 2))
  t.equal(small.ok && small.pages[1]?.length, 0, "an empty page is a page")
  t.equal(small.ok && small.pages[2]?.length, PAGE_BYTES_MAX)
  t.equal(source, a.addr)
  b.links.onRequest((_from, bytes, reply) => reply([Uint8Array.of(bytes.length & 255)]))
  const large = await request(a, b.addr, body)
  t.same(large.ok && large.pages, [Uint8Array.of(255)], "a body of the largest size arrives whole")
  t.ok(a.links.traffic().sentBytes > body.length)
  await until("streams are closed", () => b.links.connections() === 0)
  await Promise.all([a.links.close(), b.links.close()])
})

test("no pages at all are an answer, too", async (t) => {
  const a = await open(A)
  a.links.onRequest((_source, _body, reply) => reply([]))
  t.same(await request(a, a.addr, new Uint8Array(0)), { ok: true, pages: [] })
  await a.links.close()
})

test("each failure of a request says why", async (t) => {
  const a = await open(A)
  const other = await open(B, { cluster: "other" })
  const silent = await listening(() => {})
  const resetting = await listening((socket) => socket.resetAndDestroy())
  const garbled = await listening((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"))
  const busy = await listening((socket) => socket.end(Uint8Array.of(ANSWERS.busy)))
  const huge = await listening((socket) => socket.write(Uint8Array.of(ANSWERS.welcome, 0x40, 0, 0, 0)))
  const half = await listening((socket) => socket.end(Uint8Array.of(ANSWERS.welcome, 0, 0)))
  const free = `127.0.0.1:${await freePort()}` as Addr
  const why = async (to: Addr, limitMs = LIMIT_MS, body = Uint8Array.of(1)): Promise<string> => {
    const result = await request(a, to, body, limitMs)
    return result.ok ? "ok" : result.why
  }
  t.equal(await why(free), "refused")
  t.equal(await why(addrOf(silent), 50), "timeout")
  t.equal(await why(addrOf(resetting)), "reset")
  t.equal(await why(addrOf(garbled)), "protocol")
  t.equal(await why(addrOf(busy)), "reset")
  t.equal(await why(addrOf(huge)), "protocol", "a page of 1 GB is not waited for")
  t.equal(await why(addrOf(half)), "reset")
  t.equal(await why(other.addr), "otherCluster")
  t.equal(other.links.refusals().otherCluster, 1)
  t.equal(await why("name.invalid:7951" as Addr), "unreachable", "names are not looked up here")
  t.equal(await why(a.addr, LIMIT_MS, new Uint8Array(REQUEST_BYTES_MAX + 1)), "protocol")
  for (const server of [silent, resetting, garbled, busy, huge, half]) server.close()
  await Promise.all([a.links.close(), other.links.close()])
})

test("a reply that no receiver would take ends the stream", async (t) => {
  const a = await open(A)
  a.links.onRequest((_source, _body, reply) => reply([new Uint8Array(PAGE_BYTES_MAX + 1)]))
  t.same(await request(a, a.addr, Uint8Array.of(1)), { ok: false, why: "reset" })
  await a.links.close()
})

test("garbage, a 1 GB frame and half a frame end their stream and nothing else", async (t) => {
  const b = await open(B, { unfinishedMs: 200 })
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
  const b = await open(B)
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

test("streams over the limit are told so and closed, the others go on", async (t) => {
  const b = await open(B)
  b.links.onRequest((_source, body, reply) => reply([body]))
  const held = Array.from({ length: INBOUND_MAX }, () => raw(b, opening.subarray(0, 3)))
  await until("all are open", () => b.links.connections() === INBOUND_MAX)
  const next = raw(b, opening)
  await until("the next one is closed", next.closed)
  t.same(next.got, [ANSWERS.busy])
  held[0]?.socket.destroy()
  await until("there is room again", () => b.links.connections() < INBOUND_MAX)
  t.ok((await request(b, b.addr, Uint8Array.of(1))).ok)
  for (const { socket } of held) socket.destroy()
  await b.links.close()
})

function watch(from: Peer, to: Addr, id: NodeId): { events: LinkEvent[]; close: () => void } {
  const events: LinkEvent[] = []
  const link = from.links.watch(to, id, (event) => events.push(event))
  return { events, close: link.close }
}

test("a watch link is up, outlives the unfinished limit and goes down when the peer ends", async (t) => {
  const a = await open(A)
  const b = await open(B, { unfinishedMs: 100 })
  const link = watch(a, b.addr, B)
  await until("the link is up", () => link.events.length > 0)
  t.same(link.events, ["up"])
  const unfinished = raw(b, opening.subarray(0, 3))
  await until("an unfinished stream is closed", unfinished.closed)
  t.same(link.events, ["up"], "a silent link is not unfinished")
  await b.links.close()
  await until("the link is down", () => link.events.length > 1)
  t.same(link.events, ["up", "down"])
  await a.links.close()
})

test("a watch link that is closed here says nothing more and frees the other side", async (t) => {
  const a = await open(A)
  const b = await open(B)
  const link = watch(a, b.addr, B)
  await until("the link is up", () => link.events.length > 0)
  link.close()
  await until("the other side noticed", () => b.links.connections() === 0)
  t.same(link.events, ["up"])
  await Promise.all([a.links.close(), b.links.close()])
})

test("a watch link is refused where nobody, another member or another cluster answers", async (t) => {
  const a = await open(A)
  const b = await open(B)
  const other = await open(B, { cluster: "other" })
  const free = `127.0.0.1:${await freePort()}` as Addr
  for (const [to, id] of [
    [free, B],
    [b.addr, A],
    [other.addr, B],
  ] as const) {
    const link = watch(a, to, id)
    await until("the link ends", () => link.events.length > 0)
    t.same(link.events, ["refused"])
  }
  t.equal(b.links.refusals().otherMember, 1)
  await Promise.all([a.links.close(), b.links.close(), other.links.close()])
})

test("a watch link fails where nothing sensible answers", async (t) => {
  const a = await open(A)
  const ending = await listening((socket) => socket.end())
  const garbled = await listening((socket) => socket.end("nonsense"))
  const silent = await listening(() => {})
  const addrs = [addrOf(ending), addrOf(garbled), addrOf(silent), "name.invalid:1" as Addr]
  const links = addrs.map((to) => watch(a, to, B))
  await until("all have ended", () => links.every(({ events }) => events.length > 0))
  for (const { events } of links) t.same(events, ["failed"])
  for (const server of [ending, garbled, silent]) server.close()
  await a.links.close()
})
