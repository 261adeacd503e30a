import { type Acquire, type Command, NO_TERMS, planWork, type SessionId } from "@conclave/consensus"
import type { JournalNote } from "conclave/api/objects"
import { Drain } from "conclave/coordination/drain"
import { test } from "tap"
import { memberId } from "../fake-view.ts"
import { MovingClock } from "../moving-clock.ts"
import { DeskStage, eventsOf } from "./desk-stage.ts"

const ELSEWHERE = `${"e".repeat(25)}a` as SessionId

/** A host with applications, and one session at another host. */
class Stage extends DeskStage {
  readonly told: JournalNote[] = []
  isOver = false
  drain: Drain = this.newDrain()
  #seq = 0

  constructor() {
    super()
    this.cluster.apply({
      ...{ kind: "open", session: ELSEWHERE, secretHash: new Uint8Array(32), host: memberId("b"), boot: 1 },
      ...{ attachment: 1, ttlMs: 300_000, liveness: "heartbeat", member: "b", app: "", pid: undefined },
    })
    // As the leader does.
    this.cluster.listen({
      changed: (_rev, changes) => {
        if (changes.some(({ kind }) => kind === "item" || kind === "hold"))
          this.clock.alarm(() => this.plan()).set(this.clock.now())
      },
      replaced: () => {},
    })
  }

  newDrain(): Drain {
    const { cluster, clock, desk, told } = this
    return new Drain({ cluster, clock, desk, member: () => "a", tell: (note) => void told.push(note) })
  }

  begin(graceMs?: number): void {
    this.drain.begin(graceMs, () => {
      this.isOver = true
    })
  }

  elsewhere(more: Partial<Acquire>): void {
    this.cluster.apply({
      ...{ kind: "acquire", session: ELSEWHERE, seq: ++this.#seq, floor: 0, mode: "exclusive", waitMs: undefined },
      ...{ priority: 0, maxHoldMs: undefined, lockDelayMs: 0, ...NO_TERMS, note: undefined, value: undefined },
      ...more,
    } as Command)
  }

  plan(): void {
    const seen = this.cluster.machine.planView("q")
    const moves = seen === undefined ? [] : planWork(seen)
    if (moves.length > 0) this.cluster.apply({ kind: "workAssign", pool: "q", moves })
  }

  leader(name: string): string | undefined {
    return this.cluster.machine.name("election", name).holders[0]?.session
  }

  /** What was told, in figures. */
  figures(): (readonly [number | undefined, number | undefined])[] {
    return this.told.map(({ leaderships, items }) => [leaderships, items] as const)
  }
}

test("a leader is asked to make way for a candidate elsewhere, and no candidate of this host comes before it", (t) => {
  const stage = new Stage()
  const { session } = stage.open()
  const { session: second } = stage.open()
  const leads = stage.hold(session, 1, { hold: "election", names: ["e"] })
  const stands = stage.hold(second, 1, { hold: "election", names: ["e"] })
  const alone = stage.hold(session, 2, { hold: "election", names: ["alone"] })
  const lock = stage.hold(session, 3, { names: ["l"] })
  stage.elsewhere({ hold: "election", names: ["e"] })
  stage.begin()
  stage.pass(200)
  t.match(eventsOf(leads).at(-1), { type: "revoking", reason: "drain", by: "a leaves" })
  t.match(stands.ending(), { error: { code: "SESSION_LOST", details: { cause: "left" } } })
  t.notOk(stage.isOver)
  leads.finish()
  stage.pass(200)
  t.equal(stage.leader("e"), ELSEWHERE)
  t.ok(stage.isOver, "what nobody elsewhere waits for ends with its session")
  t.ok(alone.token !== undefined && !eventsOf(alone).some(({ type }) => type === "revoking"))
  t.notOk(eventsOf(lock).some(({ type }) => type === "revoking"))
  t.same(stage.figures(), [
    [1, 0],
    [0, 0],
  ])
  t.match(stage.told[0], { kind: "host.draining", member: "a" })
  t.end()
})

test("a leader that does not hear is replaced when its time is up", (t) => {
  const stage = new Stage()
  const { session } = stage.open({ ttlMs: 60_000 })
  const leads = stage.hold(session, 1, { hold: "election", names: ["e"] })
  stage.elsewhere({ hold: "election", names: ["e"] })
  stage.begin(3000)
  stage.pass(2500)
  t.equal(stage.leader("e"), session.id)
  stage.pass(700)
  t.equal(stage.leader("e"), ELSEWHERE)
  t.ok(stage.isOver)
  t.match(eventsOf(leads).at(-1), { type: "lost", reason: "revoked" })
  t.end()
})

test("an item in progress has its time to be handed over, and nothing is given to a worker of this host any more", (t) => {
  const stage = new Stage()
  const { session } = stage.open({ ttlMs: 60_000 })
  const config = { handoffTimeoutMs: 5000, restartGraceMs: undefined, spread: undefined, maxAttempts: undefined }
  stage.cluster.apply({
    ...{ kind: "workConfigure", request: undefined, pool: "q", ifRev: undefined },
    config: { partitions: 4, ...config },
  })
  const worker = stage.hold(session, 1, { hold: "work", names: ["q"], id: "here" })
  stage.pass(100)
  const given = eventsOf(worker).flatMap((each) => (each.type === "assigned" ? [each] : []))
  t.equal(given.length, 4)
  stage.elsewhere({ hold: "work", names: ["q"], id: "there" })
  stage.begin()
  stage.pass(600)
  const asked = eventsOf(worker).filter(({ type }) => type === "revoking")
  t.equal(asked.length, 4, "all of them at once")
  t.match(asked[0], { reason: "drain", deadlineMs: Number })
  for (const [index, { item, token }] of given.slice(0, 2).entries()) {
    const request = { session: session.id, seq: 10 + index, floor: 0 }
    const about = { pool: "q", item: item ?? "", token: Number(token) as never, message: undefined }
    stage.cluster.apply({ kind: "workSettle", request, result: "released", ...about })
  }
  stage.pass(600)
  const owners = (): unknown[] => [0, 1, 2, 3].map((each) => stage.cluster.machine.item("q", String(each))?.owner?.id)
  t.same(owners().filter((id) => id === "there").length, 2, "what is handed over goes on at once")
  t.notOk(stage.isOver)
  const { host } = stage.cluster
  stage.cluster.apply({ kind: "renewHosts", items: [{ host, boot: stage.cluster.boot(), attempt: 1 }] })
  stage.pass(59_500)
  t.same(owners(), ["there", "there", "there", "there"])
  t.ok(stage.isOver)
  t.match(worker.ending(), { error: { code: "GRANT_LOST" } }, "nothing has told it for as long")
  t.same(stage.figures(), [
    [0, 4],
    [0, 2],
    [0, 0],
  ])
  t.ok(stage.cluster.machine.problems().length === 0)
  t.end()
})

test("thousands of workers are asked a slice a turn, and what is left of them is counted so, too", (t) => {
  const stage = new Stage()
  const { session } = stage.open({ ttlMs: 300_000 })
  const WORKERS = 200
  for (let seq = 1; seq <= WORKERS; seq++) stage.hold(session, seq, { hold: "work", names: ["q"], id: `w${seq}` })
  for (let at = 0; at < WORKERS; at++) {
    const about = { payload: undefined, weight: 1, pin: undefined }
    stage.cluster.apply({ kind: "workPut", request: undefined, pool: "q", item: `${at}`, ...about })
  }
  stage.pass(100)
  t.equal(stage.cluster.machine.pool("q")?.book?.counts.assigned, WORKERS)
  const clock = new MovingClock()
  clock.stepMs = 1
  const { cluster, desk, told } = stage
  const ports = { ...stage.clock, now: clock.now, afterTurn: clock.afterTurn }
  const drain = new Drain({ cluster, clock: ports, desk, member: () => "a", tell: (note) => void told.push(note) })
  const asked = (): number => cluster.commands.filter(({ kind }) => kind === "cancel").length
  drain.begin(undefined, () => {})
  t.ok(asked() < 5, `${asked()} at once`)
  for (let turns = 0; clock.turn(); turns++) {
    // Nothing of an entry that is at work can be asked: it goes on where it was.
    if (turns !== 10) continue
    const before = asked()
    cluster.isAtWork = true
    clock.turn()
    cluster.isAtWork = false
    t.equal(asked(), before)
    stage.pass(100)
  }
  t.equal(asked(), WORKERS)
  t.strictSame(stage.figures(), [[0, WORKERS]])
  t.end()
})

test("with no grace, without a quorum, and where there is nothing to move it is over at once", (t) => {
  const busy = new Stage()
  const { session } = busy.open()
  busy.hold(session, 1, { hold: "election", names: ["e"] })
  busy.elsewhere({ hold: "election", names: ["e"] })
  busy.begin()
  t.notOk(busy.isOver)
  let isSecondOver = false
  busy.drain.begin(0, () => {
    isSecondOver = true
  })
  busy.pass(100)
  t.ok(busy.isOver && isSecondOver, "a second wish may leave less time")
  busy.drain.begin(undefined, () => {
    isSecondOver = false
  })
  t.notOk(isSecondOver)

  const alone = new Stage()
  alone.cluster.hasQuorum = false
  alone.begin()
  t.ok(alone.isOver)
  const idle = new Stage()
  idle.begin()
  t.ok(idle.isOver)
  t.same(idle.told, [])
  t.ok(idle.drain.hasBegun)
  const stopped = new Stage()
  const { session: other } = stopped.open()
  stopped.hold(other, 1, { hold: "election", names: ["e"] })
  stopped.elsewhere({ hold: "election", names: ["e"] })
  stopped.begin()
  stopped.drain.stop()
  stopped.pass(20_000)
  t.notOk(stopped.isOver)
  t.end()
})
