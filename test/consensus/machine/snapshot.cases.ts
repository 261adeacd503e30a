import { encodeCommand, Install, Machine } from "@conclave/consensus"
import fc from "fast-check"
import { test } from "tap"
import { anyLog, Sender, type Step, sightOf } from "./history.ts"
import { run, Stage } from "./stage.ts"

function install(records: readonly Uint8Array[], index: number): Machine {
  const installation = new Install()
  for (const each of records) installation.add(each)
  const machine = installation.finish(index)
  if (!(machine instanceof Machine)) throw new Error(`not installed: ${machine}`)
  return machine
}

/**
 * A snapshot begun after entry `begin`, of which `pace` records are read between any two entries; what it restores goes
 * on with the rest of the log beside the machine that it was taken from.
 */
function compare(steps: readonly Step[], begin: number, pace: number): void {
  const machine = new Machine()
  const sender = new Sender()
  const sight = sightOf(machine)
  const after: { readonly data: Uint8Array; readonly nowMs: number }[] = []
  let snapshot: ReturnType<Machine["snapshot"]> | undefined
  let hash = ""
  const records: Uint8Array[] = []
  let nowMs = 0
  for (const [at, step] of steps.entries()) {
    if (at === begin) {
      snapshot = machine.snapshot()
      hash = machine.hash
    }
    for (let read = 0; read < pace; read++) {
      const record = snapshot?.next()
      if (record !== undefined) records.push(record)
    }
    nowMs += step.passMs
    const data = encodeCommand(sender.next(step, sight))
    if (snapshot !== undefined) after.push({ data, nowMs })
    run(machine, data, nowMs)
  }
  if (snapshot === undefined) return
  for (let record = snapshot.next(); record !== undefined; record = snapshot.next()) records.push(record)
  const restored = install(records, snapshot.index)
  if (restored.hash !== hash) throw new Error("the hash differs")
  const problems = restored.problems()
  if (problems.length > 0) throw new Error(problems.join("; "))
  for (const entry of after) run(restored, entry.data, entry.nowMs)
  if (restored.hash !== machine.hash || restored.rev !== machine.rev) throw new Error("the suffix leads elsewhere")
  if (restored.nextDueMs !== machine.nextDueMs) throw new Error("something else is due")
  if (restored.stateBytes !== machine.stateBytes) throw new Error("another size")
}

test("a snapshot read at any pace is the state it was begun at, and the rest of the log leads to the same", (t) => {
  fc.assert(
    fc.property(anyLog, fc.nat(60), fc.nat(8), (steps, begin, pace) => compare(steps, begin % steps.length, pace)),
    { numRuns: 150 },
  )
  t.end()
})

test("at every position of the reader a change leaves the snapshot as it was", (t) => {
  const build = (): Stage => {
    const stage = new Stage()
    for (const each of [1, 2, 3]) {
      const session = stage.open(each)
      stage.acquire(session, 1, { names: ["a", `n${each}`] })
      stage.cancel(session, 2)
    }
    stage.end(stage.open(4))
    return stage
  }
  const whole = build().machine.snapshot()
  const wanted: string[] = []
  for (let record = whole.next(); record !== undefined; record = whole.next()) wanted.push(record.join())
  t.ok(wanted.length > 15, `${wanted.length} records`)
  for (let position = 0; position <= wanted.length; position++) {
    const stage = build()
    const { hash } = stage.machine
    const snapshot = stage.machine.snapshot()
    const records: Uint8Array[] = []
    for (let read = 0; read < position; read++) records.push(snapshot.next() as Uint8Array)
    for (const each of [1, 2, 3]) stage.end(stage.open(each))
    stage.acquire(stage.open(7), 1, { names: ["a", "n1"] })
    for (let record = snapshot.next(); record !== undefined; record = snapshot.next()) records.push(record)
    t.same(records.map((each) => each.join()).sort(), [...wanted].sort(), `after ${position} records`)
    t.equal(install(records, snapshot.index).hash, hash)
  }
  t.end()
})

test("a reader that was closed early lets the next begin", (t) => {
  const stage = new Stage()
  stage.open(1)
  const first = stage.machine.snapshot()
  first.next()
  first.close()
  t.equal(first.next(), undefined)
  const second = stage.machine.snapshot()
  t.equal(second.index, stage.machine.appliedIndex)
  t.ok(second.next())
  t.end()
})

test("what waits to be weighed is weighed in pieces, and the snapshot is the same", (t) => {
  const [stage, twin] = [new Stage(), new Stage()]
  for (const each of [stage, twin]) for (let host = 1; host <= 20; host++) each.acquire(each.open(host), 1)
  let turns = 0
  while (stage.machine.weigh(5)) turns++
  t.ok(turns > 4, `${turns} turns`)
  t.equal(stage.machine.weigh(1), false)
  t.equal(stage.machine.hash, twin.machine.hash)
  t.equal(stage.machine.stateBytes, twin.machine.stateBytes)
  t.end()
})
