import type { Addr } from "@conclave/base"
import { ANSWERS } from "conclave/node/links/link-opening"
import { REQUEST_BYTES_MAX } from "conclave/node/links/link-pages"
import { test } from "tap"
import { A, addrOf, B, freePort, LIMIT_MS, listening, openPeer, request, watch } from "../link-stage.ts"
import { until } from "../until.ts"

test("each failure of a request says why", async (t) => {
  const a = await openPeer(A)
  const other = await openPeer(B, { cluster: "other" })
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

test("a watch link is refused where nobody, another member or another cluster answers", async (t) => {
  const a = await openPeer(A)
  const b = await openPeer(B)
  const other = await openPeer(B, { cluster: "other" })
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
  const a = await openPeer(A)
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

test("what is under way when the agent goes is told so", async (t) => {
  const a = await openPeer(A)
  const silent = await listening(() => {})
  const result = request(a, addrOf(silent), Uint8Array.of(1))
  const link = watch(a, addrOf(silent), B)
  await a.links.close()
  t.same(await result, { ok: false, why: "reset" })
  await until("the link ends", () => link.events.length > 0)
  t.same(link.events, ["failed"])
  silent.close()
})
