import type { Socket } from "node:net"
import { HolderFeed } from "@conclave/sdk/holder-feed"
import { NODE_PORTS } from "@conclave/sdk/node-ports"
import { Reconnector } from "@conclave/sdk/reconnector"
import { test } from "tap"
import { framed } from "../agent/local-stage.ts"
import { garbageServer } from "./garbage-server.ts"

const UPGRADED = Buffer.from("HTTP/1.1 101 Switching Protocols\r\n\r\n")
const HELLO = framed({ id: 1, out: { protocol: 1, agent: { name: "a", id: "x", version: "1" } } })

/** An agent that answers each watch with these lines, one list a watch. */
async function watched(t: Parameters<typeof garbageServer>[0], answers: readonly (readonly object[])[]) {
  let [watches, id] = [0, 1]
  const asked: string[] = []
  const path = await garbageServer(t, (socket: Socket) => {
    id = 1
    socket.write(Buffer.concat([UPGRADED, HELLO]))
    socket.on("data", (chunk) => {
      if (!chunk.includes('"watch"')) return
      asked.push(chunk.toString("latin1").slice(4))
      id++
      for (const line of answers[watches++] ?? []) socket.write(framed({ id, ...line }))
    })
  })
  const reconnector = new Reconnector(path, "test", NODE_PORTS)
  t.teardown(() => reconnector.close())
  return { feed: new HolderFeed(reconnector, "election", "a"), asked }
}

function item(token: number | null, name = "a"): object {
  return { name, rev: "1", holders: token === null ? [] : [{ token: String(token) }] }
}

const change = (rev: number, ...items: object[]): object => ({
  ev: { type: "change", rev: String(rev), changes: items.map((each) => ({ type: "put", item: each })) },
})

test("a view in parts, then each change of the holder, and none of others", async (t) => {
  const view = (items: object[], more: boolean): object => ({ ev: { type: "view", rev: "1", items, more } })
  const lines = [view([item(1, "b")], true), view([item(2)], false), change(2, item(2)), change(3, item(9, "b"))]
  const gone = { ev: { type: "change", rev: "5", changes: [{ type: "delete", item: item(3) }] } }
  const { feed } = await watched(t, [[...lines, { ev: { type: "progress", rev: "3" } }, change(4, item(3)), gone]])
  const seen = feed.iterate(undefined)
  t.match((await seen.next()).value, { token: 2n })
  t.match((await seen.next()).value, { token: 3n })
  t.equal((await seen.next()).value, null)
})

test("it is resumed after what it saw, and tried again without a quorum", async (t) => {
  const passing = { error: { code: "NO_QUORUM", message: "x", outcome: "not-applied", retryable: true } }
  const { feed, asked } = await watched(t, [[passing], [change(7, item(4)), passing], [change(8, item(5))]])
  const seen = feed.iterate(undefined)
  t.match((await seen.next()).value, { token: 4n })
  t.match((await seen.next()).value, { token: 5n })
  t.match(asked, [/"name":"a"\}/, /"name":"a"\}/, /"from":"7"/])
})

test("what the agent refuses for good is thrown", async (t) => {
  const refusal = { error: { code: "PERMISSION_DENIED", message: "x", outcome: "not-applied", retryable: false } }
  const { feed } = await watched(t, [[refusal]])
  const seen = feed.iterate(undefined)
  await t.rejects(seen.next(), { code: "PERMISSION_DENIED" })
  t.match(await seen.next(), { done: true })
})
