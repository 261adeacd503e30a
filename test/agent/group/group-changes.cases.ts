import { GroupChanges, type WishEnd } from "conclave/group/group-changes"
import type { GroupWish } from "conclave/group/wire-group"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"
import { fakeMember } from "../fake-view.ts"

class Stage {
  readonly time: FakeClock = new FakeClock()
  readonly changes: GroupChanges
  isLeader = true
  leader: string | undefined = "a"
  departed: "moved" | "not-leading" | "deposed" = "moved"
  /** Nobody ever learns what becomes of a change. */
  isCutOff = false
  handedOver = 0
  voters: readonly string[] = ["a", "b", "c"]
  readonly shunned: Set<string> = new Set()

  constructor() {
    const consensus = {
      clusterId: "c",
      self: "a",
      view: { ownerOf: memberOf },
      setShunned: (agent: string, isShunned: boolean) =>
        isShunned ? this.shunned.add(agent) : this.shunned.delete(agent),
      depart: (_agent: string, _untilMs: number, done: (departed: string) => void) => done(this.departed),
    }
    const view = { byName: memberOf, memberById: () => memberOf("a") }
    this.changes = new GroupChanges({ consensus: consensus as never, view: view as never, clock: this.time })
  }

  perform(wish: GroupWish): WishEnd[] {
    const stage = this
    const running = {
      get isLeader() {
        return stage.isLeader
      },
      raft: {
        id: "a",
        get leader() {
          return stage.leader
        },
        get group() {
          return { voters: stage.voters, outgoing: [], learners: [], learnersNext: [] }
        },
      },
      transfer: () => this.handedOver++,
      changeGroup: (_target: object, done: () => void) => this.isCutOff || done(),
    }
    const ends: WishEnd[] = []
    this.changes.perform(running as never, wish, this.time.now() + 1000, (end) => ends.push(end))
    return ends
  }

  pass(ms: number): void {
    for (let passed = 0; passed < ms; passed += 50) this.time.advance(50)
  }
}

function memberOf(name: string) {
  const member = fakeMember(name)
  const seat = { cluster: "c", replica: name, role: "voter", wish: "auto" }
  return { ...member, record: { ...member.record, seat } }
}

test("who leads no more ends what it has begun so that the next one can go on with it", (t) => {
  for (const wish of [
    { what: "add", name: "d" },
    { what: "remove", name: "c", force: true },
  ] as const) {
    const stage = new Stage()
    const ends = stage.perform(wish)
    stage.pass(200)
    t.same(ends, [])
    stage.isLeader = false
    stage.pass(100)
    t.same(ends, ["deposed"], wish.what)
  }
  const stage = new Stage()
  for (const departed of ["not-leading", "deposed"] as const) {
    stage.departed = departed
    t.same(stage.perform({ what: "remove", name: "c", force: false }), [departed])
  }
  t.end()
})

test("a leader that is to go by force hands over first, and who leads then takes it out", (t) => {
  const stage = new Stage()
  const wish = { what: "remove", name: "a", force: true } as const
  const ends = stage.perform(wish)
  t.equal(stage.handedOver, 1)
  stage.pass(200)
  t.same(ends, [])
  stage.isLeader = false
  stage.pass(100)
  t.same(ends, ["not-leading"], "nothing has begun: it is asked of the next")
  t.same([...stage.shunned], [], "what this one would remember is of no use any more")
  stage.isLeader = true
  const late = stage.perform(wish)
  stage.pass(1100)
  t.match(late, [{ code: "TIMEOUT" }])
  t.end()
})

test("the only voter stays, with force or without, and nobody is told to try force", (t) => {
  const stage = new Stage()
  stage.voters = ["a"]
  for (const force of [false, true]) {
    const [end] = stage.perform({ what: "remove", name: "a", force })
    t.match(end, { code: "CONFLICT", details: { reason: "quorum-at-risk" }, hint: "add another agent first" })
  }
  t.end()
})

test("what does not come about by the deadline has begun", (t) => {
  for (const wish of [
    { what: "add", name: "d" },
    { what: "remove", name: "c", force: true },
    { what: "transfer", to: "b" },
  ] as const) {
    for (const isCutOff of [false, true]) {
      const stage = new Stage()
      stage.isCutOff = isCutOff
      const ends = stage.perform(wish)
      stage.pass(1100)
      t.match(ends, [{ code: "TIMEOUT", outcome: "unknown", message: new RegExp(`^raft.${wish.what} `) }])
      stage.pass(1000)
      t.equal(ends.length, 1)
    }
  }
  t.end()
})

test("leadership has moved when the heir is known to lead, and who has it keeps it", (t) => {
  const stage = new Stage()
  const ends = stage.perform({ what: "transfer", to: "b" })
  stage.leader = "c"
  stage.pass(100)
  t.same(ends, [])
  stage.leader = "b"
  stage.pass(100)
  t.same(ends, ["done"])
  t.same(stage.perform({ what: "transfer", to: "a" }), ["done"])
  stage.changes.stop()
  t.end()
})

test("whom an operator takes a seat from is offered none until an operator gives it one", (t) => {
  for (const force of [false, true]) {
    const stage = new Stage()
    const { id } = memberOf("c")
    stage.perform({ what: "remove", name: "c", force })
    t.same([...stage.shunned], [id])
    stage.perform({ what: "add", name: "c" })
    t.same([...stage.shunned], [])
  }
  t.end()
})
