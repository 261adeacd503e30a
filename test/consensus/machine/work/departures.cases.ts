import { type Command, encodeCommand } from "@conclave/consensus"
import { test } from "tap"
import { hostId } from "../stage.ts"
import { type Member, PoolStage } from "./pool.ts"

test("items of a worker that ends go on at once; of one that was lost, of an id of its own, they wait for it", (t) => {
  const stage = new PoolStage()
  stage.configure({ partitions: 1, restartGraceMs: 5000 })
  stage.join(1, { id: "a" })
  stage.plan()
  stage.end(stage.item("0").owner?.session as never, { cause: "exited", isGone: true })
  t.match(stage.item("0"), { state: "free", target: "a", keptUntilMs: 5000, attempt: 1 })
  stage.join(3, { id: "c" })
  stage.plan()
  t.equal(stage.item("0").state, "free", "nobody else")
  stage.join(4, { id: "a" })
  stage.plan()
  t.strictSame(stage.owners, { "0": "a" })
  stage.end(stage.item("0").owner?.session as never, { cause: "closed" })
  t.match(stage.item("0"), { state: "free", target: undefined, keptUntilMs: undefined })
  stage.plan()
  t.strictSame(stage.owners, { "0": "c" })
  t.end()
})

test("nobody is waited for longer than the restart grace, and where it is 0 not at all", (t) => {
  const stage = new PoolStage()
  stage.configure({ partitions: 1, restartGraceMs: 5000 })
  stage.join(1, { id: "a" })
  stage.plan()
  stage.end(stage.item("0").owner?.session as never, { cause: "exited" })
  stage.join(2, { id: "b" })
  stage.pass(4999)
  stage.plan()
  t.equal(stage.item("0").state, "free")
  stage.pass(1)
  stage.plan()
  t.strictSame(stage.owners, { "0": "b" })
  stage.configure({ restartGraceMs: 0 })
  stage.end(stage.item("0").owner?.session as never, { cause: "exited" })
  stage.join(3, { id: "c" })
  stage.plan()
  t.strictSame(stage.owners, { "0": "c" })
  t.end()
})

test("nobody is waited for longer than its session could have lived", (t) => {
  const stage = new PoolStage()
  stage.configure({ partitions: 1 })
  stage.join(1, { id: "a", ttlMs: 10_000 })
  stage.plan()
  stage.end(stage.item("0").owner?.session as never, { cause: "exited" })
  t.match(stage.item("0"), { target: "a", keptUntilMs: 10_000 })
  t.end()
})

test("a task that its workers do not survive is given up in the end", (t) => {
  const stage = new PoolStage()
  stage.configure({ maxAttempts: 3 })
  stage.put("poison")
  for (let number = 1; number <= 3; number++) {
    const worker = stage.join(number)
    stage.pass(number === 3 ? 1000 : 0)
    stage.plan()
    t.match(stage.item("poison"), { state: "assigned", attempt: number })
    stage.end(worker.session, { cause: "exited" })
  }
  t.match(stage.item("poison"), { state: "failed" })
  t.end()
})

test("a second worker under a live id takes the place of the first, and what that had comes to it", (t) => {
  const stage = new PoolStage()
  stage.configure({ partitions: 2 })
  stage.join(1, { id: "a" })
  stage.plan()
  const again = stage.join(2, { id: "a" })
  stage.plan()
  t.strictSame(stage.owners, { "0": "a", "1": "a" })
  t.equal(stage.item("0").owner?.session, again.session)
  t.end()
})

test("an operator who asks a worker to finish has its items asked back, and they go when it is broken", (t) => {
  const stage = new PoolStage()
  stage.configure({ partitions: 1 })
  const worker = stage.join(1, { id: "a" })
  stage.plan()
  const what = { kind: "work", name: "p", token: worker.token } as const
  stage.result({ kind: "revoke", what, graceMs: 2000, by: "operator", reason: "upgrade" })
  t.match(stage.item("0"), { state: "revoking", revoking: { by: "operator", reason: "upgrade", untilMs: 2000 } })
  stage.pass(2000)
  t.match(stage.item("0"), { state: "free" })
  t.equal(stage.machine.hold(worker.session, worker.seq), undefined)
  t.end()
})

test("a worker that was asked to finish ends with its last item, and at once where it has none: by whom and why", (t) => {
  const stage = new PoolStage()
  stage.configure({ partitions: 1 })
  const worker = stage.join(1, { id: "a" })
  const idle = stage.join(2, { id: "b" })
  stage.plan()
  const revoked = { by: "operator", reason: "upgrade" }
  stage.result({ kind: "revoke", what: { kind: "work", name: "p", token: undefined }, graceMs: 60_000, ...revoked })
  const isThere = ({ session, seq }: typeof worker): boolean => stage.machine.hold(session, seq) !== undefined
  t.notOk(isThere(idle))
  t.ok(isThere(worker))
  stage.settle("0", "released")
  t.notOk(isThere(worker))
  t.match(
    stage.machine.name("work", "p").name?.history.map(({ token, reason, revoked: why }) => ({ token, reason, why })),
    [idle, worker].map(({ token }) => ({ token, reason: "revoked", why: revoked })),
  )
  const leaver = stage.join(3, { id: "c" })
  stage.plan()
  stage.result({ kind: "revoke", what: { kind: "work", name: "p", token: undefined }, graceMs: 60_000, ...revoked })
  stage.drain(leaver)
  stage.settle("0", "released")
  t.match(stage.machine.name("work", "p").name?.history.at(-1), { token: leaver.token, reason: "released" })
  t.end()
})

test("a host that departs frees what its workers had", (t) => {
  const stage = new PoolStage()
  stage.configure({ partitions: 300 })
  const worker = stage.join(1)
  stage.plan()
  t.equal(stage.machine.itemsOf("p", worker).length, 300)
  stage.end(worker.session, { cause: "closed" })
  t.equal(stage.machine.pool("p")?.book?.counts.free, 300)
  t.end()
})

test("a task that kills its worker again and again fails alone: of those that it may have been no two are given at a time", (t) => {
  for (const hasId of [true, false]) {
    const stage = new PoolStage()
    for (const item of ["a", "b", "poison", "c", "d"]) stage.put(item)
    stage.put("pinned", { pin: "w" })
    let lives = 0
    const join = (): unknown => stage.join(++lives, hasId ? { id: "w" } : {})
    join()
    // Whatever else it has, the worker lives 500 ms with the poison; others are done within a second.
    for (let rounds = 0; rounds < 1000 && stage.machine.item("p", "poison")?.state !== "failed"; rounds++) {
      stage.plan()
      const { owner } = stage.item("poison")
      if (owner !== undefined) {
        stage.pass(500)
        stage.end(owner.session, { cause: "exited" })
        join()
        continue
      }
      stage.pass(1000)
      for (const [item, worker] of Object.entries(stage.owners)) if (worker !== undefined) stage.settle(item, "done")
    }
    t.match(stage.item("poison"), { state: "failed" })
    t.strictSame(Object.keys(stage.owners), hasId ? ["poison"] : ["poison", "pinned"], "all others are done")
  }
  t.end()
})

test("a suspected task whose worker lives with it for ten seconds is suspected no more, and the next is given", (t) => {
  const stage = new PoolStage()
  for (const item of ["x", "y"]) stage.put(item)
  let lives = 0
  for (let losses = 0; losses < 2; losses++) {
    const worker = stage.join(++lives, { id: "w" })
    stage.plan()
    stage.pass(1000)
    stage.end(worker.session, { cause: "exited" })
  }
  t.match([stage.item("x"), stage.item("y")], [{ losses: 2, attempt: 3, target: undefined }, { losses: 2 }])
  stage.join(++lives, { id: "w" })
  stage.put("fresh")
  stage.pass(1000)
  stage.plan()
  t.strictSame(stage.owners, { x: "w", y: undefined, fresh: "w" })
  stage.pass(9999)
  t.match(stage.item("x"), { losses: 2 })
  stage.pass(1)
  t.match(stage.item("x"), { state: "assigned", losses: 0, attempt: 3 })
  stage.plan()
  t.strictSame(stage.owners, { x: "w", y: "w", fresh: "w" })
  stage.end(stage.item("y").owner?.session as never, { cause: "exited" })
  t.match(
    [stage.item("x"), stage.item("y"), stage.item("fresh")],
    [
      { attempt: 3, losses: 0, target: "w" },
      { attempt: 4, losses: 3, target: undefined },
      { attempt: 1, losses: 0, target: "w" },
    ],
    "the suspect is blamed, and it alone",
  )
  t.end()
})

/** In how many units of work the worker hands an item back. */
function unitsOfRelease(stage: PoolStage, { session }: Member, item: string): number {
  const request = { session, seq: stage.seq(session), floor: 0 }
  const about = { pool: "p", item, token: stage.tokenOf(item), result: "released", message: undefined } as const
  return unitsOf(stage, { kind: "workSettle", request, ...about })
}

function unitsOf({ machine, nowMs }: PoolStage, command: Command): number {
  machine.begin({ index: machine.appliedIndex + 1, stampMs: nowMs, data: encodeCommand(command) })
  let units = 1
  while (machine.step(1) === undefined) units++
  return units
}

test("what a leaving worker hands back costs as much however many items it still has", (t) => {
  const unitsWith = (partitions: number): number => {
    const stage = new PoolStage()
    stage.configure({ partitions })
    const worker = stage.join(1, { id: "a" })
    stage.plan()
    stage.drain(worker)
    stage.pass(1)
    const units = unitsOfRelease(stage, worker, "0")
    t.equal(stage.item("0").state, "free")
    t.strictSame(stage.machine.problems(), [])
    return units
  }
  t.equal(unitsWith(200), unitsWith(2))
  t.end()
})

test("a worker of a thousand items is asked for them in their order, which is found in units, too", (t) => {
  const stage = new PoolStage()
  stage.isChecked = false
  for (let at = 0; at < 1000; at++) stage.put(`${at}`)
  const worker = stage.join(1, { id: "a" })
  for (let at = 0; at < 1000; at++) stage.give(`${(at * 7919) % 1000}`, worker)
  const units = unitsOf(stage, { kind: "cancel", session: worker.session, seq: worker.seq, floor: 0 })
  t.ok(units > 1000 + 1000 / 128, `${units} units`)
  const asked = Array.from({ length: 1000 }, (_, at) => stage.item(`${at}`).state)
  t.ok(asked.every((state) => state === "revoking"))
  t.end()
})

test("that many workers of one host are lost is counted in units, one each", (t) => {
  const stage = new PoolStage()
  stage.isChecked = false
  const LOST = 200
  for (let number = 1; number <= LOST; number++) {
    stage.open(number, { host: hostId(1) })
    stage.join(number, { id: `w${number}` })
  }
  stage.put("x")
  const units = unitsOf(stage, { kind: "endHost", host: hostId(1), boot: 1, isGone: false })
  // Of each its hold, its session, its loss, and what it had.
  t.ok(units >= 4 * LOST, `${units} units`)
  t.equal(stage.machine.pool("p")?.missing, LOST)
  t.end()
})

test("a hand-off that is made shorter while a worker leaves holds for what it has, from the next that it hands back", (t) => {
  const stage = new PoolStage()
  stage.configure({ partitions: 3, handoffTimeoutMs: 60_000 })
  const worker = stage.join(1, { id: "a", ttlMs: 10_000 })
  stage.plan()
  stage.drain(worker)
  const untilMs = (): readonly (number | undefined)[] => ["1", "2"].map((each) => stage.item(each).revoking?.untilMs)
  t.strictSame(untilMs(), [60_000, 60_000])
  stage.pass(1000)
  stage.configure({ handoffTimeoutMs: 20_000 })
  stage.settle("0", "released")
  t.strictSame(untilMs(), [21_000, 21_000])
  stage.pass(1000)
  stage.settle("1", "released")
  t.strictSame(untilMs(), [undefined, 21_000])
  t.end()
})
