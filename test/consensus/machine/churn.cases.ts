import { type Command, planWork, type Token } from "@conclave/consensus"
import { test } from "tap"
import { hostId, secretOf, sessionId } from "./stage.ts"
import { PoolStage } from "./work/pool.ts"

const NAMES = 40
const CONFIG = { handoffTimeoutMs: undefined, restartGraceMs: undefined, spread: undefined, maxAttempts: undefined }

/** Names of every sort come into use and are given up again, and none of them is ever used a second time. */
class Churn extends PoolStage {
  #sessions = 0
  #index = 0

  round(): void {
    for (let at = 0; at < NAMES; at++) this.#use(`name-${++this.#index}`)
    // The silent ones expire, and then nothing is remembered any more that was over by then.
    for (const ms of [60_000, 600_000]) this.pass(ms)
  }

  /** Of a snapshot. */
  get records(): { readonly count: number; readonly bytes: number } {
    const reader = this.machine.snapshot()
    let count = 0
    while (reader.next() !== undefined) count++
    return { count, bytes: this.machine.stateBytes }
  }

  #use(name: string): void {
    const session = sessionId(++this.#sessions)
    const about = { liveness: "heartbeat", member: "m", app: "app", pid: undefined, ttlMs: 10_000 } as const
    const host = hostId(this.#sessions)
    this.#do({ kind: "open", session, secretHash: secretOf(session), host, boot: 1, attachment: 1, ...about })
    let seq = 0
    const hold = (kind: "lock" | "election" | "group" | "semaphore" | "work" | "barrier"): number => {
      const limit = kind === "semaphore" ? 1 : kind === "barrier" ? 2 : undefined
      const lockDelayMs = kind === "lock" ? 5000 : 0
      const result = this.acquire(session, ++seq, { hold: kind, names: [name], limit, waitMs: 5000, lockDelayMs })
      if (result.kind === "refused") throw new Error(`${kind}: ${JSON.stringify(result.refusal)}`)
      return seq
    }
    for (const kind of ["lock", "election", "group", "semaphore", "barrier"] as const) this.cancel(session, hold(kind))
    hold("lock")
    const key = `key-${name}`
    this.#do({ kind: "kvPut", request: undefined, key, value: "1", ifRev: undefined, guard: undefined })
    this.#do({ kind: "kvDelete", request: undefined, key, ifRev: undefined, guard: undefined })
    hold("work")
    const task = { request: undefined, pool: name, payload: undefined, weight: 1, pin: undefined }
    for (const item of ["removed", "done"]) this.#do({ kind: "workPut", item, ...task })
    this.#plan(name)
    const token = this.machine.item(name, "done")?.owner?.token as Token
    const request = { session, seq: ++seq, floor: 0 }
    this.#do({ kind: "workSettle", request, pool: name, item: "done", token, result: "done", message: undefined })
    this.#do({ kind: "workRemove", request: undefined, pool: name, item: "removed" })
    const partitions = (count: number): Command => {
      return {
        kind: "workConfigure",
        request: undefined,
        pool: "p",
        config: { ...CONFIG, partitions: count },
        ifRev: undefined,
      }
    }
    for (const count of [3, 0]) this.#do(partitions(count))
    // Half of them say that they go, the others are silent from now on.
    if (this.#index % 2 === 0) this.end(session)
  }

  #plan(pool: string): void {
    const seen = this.machine.planView(pool)
    this.#do({ kind: "workAssign", pool, moves: seen === undefined ? [] : planWork(seen) })
  }

  #do(command: Command): void {
    const result = this.result(command)
    if (result.kind === "refused") throw new Error(`${command.kind}: ${JSON.stringify(result.refusal)}`)
  }
}

test("whatever comes and goes under names of its own, the state is no larger for it", (t) => {
  const stage = new Churn({ freeNames: 10 })
  stage.isChecked = false
  stage.round()
  const first = stage.records
  for (let round = 0; round < 4; round++) stage.round()
  const last = stage.records
  t.equal(last.count, first.count)
  t.ok(last.bytes < first.bytes + 1000, `${last.bytes} bytes after five rounds, ${first.bytes} after the first`)
  t.ok(first.count < NAMES, `${first.count} records`)
  t.strictSame(stage.machine.problems(), [])
  t.end()
})
