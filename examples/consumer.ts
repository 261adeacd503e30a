import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { type Assignment, connect } from "@conclave/sdk"

/**
 * A consumer of a log in partitions. Start as many as you like: they share the partitions, and each goes on where the
 * one before it had come to. No record is lost; of a consumer that dies the records since its last checkpoint are done
 * again.
 *
 *   node consumer.js FOLDER        reads FOLDER/0.log to FOLDER/3.log, a record a line
 */
const [, , folder = ""] = process.argv
const PARTITIONS = 4
/** Records between two checkpoints. */
const BATCH = 10
const POLL_MS = 50

const stop = new AbortController()
process.once("SIGTERM", () => stop.abort())

const client = await connect({ name: "consumer" })
const orders = client.work<null>("orders")
// Every consumer may say so: the same settings again change nothing.
await orders.configure({ partitions: PARTITIONS })
// Resolves when all partitions are handed back.
await orders.run(consume, { signal: stop.signal })
await client.close()

async function consume(partition: Assignment<null>): Promise<void> {
  // Asked back for another consumer, or lost.
  const over = AbortSignal.any([partition.revoking, partition.signal])
  let offset = Number(partition.checkpoint ?? 0)
  while (!over.aborted) {
    const records = await recordsFrom(partition.item, offset)
    for (const record of records) {
      partition.assertHeld()
      handle(partition, offset++, record)
    }
    if (records.length > 0) await partition.saveCheckpoint(offset)
    else await sleep(POLL_MS)
  }
}

/** What your application does. It gives the token to whatever it writes to, if that can compare tokens. */
function handle({ item, token }: Assignment<null>, offset: number, record: string): void {
  console.log(`${item} ${offset} ${token} ${record}`)
}

async function recordsFrom(partition: string, offset: number): Promise<readonly string[]> {
  const lines = (await readFile(join(folder, `${partition}.log`), "utf8")).split("\n")
  // What stands behind the last end of line is not whole yet.
  return lines.slice(offset, Math.min(offset + BATCH, lines.length - 1))
}
