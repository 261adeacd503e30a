import { execFile } from "node:child_process"
import { setTimeout as sleep } from "node:timers/promises"
import { promisify } from "node:util"
import { ConclaveError, connect, type Lock } from "@conclave/sdk"

/**
 * A cron that runs once in the fleet. Start it on every host: at each tick one of them runs the command, and no tick is
 * run twice, whoever is killed and when.
 *
 *   node cron.js PERIOD_MS COMMAND [ARGUMENT…]
 */
const [, , period = "", command = "", ...args] = process.argv
const periodMs = Number(period)
if (!(periodMs > 0) || command === "") throw new Error("usage: cron.js PERIOD_MS COMMAND [ARGUMENT…]")

/** The last tick that was begun. */
const LAST = "cron/report/last"
const run = promisify(execFile)
const client = await connect({ name: "cron" })

for (;;) {
  const tick = Math.floor(Date.now() / periodMs) + 1
  await sleep(tick * periodMs - Date.now())
  try {
    // All hosts come at each tick; those that have it later find that it is done.
    await client.withLock("cron/report", (lock) => once(tick, lock))
  } catch (error) {
    console.error(`tick ${tick}: ${ConclaveError.is(error) ? error.code : error}`)
  }
}

async function once(tick: number, lock: Lock): Promise<void> {
  const last = await client.kv.get<number>(LAST)
  if (last !== null && last.value >= tick) return
  // Before the command, not after it: a host that dies in the middle leaves a tick half done, and nobody does it twice.
  // The guard lets nobody write this who has lost the lock meanwhile.
  await client.kv.put(LAST, tick, { ifRev: last?.modRev ?? 0n, guard: lock })
  const { stdout } = await run(command, args, { signal: lock.signal, env: { ...process.env, TICK: String(tick) } })
  process.stdout.write(stdout)
}
