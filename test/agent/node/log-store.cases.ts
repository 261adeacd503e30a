import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { millis } from "@conclave/base"
import type { LogStore, Opened, StoreResult } from "conclave/log-store"
import { openLogStore } from "conclave/node/log-store"
import { type Test, test } from "tap"
import { entryOf, hardState, metaOf } from "../wal/store-model.ts"
import { MINT, OWNER } from "../wal/store-stage.ts"

interface Opening {
  readonly store: LogStore
  readonly opened: Opened
  /** Resolves when this write is durable. */
  readonly persisted: (write: number) => Promise<void>
}

function folderFor(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), "conclave-log-"))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function open(folder: string): Promise<Opening> {
  const store = openLogStore(folder, () => millis(performance.now()))
  const waiting = new Map<number, () => void>()
  const events = {
    persisted: (write: number) => {
      for (const [each, done] of waiting) if (each <= write) done()
    },
    failed: (message: string) => {
      throw new Error(message)
    },
    roomChanged: () => {},
  }
  const opened = await new Promise<Opened>((resolve) => store.open(OWNER, events, resolve))
  const persisted = (write: number): Promise<void> => new Promise((resolve) => waiting.set(write, resolve))
  return { store, opened, persisted }
}

const create = (store: LogStore): Promise<StoreResult> => new Promise((resolve) => store.create(MINT, resolve))
const close = (store: LogStore): Promise<void> => new Promise((resolve) => store.close(resolve))

function writeOf(write: number, index: number) {
  return { write, epoch: 0, entries: [entryOf(index, 1, new Uint8Array(200))], hardState: hardState(1, undefined, 0) }
}

test("an agent without a replica has no directory and no thread for one", async (t) => {
  const folder = folderFor(t)
  const { store, opened } = await open(folder)
  t.same(opened, { kind: "nothing" })
  await close(store)
  t.notOk(existsSync(join(folder, "raft")))
})

test("what was persisted is there for the next process", async (t) => {
  const folder = folderFor(t)
  const first = await open(folder)
  t.same(await create(first.store), { ok: true })
  for (let write = 1; write <= 50; write++) first.store.persist(writeOf(write, write))
  t.type(first.store.waitingSince, "number")
  await first.persisted(50)
  t.equal(first.store.waitingSince, undefined)
  await close(first.store)
  const second = await open(folder)
  t.match(second.opened, { kind: "open", identity: { cluster: "c1", replica: "r1" }, remarks: [] })
  t.equal(second.opened.kind === "open" && second.opened.stored.entries.length, 50)
  await close(second.store)
})

test("a snapshot goes through the thread and back in its chunks", async (t) => {
  const { store } = await open(folderFor(t))
  await create(store)
  const writer = store.writeSnapshot(metaOf(7, 1))
  const chunks = [new Uint8Array(1000).fill(1), new Uint8Array(5).fill(2)]
  for (const chunk of chunks) t.ok((await new Promise<StoreResult>((done) => writer.append(chunk, done))).ok)
  t.ok((await new Promise<StoreResult>((done) => writer.finish(done))).ok)
  const reader = store.readSnapshot(metaOf(7, 1))
  for (const bytes of chunks) t.same(await new Promise((done) => reader.next(done)), { kind: "chunk", bytes })
  t.same(await new Promise((done) => reader.next(done)), { kind: "end" })
  reader.close()
  await close(store)
})

/** Writes one entry after another for ever, and says which one is durable. */
const WRITER = `
const { openLogStore } = await import(process.argv[1])
const { OWNER, MINT } = await import(process.argv[2])
const { entryOf, hardState } = await import(process.argv[3])
const store = openLogStore(process.argv[4], () => performance.now())
let write = 0
let last = 0
const next = () => store.persist({ write: ++write, epoch: 0, entries: [entryOf(++last, 1, new Uint8Array(700))], hardState: hardState(1, undefined, 0) })
const persisted = (upTo) => {
  process.stdout.write("durable " + (last - (write - upTo)) + "\\n")
  while (write - upTo < 8) next()
}
store.open(OWNER, { persisted, failed: (m) => { throw new Error(m) }, roomChanged: () => {} }, (opened) => {
  if (opened.kind === "closed") throw new Error(opened.message)
  last = opened.kind === "open" ? (opened.stored.entries.at(-1)?.index ?? 0) : 0
  process.stdout.write("opened " + last + "\\n")
  if (opened.kind === "open") next()
  else store.create(MINT, next)
})`

/** The words of one life, which ends by SIGKILL after `lines` of them. */
async function killedAfter(folder: string, lines: number): Promise<readonly string[]> {
  const programs = ["conclave/node/log-store", "../wal/store-stage.js", "../wal/store-model.js"]
  const urls = programs.map((each) =>
    each.startsWith(".") ? new URL(each, import.meta.url).href : import.meta.resolve(each),
  )
  const args = ["--input-type=module", "-e", WRITER, ...urls, folder]
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] })
  const said: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line)
    if (said.length === lines) child.kill("SIGKILL")
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit")
  return said
}

test("of a process that is killed again and again nothing is lost that it called durable", async (t) => {
  const folder = folderFor(t)
  let durable = 0
  for (let life = 0; life < 6; life++) {
    const said = await killedAfter(folder, 20 + 70 * life)
    const found = Number(said[0]?.split(" ")[1])
    t.ok(found >= durable, `life ${life} finds ${found}, ${durable} were durable`)
    durable = Number(
      said
        .filter((line) => line.startsWith("durable "))
        .at(-1)
        ?.split(" ")[1],
    )
  }
  t.ok(durable > 500, `${durable} entries`)
})

test("a directory that the system does not let us look at is not taken for one that is not there", async (t) => {
  const folder = folderFor(t)
  // A link to itself: refused to everybody, root included.
  symlinkSync("raft", join(folder, "raft"))
  const { store, opened } = await open(folder)
  t.match(opened, { kind: "closed", reason: "io-error", message: /ELOOP/ })
  await close(store)
})
