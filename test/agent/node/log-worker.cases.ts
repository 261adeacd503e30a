import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Worker } from "node:worker_threads"
import type { StoreReply, StoreRequest } from "conclave/wal/requests"
import { test } from "tap"
import { MINT } from "../wal/store-stage.ts"

test("the thread takes what has come as one, answers in order, and ends with the store", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "conclave-log-"))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const program = fileURLToPath(import.meta.resolve("conclave/node/log-worker"))
  const worker = new Worker(program, { workerData: join(folder, "raft") })
  const said: StoreReply[] = []
  worker.on("message", (reply: StoreReply) => said.push(reply))
  const requests: readonly StoreRequest[] = [
    { kind: "create", call: 1, mint: MINT },
    { kind: "discardRetired", call: 2 },
    { kind: "close", call: 3 },
  ]
  for (const each of requests) worker.postMessage(each)
  t.same(await once(worker, "exit"), [0])
  t.same(
    said,
    [1, 2, 3].map((call) => ({ kind: "result", call, result: { ok: true } })),
  )
})
