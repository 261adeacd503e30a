import type { LogStore, Opened, StoreResult } from "conclave/log-store"
import type { Test } from "tap"
import { entryOf, hardState, metaOf } from "../wal/store-model.ts"
import { MINT, OWNER } from "../wal/store-stage.ts"
import type { Until } from "./local.ts"

interface Life {
  readonly store: LogStore
  /** Up to which writes were called durable, in the order in which that was said. */
  readonly durable: number[]
  readonly opened: Opened
}

/** What every log does, whoever plays its thread and its disk; `reopen` is what the next process has. */
export async function keepsStoreContract(
  t: Test,
  {
    store,
    reopen,
    until,
  }: { readonly store: LogStore; readonly reopen: () => Promise<LogStore>; readonly until: Until },
): Promise<void> {
  const first = await live(t, store, until)
  t.same(first.opened, { kind: "nothing" })
  t.same(await resultOf(until, (done) => store.create(MINT, done)), { ok: true })
  await persists(t, first, until)
  await keepsSnapshots(t, store, until)
  const second = await live(t, await reopen(), until)
  t.match(second.opened, { kind: "open", identity: { cluster: MINT.cluster, replica: MINT.replica } })
  if (second.opened.kind !== "open") return
  const { entries, hardState: state, snapshot } = second.opened.stored
  t.equal(snapshot.index, 3)
  t.same(
    entries.map(({ index, data }) => [index, data[0]]),
    [4, 5].map((index) => [index, index]),
    "what lies behind the newest snapshot, as it was when it was handed over",
  )
  t.match(state, { term: 2, vote: "r1", commit: 3 })
  t.same(await resultOf(until, (done) => second.store.retire(done)), { ok: true })
  t.same(await resultOf(until, (done) => second.store.discardRetired(done)), { ok: true })
  let isClosed = false
  second.store.close(() => {
    isClosed = true
  })
  await until("it is closed", () => isClosed)
}

async function live(t: Test, store: LogStore, until: Until): Promise<Life> {
  const durable: number[] = []
  let opened: Opened | undefined
  const events = {
    persisted: (write: number) => void durable.push(write),
    failed: (message: string) => t.fail(message),
    roomChanged: () => {},
  }
  store.open(OWNER, events, (found) => {
    opened = found
  })
  t.equal(opened, undefined, "never from within the call")
  await until("it is open", () => opened !== undefined)
  t.equal(store.room, "ok")
  return { store, durable, opened: opened as unknown as Opened }
}

async function resultOf(until: Until, act: (done: (result: StoreResult) => void) => void): Promise<StoreResult> {
  const results: StoreResult[] = []
  act((result) => results.push(result))
  await until("it is answered", () => results.length > 0)
  return results[0] as StoreResult
}

async function persists(t: Test, { store, durable }: Life, until: Until): Promise<void> {
  t.equal(store.waitingSince, undefined)
  for (let write = 1; write <= 5; write++) {
    const bytes = new Uint8Array(300).fill(write)
    const state = write < 5 ? hardState(1, undefined, 0) : hardState(2, "r1", 3)
    store.persist({ write, epoch: 0, entries: [entryOf(write, 1, bytes)], hardState: state })
    bytes.fill(99)
  }
  t.type(store.waitingSince, "number")
  t.same(durable, [], "never from within the call")
  await until("all is durable", () => durable.at(-1) === 5)
  t.same(
    durable,
    [...new Set(durable)].sort((one, other) => one - other),
    "in order, each once",
  )
  t.equal(store.waitingSince, undefined)
}

async function keepsSnapshots(t: Test, store: LogStore, until: Until): Promise<void> {
  const writer = store.writeSnapshot(metaOf(3, 1))
  const chunks = [new Uint8Array(1000).fill(1), new Uint8Array(5).fill(2)]
  for (const chunk of chunks) t.same(await resultOf(until, (done) => writer.append(chunk, done)), { ok: true })
  t.same(await resultOf(until, (done) => writer.finish(done)), { ok: true })
  const given = store.writeSnapshot(metaOf(4, 1))
  t.ok((await resultOf(until, (done) => given.append(new Uint8Array(9).fill(1), done))).ok)
  given.abort()
  const read: unknown[] = []
  const reader = store.readSnapshot(metaOf(3, 1))
  for (let each = 0; each < 3; each++) {
    reader.next((chunk) => read.push(chunk))
    await until("it is read", () => read.length > each)
  }
  reader.close()
  t.same(read, [...chunks.map((bytes) => ({ kind: "chunk", bytes })), { kind: "end" }])
  const missing = store.readSnapshot(metaOf(4, 1))
  missing.next((chunk) => read.push(chunk))
  await until("it is not there", () => read.length > 3)
  missing.close()
  t.match(read[3], { kind: "unreadable" })
}
