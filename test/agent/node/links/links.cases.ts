import type { Addr } from "@conclave/base"
import { PAGE_BYTES_MAX, REQUEST_BYTES_MAX } from "conclave/node/links/link-pages"
import { test } from "tap"
import { A, B, opening, openPeer, raw, request, watch } from "../link-stage.ts"
import { until } from "../until.ts"

test("a request gets its pages, and the peer learns the advertised address", async (t) => {
  const a = await openPeer(A)
  const b = await openPeer(B)
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
  const a = await openPeer(A)
  a.links.onRequest((_source, _body, reply) => reply([]))
  t.same(await request(a, a.addr, new Uint8Array(0)), { ok: true, pages: [] })
  await a.links.close()
})

test("a watch link is up, outlives the unfinished limit and goes down when the peer ends", async (t) => {
  const a = await openPeer(A)
  const b = await openPeer(B, { unfinishedMs: 100 })
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
  const a = await openPeer(A)
  const b = await openPeer(B)
  const link = watch(a, b.addr, B)
  await until("the link is up", () => link.events.length > 0)
  link.close()
  await until("the other side noticed", () => b.links.connections() === 0)
  t.same(link.events, ["up"])
  await Promise.all([a.links.close(), b.links.close()])
})
