import { millis } from "@conclave/base"
import { closed } from "conclave/wal/refusal"
import type { StoreReply, StoreRequest } from "conclave/wal/requests"
import { StoreClient } from "conclave/wal/store-client"
import { test } from "tap"
import { entryOf, hardState, metaOf } from "./store-model.ts"
import { MINT, OWNER } from "./store-stage.ts"

function connected(): {
  client: StoreClient
  sent: StoreRequest[]
  heard: string[]
  reply: (reply: StoreReply) => void
  at: (ms: number) => void
} {
  const sent: StoreRequest[] = []
  const heard: string[] = []
  let reply: (reply: StoreReply) => void = () => {}
  let nowMs = 0
  const courier = {
    post: (request: StoreRequest) => sent.push(request),
    onReply: (handler: typeof reply) => {
      reply = handler
    },
  }
  const client = new StoreClient(courier, () => millis(nowMs))
  const events = {
    persisted: (write: number, epoch: number) => heard.push(`persisted ${write} ${epoch}`),
    failed: (message: string) => heard.push(`failed ${message}`),
    roomChanged: (room: string) => heard.push(`room ${room}`),
  }
  client.open(OWNER, events, ({ kind }) => heard.push(kind))
  const at = (ms: number): void => {
    nowMs = ms
  }
  return { client, sent, heard, reply: (each) => reply(each), at }
}

const writeOf = (write: number) => ({ write, epoch: 2, entries: [], hardState: hardState(1, undefined, 0) })

test("an answer goes to whoever asked, and events to whoever opened", (t) => {
  const { client, heard, reply } = connected()
  client.create(MINT, ({ ok }) => heard.push(`created ${ok}`))
  reply({ kind: "opened", call: 1, opened: { kind: "nothing" } })
  reply({ kind: "result", call: 2, result: { ok: true } })
  reply({ kind: "result", call: 2, result: { ok: true } })
  reply({ kind: "room", room: "low" })
  t.same(heard, ["nothing", "created true", "room low"])
  t.equal(client.room, "low")
  t.throws(() => client.open(OWNER, { persisted: () => {}, failed: () => {}, roomChanged: () => {} }, () => {}))
  t.end()
})

test("the oldest write that waits tells how long the disk has been at it", (t) => {
  const { client, heard, reply, at } = connected()
  for (const write of [1, 2, 3]) {
    at(10 * write)
    client.persist(writeOf(write))
  }
  t.equal(client.waitingSince, 10)
  reply({ kind: "persisted", write: 2, epoch: 2 })
  t.equal(client.waitingSince, 30)
  reply({ kind: "persisted", write: 3, epoch: 2 })
  t.equal(client.waitingSince, undefined)
  t.same(heard, ["persisted 2 2", "persisted 3 2"])
  t.end()
})

test("behind a failure, or while it is retired, nothing is heard of a replica", (t) => {
  const { client, sent, heard, reply } = connected()
  client.persist(writeOf(1))
  reply({ kind: "failed", message: "EIO" })
  reply({ kind: "persisted", write: 1, epoch: 2 })
  reply({ kind: "failed", message: "again" })
  const before = sent.length
  client.persist(writeOf(2))
  t.equal(sent.length, before)
  t.equal(client.waitingSince, undefined)
  client.retire(() => heard.push("retired"))
  client.create(MINT, () => heard.push("created"))
  client.persist(writeOf(1))
  reply({ kind: "persisted", write: 1, epoch: 2 })
  t.same(heard, ["failed EIO", "persisted 1 2"])
  t.end()
})

test("what is sent shares no bytes with the caller's, and says where the log ends", (t) => {
  const { client, sent } = connected()
  const shared = new Uint8Array(4096).fill(7)
  const entries = [entryOf(4, 1, shared.subarray(8, 12))]
  client.persist({ ...writeOf(1), entries })
  client.writeSnapshot(metaOf(3, 1)).append(shared.subarray(0, 5), () => {})
  client.persist({ ...writeOf(2), truncateFrom: entryOf(3, 1, shared).index })
  client.persist({ ...writeOf(3), snapshot: metaOf(9, 2) })
  const persists = sent.filter((each) => each.kind === "persist")
  t.same(
    persists.map(({ last }) => last),
    [
      { index: 4, term: 1 },
      { index: 2, term: 0 },
      { index: 9, term: 2 },
    ],
  )
  t.ok((persists[0]?.records.buffer.byteLength ?? 0) < 200)
  const chunk = sent.find((each) => each.kind === "appendSnapshot")
  t.equal(chunk?.kind === "appendSnapshot" && chunk.chunk.buffer.byteLength, 5)
  t.end()
})

test("a store that was closed or has failed is opened again, and its new replica's writes are heard of", (t) => {
  const { client, sent, heard, reply } = connected()
  const events = { persisted: (write: number) => heard.push(`new ${write}`), failed: () => {}, roomChanged: () => {} }
  reply({ kind: "opened", call: 1, opened: closed("io-error", "EACCES") })
  client.persist(writeOf(1))
  t.equal(sent.length, 1, "nothing is written to a log that is closed")
  client.open(OWNER, events, ({ kind }) => heard.push(kind))
  reply({ kind: "opened", call: 2, opened: { kind: "nothing" } })
  reply({ kind: "failed", message: "EIO" })
  client.open(OWNER, events, ({ kind }) => heard.push(kind))
  reply({ kind: "opened", call: 3, opened: { kind: "nothing" } })
  client.persist(writeOf(2))
  reply({ kind: "persisted", write: 2, epoch: 2 })
  t.same(heard, ["closed", "nothing", "nothing", "new 2"])
  t.end()
})
