import { type Applied, type Command, encodeCommand, HASH_EVERY, Machine } from "@conclave/consensus"
import fc from "fast-check"
import { test } from "tap"
import { anyLog, Sender } from "./history.ts"
import { acquireOf, FOUNDED_WALL_MS, hostId, run, Stage } from "./stage.ts"

test("a lock goes from one session to the next that waits, in the very entry that releases it", (t) => {
  const stage = new Stage()
  const [one, two] = [stage.open(1), stage.open(2)]
  const token = stage.granted(one, 1)
  t.match(stage.acquire(two, 1), { kind: "queued", position: 1 })
  const applied = stage.apply({ kind: "release", session: one, seq: 2, floor: 0, token })
  t.match(applied.result, { kind: "written", rev: applied.rev })
  t.same(stage.holders("a"), [two])
  const [released, granted] = applied.changes
  t.match(released, { kind: "hold", rev: applied.rev, before: { token }, after: undefined, end: "released" })
  t.match(granted, { kind: "hold", rev: applied.rev, before: { session: two }, after: { token: token + 1 } })
  t.equal(applied.changes.length, 2)
  t.end()
})

test("each command that changes anything has a revision of its own, and no other has one", (t) => {
  const stage = new Stage()
  const session = stage.open(1)
  t.equal(stage.machine.rev, 1)
  stage.renew(1)
  stage.pass(1)
  stage.cancel(session, 9)
  t.equal(stage.machine.rev, 1)
  t.match(stage.acquire(session, 1), { kind: "granted", rev: 2 })
  t.match(stage.acquire(session, 1), { kind: "granted", rev: 2 })
  t.match(stage.acquire(session, 2, { names: ["b"] }), { rev: 3 })
  t.end()
})

test("whatever the bytes of a command, applying answers, and what it does not know stops the replica", (t) => {
  const samples = ([acquireOf(new Stage().open(1), 1), { kind: "tick" }] as Command[]).map(encodeCommand)
  const seen = new Set<string>()
  const look = (data: Uint8Array): void => {
    const { machine } = new Stage()
    const applied = run(machine, data, 1)
    seen.add(applied.kind === "stopped" ? applied.reason : applied.kind)
    if (applied.kind === "applied") {
      t.same(machine.problems(), [])
      return
    }
    t.equal(machine.appliedIndex, 1, "a stopped replica has not applied the entry")
    t.throws(() => machine.begin({ index: 2, stampMs: 0, data: undefined }), /none after a stop/)
  }
  fc.assert(fc.property(fc.uint8Array({ maxLength: 30 }), look), { numRuns: 300 })
  const anyHit = fc.tuple(fc.constantFrom(...samples), fc.nat(60), fc.nat(255))
  fc.assert(
    fc.property(anyHit, ([sample, at, value]) => {
      const data = Uint8Array.from(sample)
      data[at % data.length] = value
      look(data)
    }),
    { numRuns: 500 },
  )
  t.same([...seen].sort(), ["applied", "malformed-command", "unknown-command"])
  t.end()
})

test("entries are applied in order, one at a time, and nothing is asked meanwhile", (t) => {
  const machine = new Machine()
  t.throws(() => machine.begin({ index: 2, stampMs: 0, data: undefined }), /in order/)
  t.throws(() => machine.step(1), /an entry to work on/)
  machine.begin({ index: 1, stampMs: 0, data: undefined })
  t.throws(() => machine.begin({ index: 2, stampMs: 0, data: undefined }), /one entry is applied at a time/)
  t.throws(() => machine.hash, /nothing is asked/)
  t.match(machine.step(1), { kind: "applied", index: 1, result: undefined, changes: [] })
  t.end()
})

test("steps of any size lead to the same, and the work of an entry can rest after every transition", (t) => {
  fc.assert(
    fc.property(anyLog, fc.integer({ min: 1, max: 5 }), (steps, units) => {
      const [whole, sliced] = [new Machine(), new Machine()]
      const sender = new Sender()
      const sight = { lastToken: FOUNDED_WALL_MS * 1024 + 5, holderOf: () => undefined, isLive: () => true }
      let nowMs = 0
      for (const step of steps) {
        nowMs += step.passMs
        const data = encodeCommand(sender.next(step, sight))
        const wanted = run(whole, data, nowMs)
        sliced.begin({ index: sliced.appliedIndex + 1, stampMs: nowMs, data })
        let found: Applied | undefined
        while (found === undefined) found = sliced.step(units)
        if (JSON.stringify(found) !== JSON.stringify(wanted)) throw new Error("another answer")
      }
      return whole.hash === sliced.hash
    }),
    { numRuns: 50 },
  )
  t.end()
})

test("no unit of work changes more than one hold or session, whatever an entry sets off", (t) => {
  const stage = new Stage()
  stage.isChecked = false
  const session = stage.open(1)
  const readers = Array.from({ length: 400 }, (_, at) => stage.open(10 + at, { host: hostId(2) }))
  for (let seq = 1; seq <= 300; seq++) stage.acquire(session, seq, { names: [`n${seq}`], floor: seq })
  for (const each of readers) stage.acquire(each, 1, { names: ["n1"], mode: "shared" })
  const works: readonly Command[] = [
    { kind: "end", session, of: undefined, cause: "closed", isGone: false },
    { kind: "renewHosts", items: [{ host: hostId(2), boot: 2, attempt: 1 }] },
    { kind: "endHost", host: hostId(2), boot: 2, isGone: false },
  ]
  for (const command of works) {
    const { machine } = stage
    machine.begin({ index: machine.appliedIndex + 1, stampMs: 0, data: encodeCommand(command) })
    let units = 0
    let applied = machine.step(1)
    while (applied === undefined) {
      units++
      applied = machine.step(1)
    }
    const changes = applied.kind === "applied" ? applied.changes.length : 0
    t.ok(changes >= 300, `${command.kind}: ${changes} changes`)
    t.ok(units >= changes, `${command.kind}: ${changes} changes in ${units} units`)
  }
  t.same(stage.machine.problems(), [])
  t.end()
})

test("a replica whose state differs from the proposer's stops; one that cannot compare goes on", (t) => {
  const fill = (stage: Stage): void => {
    stage.isChecked = false
    while (stage.machine.appliedIndex < HASH_EVERY) stage.renew(1)
  }
  const stage = new Stage()
  fill(stage)
  const { hash } = stage.machine
  stage.open(1)
  t.match(stage.apply({ kind: "checkHash", index: HASH_EVERY, hash }), { result: { kind: "done" } })
  t.match(stage.apply({ kind: "checkHash", index: HASH_EVERY - 1, hash: "0" }), { result: { kind: "done" } })
  const wrong = encodeCommand({ kind: "checkHash", index: HASH_EVERY, hash: hash.replace(/^./, "x") })
  t.match(run(stage.machine, wrong, 0), { kind: "stopped", reason: "state-diverged" })
  t.end()
})

test("a log applied twice gives the same changes, answers and hashes", (t) => {
  fc.assert(
    fc.property(anyLog, (steps) => {
      const machines = [new Machine(), new Machine()] as const
      const sender = new Sender()
      const [first, second] = machines
      const sight = {
        get lastToken(): number {
          return first.lastToken
        },
        holderOf: () => undefined,
        isLive: () => true,
      }
      let nowMs = 0
      for (const step of steps) {
        nowMs += step.passMs
        const data = encodeCommand(sender.next(step, sight))
        const [a, b] = machines.map((machine) => JSON.stringify(run(machine, data, nowMs)))
        if (a !== b || first.hash !== second.hash) throw new Error("they part")
      }
    }),
    { numRuns: 50 },
  )
  t.end()
})
