import { SteppingDown, type SteppingDownOptions } from "conclave/group/stepping-down"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"

const ELECTION_MS = 1000

/** A host with a replica `r`, whose words about its seat are those of a leader. */
class Stage {
  readonly clock: FakeClock = new FakeClock()
  readonly done: unknown[] = []
  isMaking = false
  isLeader = true
  voters: readonly string[] = ["r", "s"]
  hasReplica = true
  answer = "moved"
  readonly stepping: SteppingDown

  constructor() {
    const options = {
      self: "a",
      clock: this.clock,
      electionMs: ELECTION_MS,
      life: () => this,
      renounceFounding: () => void this.done.push("founds nothing"),
      seats: () => ({ wish: (_: string, __: number, told: (given: string) => void) => told(this.answer) }),
    }
    this.stepping = new SteppingDown(options as unknown as SteppingDownOptions)
  }

  get running(): unknown {
    const group = { voters: this.voters, outgoing: [], learners: [], learnersNext: [] }
    const transfer = (): unknown => this.done.push("transfer")
    return this.hasReplica ? { isLeader: this.isLeader, transfer, raft: { id: "r", group } } : undefined
  }

  given(limitMs = 5000): this {
    this.stepping.giveUpSeat(this.clock.now() + limitMs, (given) => this.done.push(given))
    return this
  }
}

function stageOf(change: Partial<Omit<Stage, "running">>): Stage {
  return Object.assign(new Stage(), change)
}

test("who does not lead, or leads nobody, hands nothing over", (t) => {
  for (const change of [{ isLeader: false }, { voters: ["r"] }, { hasReplica: false }]) {
    const stage = stageOf(change)
    stage.stepping.handOver(() => stage.done.push("over"))
    t.same(stage.done, ["over"])
  }
  t.end()
})

test("a leader that nobody relieves has tried for as long as an election takes", (t) => {
  const stage = new Stage()
  stage.stepping.handOver(() => stage.done.push("over"))
  stage.clock.advance(ELECTION_MS - 1)
  t.same(stage.done, ["transfer"])
  stage.clock.advance(10)
  t.same(stage.done, ["transfer", "over"])
  t.equal(stage.clock.armed, 0)
  t.end()
})

test("without a seat nothing moves, and nothing is founded any more", (t) => {
  for (const change of [{ hasReplica: false }, { voters: ["s"] }]) {
    const stage = stageOf(change)
    t.notOk(stage.stepping.hasSeat)
    t.same(stage.given().done, ["founds nothing", "none"])
  }
  t.end()
})

test("a seat that the leader does not know any more has moved; else its word counts", (t) => {
  for (const [answer, given] of [
    ["none", "moved"],
    ["moved", "moved"],
    ["needed", "needed"],
  ] as const) {
    const stage = stageOf({ answer })
    t.ok(stage.stepping.hasSeat)
    t.same(stage.given().done, [given])
  }
  t.end()
})

test("who founds at this moment is asked again until it has, or the deadline is there", (t) => {
  const stage = stageOf({ isMaking: true }).given(50)
  stage.clock.advance(20)
  t.same(stage.done, [])
  stage.isMaking = false
  stage.clock.advance(10)
  t.same(stage.done, ["moved"])
  const late = stageOf({ isMaking: true }).given(50)
  for (let steps = 0; steps < 6; steps++) late.clock.advance(10)
  t.same(late.done, ["late"])
  t.end()
})

test("who stops calls nobody back later", (t) => {
  const stage = stageOf({ isMaking: true }).given()
  stage.stepping.stop()
  stage.isMaking = false
  stage.clock.advance(6000)
  t.same(stage.done, [])
  t.end()
})
