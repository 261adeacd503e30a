import { base32, type NodeId } from "@conclave/base"
import {
  type Command,
  decodeCommand,
  encodeCommand,
  HASH_EVERY,
  Machine,
  NO_TERMS,
  type SessionId,
  STEP_MS_MAX,
  wallMsAt,
} from "@conclave/consensus"
import { LeaderDuties } from "conclave/replica/leader-duties"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"
import { clockOf } from "../fake-links.ts"

const ID = base32(new Uint8Array(16).fill(3))

class Stage {
  readonly time: FakeClock = new FakeClock()
  readonly machine: Machine = new Machine()
  readonly proposed: Command[] = []
  readonly duties: LeaderDuties
  hasQuorum: boolean = true
  handedOver: number = 0
  isRefusing: boolean = false
  setBackMs: number = 0

  constructor() {
    this.duties = new LeaderDuties({
      clock: { ...clockOf(this.time), wallMs: () => this.wallMs },
      received: () => 0,
      cluster: "c1",
      ttlMs: 2000,
      hasQuorum: () => this.hasQuorum,
      handOver: () => this.handedOver++,
      propose: (data, refused) => {
        if (this.isRefusing) return refused()
        const decoded = decodeCommand(data)
        if (decoded.ok) this.proposed.push(decoded.command)
      },
    })
  }

  get wallMs(): number {
    return 1_700_000_000_000 + this.time.now() - this.setBackMs
  }

  /** In small steps, as of a process that does not stand still. */
  pass(ms: number): void {
    for (let left = ms; left > 0; left -= 5) this.time.advance(Math.min(5, left))
  }

  apply(command: Command | undefined): void {
    const index = this.machine.appliedIndex + 1
    const stampMs = this.duties.stampMs()
    this.machine.begin({ index, stampMs, data: command === undefined ? undefined : encodeCommand(command) })
    while (this.machine.step(100) === undefined);
    this.duties.applied(index)
  }

  applyProposed(): void {
    for (const command of this.proposed.splice(0)) this.apply(command)
  }

  open(ttlMs: number): void {
    this.apply({
      ...{ kind: "open", session: ID as SessionId, secretHash: new Uint8Array(32), host: ID as NodeId, boot: 1, ttlMs },
      ...{ attachment: 1, liveness: "heartbeat", member: "a", app: "test", pid: undefined },
    })
  }
}

test("the first leader founds the state, and no later one does", (t) => {
  const stage = new Stage()
  stage.duties.begin(stage.machine)
  t.match(stage.proposed, [{ kind: "found", clusterId: "c1" }])
  stage.applyProposed()
  stage.duties.end()
  stage.duties.begin(stage.machine)
  t.same(stage.proposed, [])
  t.end()
})

test("time passes in the state when something is due, and not before", (t) => {
  const stage = new Stage()
  stage.duties.begin(stage.machine)
  stage.applyProposed()
  stage.pass(20_000)
  t.same(stage.proposed, [], "with nothing due an idle cluster writes nothing")
  stage.open(5000)
  stage.pass(4990)
  t.same(stage.proposed, [])
  stage.pass(100)
  t.match(stage.proposed, [{ kind: "tick" }])
  stage.pass(1000)
  t.equal(stage.proposed.length, 1, "one tick at a time")
  stage.applyProposed()
  t.equal(stage.machine.session(ID as SessionId), undefined)
  t.end()
})

test("time that was refused is asked for again", (t) => {
  const stage = new Stage()
  stage.duties.begin(stage.machine)
  stage.applyProposed()
  stage.open(10_000)
  stage.isRefusing = true
  stage.pass(12_000)
  stage.isRefusing = false
  stage.pass(200)
  t.same(stage.proposed, [{ kind: "tick" }])
  t.end()
})

test("in the middle of a long entry nothing is asked of the state; what is due comes after it", (t) => {
  const stage = new Stage()
  stage.duties.begin(stage.machine)
  stage.applyProposed()
  stage.open(5000)
  const { machine, duties } = stage
  const names = Array.from({ length: 64 }, (_, at) => `n${at}`)
  const rest = {
    waitMs: undefined,
    maxHoldMs: undefined,
    lockDelayMs: 0,
    ...NO_TERMS,
    note: undefined,
    value: undefined,
  }
  const acquire = encodeCommand({
    ...{ kind: "acquire", session: ID as SessionId, seq: 1, floor: 1, hold: "lock", names, mode: "exclusive" },
    ...{ priority: 0, ...rest },
  })
  const index = machine.appliedIndex + 1
  machine.begin({ index, stampMs: duties.stampMs(), data: acquire })
  t.equal(machine.step(1), undefined)
  t.notOk(machine.isAtRest)
  stage.pass(6000)
  t.same(stage.proposed, [])
  while (machine.step(100) === undefined);
  duties.applied(index)
  stage.pass(100)
  t.match(stage.proposed, [{ kind: "tick" }])
  t.end()
})

test("a leader that stood still lets next to no time pass for it: nobody could be heard meanwhile", (t) => {
  const stage = new Stage()
  stage.duties.begin(stage.machine)
  stage.applyProposed()
  stage.open(5000)
  const before = stage.duties.stampMs()
  stage.time.advance(60_000)
  t.ok(stage.duties.stampMs() - before <= STEP_MS_MAX)
  stage.pass(4800)
  t.same(stage.proposed, [], "and it is never caught up")
  stage.pass(300)
  t.match(stage.proposed, [{ kind: "tick" }])
  t.end()
})

test("without a quorum no time passes, and what did not is dropped", (t) => {
  const stage = new Stage()
  stage.duties.begin(stage.machine)
  stage.applyProposed()
  stage.open(5000)
  stage.pass(1000)
  stage.hasQuorum = false
  const before = stage.duties.stampMs()
  stage.pass(30_000)
  t.ok(stage.duties.stampMs() - before < 10)
  t.same(stage.proposed, [])
  stage.hasQuorum = true
  stage.pass(3900)
  t.same(stage.proposed, [])
  stage.pass(300)
  t.match(stage.proposed, [{ kind: "tick" }])
  t.equal(stage.handedOver, 0, "who has no quorum has nobody to hand over to")
  t.end()
})

test("a leader that stands still for a whole time to live, while it has a quorum, hands over, once each time", (t) => {
  const stage = new Stage()
  stage.duties.begin(stage.machine)
  stage.pass(10_000)
  t.equal(stage.handedOver, 0)
  stage.time.advance(1500)
  stage.pass(100)
  t.equal(stage.handedOver, 0)
  stage.time.advance(1500)
  stage.pass(200)
  t.equal(stage.handedOver, 1)
  stage.pass(1000)
  t.equal(stage.handedOver, 1)
  t.end()
})

test("who leads no more does nothing", (t) => {
  const stage = new Stage()
  stage.duties.begin(stage.machine)
  stage.applyProposed()
  stage.open(5000)
  stage.duties.end()
  stage.pass(6000)
  t.same(stage.proposed, [])
  t.equal(stage.duties.stampMs(), 0)
  stage.duties.stop()
  t.end()
})

test("every thousandth entry the hash of the state is compared", (t) => {
  const stage = new Stage()
  stage.duties.begin(stage.machine)
  stage.applyProposed()
  while (stage.machine.appliedIndex < HASH_EVERY) stage.apply(undefined)
  t.same(stage.proposed, [{ kind: "checkHash", index: HASH_EVERY, hash: stage.machine.hash }])
  t.end()
})

test("where the wall clock went another way, the next entry is told so first, and people see when it was", (t) => {
  const stage = new Stage()
  const { duties, machine } = stage
  duties.begin(machine)
  stage.applyProposed()
  stage.pass(500)
  stage.apply({ kind: "tick" })
  duties.beforeEntry()
  t.same(stage.proposed, [], "the founding has said it")
  stage.hasQuorum = false
  stage.pass(30_000)
  t.same(stage.proposed, [], "with nothing to write nothing is written")
  stage.hasQuorum = true
  duties.beforeEntry()
  duties.beforeEntry()
  t.same(stage.proposed, [{ kind: "tick", wallMs: stage.wallMs }], "once")
  stage.applyProposed()
  t.equal(wallMsAt(machine.walls, machine.timeMs), stage.wallMs)
  t.ok(stage.wallMs - (wallMsAt(machine.walls, machine.timeMs - 10) ?? 0) > 29_000, "what was before stays")
  stage.setBackMs = 5000
  stage.pass(2000)
  duties.beforeEntry()
  t.match(stage.proposed, [{ kind: "tick" }], "a clock that was set")
  duties.end()
  stage.pass(2000)
  duties.beforeEntry()
  t.equal(stage.proposed.length, 1, "who leads no more says nothing")
  t.end()
})
