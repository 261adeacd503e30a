import type { Addr } from "@conclave/base"
import { UNFOUNDED } from "conclave/api/no-quorum"
import { problem } from "conclave/api/problem"
import { GroupRoute, type GroupRouteOptions, problemOf, type WishOutcome } from "conclave/group/group-route"
import { encodeTold, encodeWish, type GroupWish } from "conclave/group/wire-group"
import { HOW, WHAT } from "conclave/streams/call-kinds"
import type { CallOutcome } from "conclave/streams/call-links"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"
import { clockOf } from "../fake-links.ts"

const ADD: GroupWish = { what: "add", name: "b" }
const TOLD = { kind: "answer", how: HOW.group, body: encodeTold({ status: UNFOUNDED, refusal: undefined }) } as const

class Stage {
  readonly time: FakeClock = new FakeClock()
  readonly called: { readonly to: Addr; readonly what: number; readonly done: (outcome: CallOutcome) => void }[] = []
  readonly performed: GroupWish[] = []
  leader: Addr | undefined
  /** Undefined: this host has no replica. */
  isLeader: boolean | undefined
  end: Parameters<Parameters<GroupRouteOptions["perform"]>[2]>[0] = "done"
  readonly route: GroupRoute

  constructor() {
    this.route = new GroupRoute({
      clock: clockOf(this.time),
      calls: {
        call: (to: Addr, { what }: { what: number }, done: never) => this.called.push({ to, what, done }),
      } as never,
      running: () => (this.isLeader === undefined ? undefined : ({ isLeader: this.isLeader } as never)),
      leaderAddr: () => this.leader,
      relays: () => ["r:1", "r:2"] as Addr[],
      status: () => UNFOUNDED,
      perform: (wish, _untilMs, done) => {
        this.performed.push(wish)
        done(this.end)
      },
    })
  }

  ask(wish: GroupWish = ADD): WishOutcome[] {
    const got: WishOutcome[] = []
    this.route.wish(wish, this.time.now() + 1000, (outcome) => got.push(outcome))
    return got
  }

  serve(what: number, body: Uint8Array): [number, Uint8Array][] {
    const said: [number, Uint8Array][] = []
    const answer = (...each: [number, Uint8Array]): void => void said.push(each)
    this.route.serve(what, body, { untilMs: this.time.now() + 1000, answer })
    return said
  }

  pass(ms: number): void {
    for (let passed = 0; passed < ms; passed += 100) this.time.advance(100)
  }
}

test("a wish is done here, by the leader that is known, or through one relay after the other", (t) => {
  const stage = new Stage()
  stage.isLeader = true
  t.match(stage.ask(), [{ refusal: undefined }])
  stage.end = problem("CONFLICT", "no")
  t.match(stage.ask(), [{ refusal: { code: "CONFLICT" } }])
  stage.isLeader = false
  stage.leader = "l:1" as Addr
  const asked = stage.ask()
  t.match(stage.called, [{ to: "l:1", what: WHAT.groupHere }])
  stage.called[0]?.done(TOLD)
  t.equal(asked.length, 1)
  Object.assign(stage, { isLeader: undefined, leader: undefined })
  const client = stage.ask()
  stage.called[1]?.done({ kind: "unsent" })
  stage.pass(100)
  t.match(stage.called.slice(1), [
    { to: "r:1", what: WHAT.group },
    { to: "r:2", what: WHAT.group },
  ])
  stage.called[2]?.done(TOLD)
  t.equal(client.length, 1)
  t.end()
})

test("who leads no more sends it on, and at the deadline it is said whether anybody may have begun", (t) => {
  const stage = new Stage()
  Object.assign(stage, { isLeader: true, end: "not-leading" })
  const asked = stage.ask()
  Object.assign(stage, { isLeader: false, leader: "l:1" as Addr })
  stage.pass(100)
  stage.called[0]?.done({ kind: "answer", how: HOW.notProposed, body: new Uint8Array(0) })
  stage.leader = undefined
  stage.pass(1000)
  t.same(asked, ["unreached"])
  stage.leader = "l:1" as Addr
  const begun = stage.ask()
  stage.called[1]?.done({ kind: "lost" })
  stage.leader = undefined
  stage.pass(1000)
  t.same(begun, ["late"])
  Object.assign(stage, { isLeader: true, end: "deposed" })
  const [here, there] = [stage.ask(), stage.serve(WHAT.groupHere, encodeWish(ADD))]
  stage.isLeader = false
  stage.pass(1000)
  t.same(here, ["late"], "what it has appended the next leader may commit")
  t.same(there[0]?.[0], HOW.unknown)
  t.end()
})

test("to move the leadership to whoever is best is asked once, as it would move on", (t) => {
  const stage = new Stage()
  for (const [to, calls] of [
    [undefined, 1],
    ["b", 2],
  ] as const) {
    stage.called.length = 0
    Object.assign(stage, { isLeader: false, leader: "l:1" as Addr })
    const asked = stage.ask({ what: "transfer", to })
    stage.called[0]?.done({ kind: "lost" })
    stage.pass(100)
    t.equal(stage.called.length, calls)
    t.same(asked, to === undefined ? ["late"] : [])
  }
  t.end()
})

test("what others ask is answered, and who is asked as the leader does not send it on", (t) => {
  const stage = new Stage()
  stage.isLeader = false
  stage.leader = "l:1" as Addr
  const body = encodeWish(ADD)
  t.same(stage.serve(WHAT.groupHere, body)[0]?.[0], HOW.notProposed)
  t.same(stage.called, [])
  t.same(stage.serve(WHAT.groupHere, new Uint8Array(0))[0]?.[0], HOW.notProposed)
  const relayed = stage.serve(WHAT.group, body)
  stage.called[0]?.done({ kind: "lost" })
  stage.leader = undefined
  stage.pass(1000)
  t.same(relayed[0]?.[0], HOW.unknown)
  stage.isLeader = true
  t.same(stage.serve(WHAT.groupHere, body)[0]?.[0], HOW.group)
  t.notOk(stage.route.serve(WHAT.read, body, { untilMs: 0, answer: () => {} }))
  stage.isLeader = false
  const waiting = stage.ask()
  stage.route.stop()
  stage.pass(2000)
  t.same(waiting, [], "who stops asks nobody any more")
  t.end()
})

test("a refusal of another agent is one of this one", (t) => {
  t.match(problemOf({ code: "TIMEOUT", message: "late", hint: "look", details: { a: 1 } }), {
    ...{ code: "TIMEOUT", message: "late", hint: "look", details: { a: 1 } },
    ...{ outcome: "unknown", retryable: true },
  })
  t.notOk("hint" in problemOf({ code: "CONFLICT", message: "no", details: {} }))
  t.end()
})
