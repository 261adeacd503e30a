import type { Millis } from "@conclave/base"
import { type Command, decodeCommand, encodeCommand, type Hold, type SessionId, type Token } from "@conclave/consensus"
import { WorkPlanner } from "conclave/replica/work-planner"
import { test } from "tap"
import { hostId, secretOf, sessionId } from "../../consensus/machine/stage.ts"
import { PoolStage } from "../../consensus/machine/work/pool.ts"
import { FakeClock } from "../fake-clock.ts"
import { clockOf } from "../fake-links.ts"

class Stage extends PoolStage {
  readonly time: FakeClock = new FakeClock()
  readonly proposed: { readonly command: Command; readonly done: (isApplied: boolean) => void }[] = []
  readonly planner: WorkPlanner = new WorkPlanner({
    clock: clockOf(this.time),
    propose: (data, done) => {
      const decoded = decodeCommand(data)
      if (decoded.ok) this.proposed.push({ command: decoded.command, done })
    },
  })

  override apply(command: Command | undefined): ReturnType<PoolStage["apply"]> {
    const applied = super.apply(command)
    this.planner?.applied(applied.changes)
    return applied
  }

  /** Turns of the loop pass. */
  turn(): void {
    this.time.advance(50)
  }

  /** What was proposed is applied, until nothing more is. */
  settleAll(): void {
    for (let rounds = 0; rounds < 500; rounds++) {
      this.turn()
      const all = this.proposed.splice(0)
      if (all.length === 0) return
      for (const { command, done } of all) {
        this.apply(command)
        done(true)
      }
    }
    throw new Error("planning comes to no end")
  }
}

test("what is put is given out as workers come, and what they leave goes on to others", (t) => {
  const stage = new Stage()
  stage.planner.begin(stage.machine)
  for (const item of ["x", "y", "z"]) stage.put(item)
  stage.settleAll()
  t.strictSame(stage.owners, { x: undefined, y: undefined, z: undefined })
  const worker = stage.join(1, { id: "a" })
  stage.settleAll()
  t.strictSame(stage.owners, { x: "a", y: "a", z: "a" })
  stage.join(2, { id: "b" })
  stage.end(worker.session, { cause: "closed" })
  stage.settleAll()
  t.strictSame(stage.owners, { x: "b", y: "b", z: "b" })
  t.end()
})

test("of one pool nothing is proposed while steps of it are under way, and then what is new", (t) => {
  const stage = new Stage()
  stage.planner.begin(stage.machine)
  stage.join(1, { id: "a" })
  stage.put("x")
  stage.turn()
  t.equal(stage.proposed.length, 1)
  stage.put("y")
  stage.turn()
  t.equal(stage.proposed.length, 1)
  stage.settleAll()
  t.strictSame(stage.owners, { x: "a", y: "a" })
  t.end()
})

test("a leader looks at all pools when it begins, and one that leads no more proposes nothing", (t) => {
  const stage = new Stage()
  stage.put("x")
  stage.join(1, { id: "a" })
  stage.turn()
  t.equal(stage.proposed.length, 0)
  stage.planner.begin(stage.machine)
  stage.turn()
  t.match(stage.proposed, [{ command: { kind: "workAssign", pool: "p", moves: [{ item: "x" }] } }])
  stage.planner.end()
  stage.proposed[0]?.done(true)
  stage.put("y")
  stage.turn()
  t.equal(stage.proposed.length, 1)
  t.end()
})

test("very many items are given out in several entries", (t) => {
  const stage = new Stage()
  stage.planner.begin(stage.machine)
  stage.isChecked = false
  stage.configure({ partitions: 1200 })
  stage.join(1, { id: "a", capacity: 1000 })
  stage.settleAll()
  t.equal(stage.machine.pool("p")?.book?.counts.assigned, 1000)
  t.strictSame(stage.machine.problems(), [])
  t.end()
})

test("what is refused is tried again after a while, not each turn", (t) => {
  const stage = new Stage()
  stage.planner.begin(stage.machine)
  stage.join(1, { id: "a" })
  stage.put("x")
  stage.turn()
  stage.proposed.shift()?.done(false)
  stage.put("y")
  stage.turn()
  t.equal(stage.proposed.length, 0)
  stage.time.advance(250)
  stage.turn()
  t.equal(stage.proposed.length, 1)
  stage.settleAll()
  t.strictSame(stage.owners, { x: "a", y: "a" })
  t.end()
})

test("a checkpoint, a payload or a note is no reason to plan; a weight and a pin are", (t) => {
  const stage = new Stage()
  stage.put("x")
  stage.put("y")
  stage.join(1, { id: "a" })
  stage.planner.begin(stage.machine)
  stage.settleAll()
  let looks = 0
  const planView = stage.machine.planView.bind(stage.machine)
  stage.machine.planView = (pool, roster) => {
    looks++
    return planView(pool, roster)
  }
  stage.checkpoint("x", "1")
  stage.put("x", { payload: "2" })
  const { session, seq, token } = stage.machine.name("work", "p").holders[0] as Hold
  const own = { session, seq: stage.seq(session), floor: 0, token: token as Token }
  stage.result({ kind: "update", ...own, note: "busy", value: undefined, ready: undefined })
  t.equal(stage.machine.hold(session, seq)?.note, "busy")
  stage.turn()
  t.equal(looks, 0)
  stage.put("x", { payload: "2", weight: 3 })
  stage.turn()
  t.equal(looks, 1)
  stage.put("x", { payload: "2", weight: 3, pin: "a" })
  stage.turn()
  t.equal(looks, 2)
  t.end()
})

test("a session that goes on at another host is a reason to plan what it works in anew", (t) => {
  const stage = new Stage()
  stage.configure({ partitions: 4, spread: "host" })
  for (const number of [1, 2, 3]) stage.open(number, { host: hostId(number === 3 ? 2 : 1) })
  const [, moved] = ["a", "b", "c"].map((id, at) => stage.join(at + 1, { id }))
  const { session } = moved as { session: SessionId }
  stage.planner.begin(stage.machine)
  stage.settleAll()
  t.same(Object.values(stage.owners).sort(), ["a", "b", "c", "c"], "two at each host")
  stage.apply({ kind: "attach", session, secretHash: secretOf(session), host: hostId(2), boot: 1, attachment: 2 })
  stage.turn()
  t.match(stage.proposed, [{ command: { kind: "workAssign", pool: "p", moves: [{ to: { session: sessionId(1) } }] } }])
  t.end()
})

test("a plan that came to nothing is not made again", (t) => {
  const stage = new Stage()
  stage.put("x")
  stage.join(1, { id: "a" })
  stage.planner.begin(stage.machine)
  stage.turn()
  stage.proposed.shift()?.done(true)
  stage.time.advance(1000)
  t.equal(stage.proposed.length, 0, "it would write the log for ever")
  t.end()
})

test("very many workers are looked at a slice a turn, an entry at work is waited for, and only what is new is looked at again", (t) => {
  const stage = new PoolStage()
  stage.isChecked = false
  stage.configure({ partitions: 3 })
  for (let number = 1; number <= 300; number++) stage.join(number)
  const turns: (() => void)[] = []
  const proposed: ((isApplied: boolean) => void)[] = []
  let now = 0
  const planner = new WorkPlanner({
    // It goes on by a millisecond whenever it is looked at.
    clock: { ...clockOf(new FakeClock()), now: () => ++now as Millis, afterTurn: (act) => void turns.push(act) },
    propose: (_data, done) => void proposed.push(done),
  })
  const untilProposed = (): void => {
    while (proposed.length === 0 && turns.length > 0) turns.shift()?.()
  }
  let parts = 0
  const review = stage.machine.review.bind(stage.machine)
  stage.machine.review = (roster, workers) => {
    const isMore = review(roster, workers)
    if (isMore) parts++
    return isMore
  }
  planner.begin(stage.machine)
  turns.shift()?.()
  t.equal(proposed.length, 0, "there is more to look at than a slice")
  stage.machine.begin({ index: stage.machine.appliedIndex + 1, stampMs: 0, data: encodeCommand({ kind: "tick" }) })
  untilProposed()
  t.equal(proposed.length, 0, "while an entry is at work nothing is asked")
  stage.machine.step(1000)
  planner.applied([])
  untilProposed()
  t.strictSame([proposed.length, parts], [1, 4], "what was looked at before was not looked at again")
  proposed.shift()?.(true)
  stage.machine.begin({
    index: stage.machine.appliedIndex + 1,
    stampMs: 0,
    data: encodeCommand({
      kind: "workPut",
      request: undefined,
      pool: "p",
      item: "0",
      payload: undefined,
      weight: 2,
      pin: undefined,
    }),
  })
  const applied = stage.machine.step(1000)
  if (applied?.kind !== "applied") throw new Error("not applied")
  planner.applied(applied.changes)
  untilProposed()
  t.strictSame([proposed.length, parts], [1, 4])
  t.end()
})
