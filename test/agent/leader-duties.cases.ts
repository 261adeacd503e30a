import { base32, type NodeId } from "@conclave/base"
import { type Command, decodeCommand, encodeCommand, HASH_EVERY, Machine, type SessionId } from "@conclave/consensus"
import { LeaderDuties } from "conclave/leader-duties"
import { test } from "tap"
import { FakeClock } from "./fake-clock.ts"
import { clockOf } from "./fake-links.ts"

const ID = base32(new Uint8Array(16).fill(3))

class Stage {
  readonly time: FakeClock = new FakeClock()
  readonly machine: Machine = new Machine()
  readonly proposed: Command[] = []
  readonly duties: LeaderDuties

  constructor() {
    this.duties = new LeaderDuties({
      clock: clockOf(this.time),
      received: () => 0,
      cluster: "c1",
      propose: (data) => {
        const decoded = decodeCommand(data)
        if (decoded.ok) this.proposed.push(decoded.command)
      },
    })
  }

  apply(command: Command | undefined): void {
    const index = this.machine.appliedIndex + 1
    const stampMs = this.duties.stamps.now()
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
  t.equal(stage.time.armed, 0, "with nothing due an idle cluster writes nothing")
  stage.open(5000)
  stage.time.advance(4990)
  t.same(stage.proposed, [])
  stage.time.advance(20)
  t.match(stage.proposed, [{ kind: "tick" }])
  stage.time.advance(1000)
  t.equal(stage.proposed.length, 1, "one tick at a time")
  stage.applyProposed()
  t.equal(stage.machine.session(ID as SessionId), undefined)
  t.end()
})

test("a leader that stood still lets no time pass for it", (t) => {
  const stage = new Stage()
  stage.duties.begin(stage.machine)
  stage.applyProposed()
  stage.open(5000)
  stage.time.advance(60_000)
  t.match(stage.proposed, [{ kind: "tick" }], "what was due when it fell asleep is due")
  t.equal(stage.duties.stamps.now(), 5000, "and nothing later: nobody could be heard meanwhile")
  t.end()
})

test("who leads no more does nothing", (t) => {
  const stage = new Stage()
  stage.duties.begin(stage.machine)
  stage.applyProposed()
  stage.open(5000)
  stage.duties.end()
  stage.time.advance(6000)
  t.same(stage.proposed, [])
  t.equal(stage.duties.stamps.now(), 0)
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
