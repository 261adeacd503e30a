import type { Socket } from "node:net"
import { NODE_PORTS } from "@conclave/sdk/node-ports"
import { Reconnector } from "@conclave/sdk/reconnector"
import { ViewFeed } from "@conclave/sdk/view-feed"
import { test } from "tap"
import { framed } from "../agent/local-stage.ts"
import { garbageServer } from "./garbage-server.ts"

const UPGRADED = Buffer.from("HTTP/1.1 101 Switching Protocols\r\n\r\n")
const HELLO = framed({ id: 1, out: { protocol: 1, agent: { name: "a", id: "x", version: "1" } } })

interface Item {
  readonly key: string
}

/** An agent that answers each watch with these lines, one list a watch; after `"cut"` it breaks off. */
async function watched(t: Parameters<typeof garbageServer>[0], answers: readonly (readonly (object | "cut")[])[]) {
  let [watches, id] = [0, 1]
  const asked: string[] = []
  const path = await garbageServer(t, (socket: Socket) => {
    id = 1
    socket.write(Buffer.concat([UPGRADED, HELLO]))
    socket.on("data", (chunk) => {
      if (!chunk.includes('"watch"')) return
      asked.push(chunk.toString("latin1").slice(4))
      id++
      for (const line of answers[watches++] ?? []) {
        if (line === "cut") socket.end()
        else socket.write(framed({ id, ...(line as object) }))
      }
    })
  })
  const reconnector = new Reconnector(path, "test", NODE_PORTS)
  t.teardown(() => reconnector.close())
  const options = {
    keyOf: ({ key }: Item) => key,
    compare: (a: Item, b: Item) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0),
  }
  return { feed: new ViewFeed<Item>(reconnector, { kind: "kv", prefix: "p" }, options), asked }
}

const view = (rev: number, keys: readonly string[], more: object = {}): object => ({
  ev: { type: "view", rev: String(rev), items: keys.map((key) => ({ key })), ...more },
})
const change = (rev: number, key: string, type = "put"): object => ({
  ev: { type: "change", rev: String(rev), changes: [{ type, item: { key } }] },
})

test("after a broken connection it goes on behind what it saw, without a view and without a gap", async (t) => {
  const { feed, asked } = await watched(t, [
    [view(3, ["b"]), "cut"],
    [change(5, "a"), change(6, "b", "delete")],
  ])
  const views = feed.iterate(undefined)
  t.match((await views.next()).value, { rev: 3n, items: [{ key: "b" }], reset: false })
  const seen = []
  while (seen.at(-1)?.rev !== 6n) seen.push((await views.next()).value)
  t.same(
    seen.flatMap(({ changes }) => changes.map((each: { readonly rev: bigint }) => each.rev)),
    [5n, 6n],
  )
  t.match(seen.at(-1), { items: [{ key: "a" }], reset: false })
  t.match(asked, [/"in":\{"kind":"kv","prefix":"p"\}/, /"from":"3"/])
})

test("where history is gone the next view says reset, and half a view of before counts for nothing", async (t) => {
  const lines = [view(9, ["x", "z"], { more: true, reset: true }), view(9, ["y"])]
  const { feed } = await watched(t, [[view(3, ["b"]), view(4, ["c"], { more: true, reset: true }), "cut"], lines])
  const views = feed.iterate(undefined)
  t.match((await views.next()).value, { rev: 3n })
  const { value } = await views.next()
  t.match(value, { rev: 9n, reset: true, changes: [] })
  t.same(value.items, [{ key: "x" }, { key: "y" }, { key: "z" }])
})

test("without a quorum it is tried again; what the agent refuses for good is thrown", async (t) => {
  const failed = (code: string, retryable: boolean) => ({
    error: { code, message: "x", outcome: "not-applied", retryable },
  })
  const { feed } = await watched(t, [[failed("NO_QUORUM", true)], [view(3, ["b"]), failed("PERMISSION_DENIED", false)]])
  const views = feed.iterate(undefined)
  t.match((await views.next()).value, { rev: 3n })
  await t.rejects(views.next(), { code: "PERMISSION_DENIED" })
})
