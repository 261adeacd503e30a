import type { Addr } from "@conclave/base"
import { SeatRoute } from "conclave/group/seat-route"
import { HOW, WHAT } from "conclave/streams/call-kinds"
import type { CallOutcome } from "conclave/streams/call-links"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"
import { clockOf } from "../fake-links.ts"
import { memberId } from "../fake-view.ts"

const AGENT = memberId("b")

class Stage {
  readonly time: FakeClock = new FakeClock()
  readonly called: { readonly to: Addr; readonly what: number; readonly done: (outcome: CallOutcome) => void }[] = []
  leader: Addr | undefined
  /** Undefined: this host has no replica. */
  isLeader: boolean | undefined
  word: "moved" | "needed" | "not-leading" | "deposed" = "moved"
  readonly route: SeatRoute

  constructor() {
    this.route = new SeatRoute({
      clock: clockOf(this.time),
      calls: {
        call: (to: Addr, { what }: { what: number }, done: never) => this.called.push({ to, what, done }),
      } as never,
      running: () => (this.isLeader === undefined ? undefined : ({ isLeader: this.isLeader } as never)),
      leaderAddr: () => this.leader,
      relays: () => ["r:1", "r:2"] as Addr[],
      depart: (_agent, _untilMs, done) => done(this.word),
    })
  }

  ask(limitMs = 5000): string[] {
    const got: string[] = []
    this.route.depart(AGENT, this.time.now() + limitMs, (given) => got.push(given))
    return got
  }

  answer(outcome: CallOutcome): void {
    this.called.shift()?.done(outcome)
  }

  serve(what: number, body: Uint8Array): { readonly isKnown: boolean; readonly said: [number, ...number[]][] } {
    const said: [number, ...number[]][] = []
    const answer = (how: number, reply: Uint8Array): void => void said.push([how, ...reply])
    return { isKnown: this.route.serve(what, body, { untilMs: this.time.now() + 1000, answer }), said }
  }
}

test("a wish goes to the leader, here or there, or through one relay after the other", (t) => {
  const stage = new Stage()
  stage.isLeader = true
  t.same(stage.ask(), ["moved"])
  stage.isLeader = false
  stage.leader = "l:1" as Addr
  const asked = stage.ask()
  t.match(stage.called, [{ to: "l:1", what: WHAT.departHere }])
  stage.answer({ kind: "answer", how: HOW.departed, body: Uint8Array.of(2) })
  t.same(asked, ["needed"])
  Object.assign(stage, { isLeader: undefined, leader: undefined })
  const client = stage.ask()
  t.match(stage.called, [{ to: "r:1", what: WHAT.depart }])
  stage.answer({ kind: "unsent" })
  stage.time.advance(200)
  t.match(stage.called, [{ to: "r:2" }])
  stage.answer({ kind: "answer", how: HOW.departed, body: Uint8Array.of(0) })
  t.same(client, ["moved"])
  t.end()
})

test("who leads no more sends the wish on; at the deadline it is said whether anybody may have begun", (t) => {
  const stage = new Stage()
  stage.isLeader = true
  stage.word = "not-leading"
  const asked = stage.ask(1000)
  t.same(asked, [])
  stage.word = "moved"
  stage.time.advance(200)
  t.same(asked, ["moved"])
  stage.isLeader = false
  const unreached = stage.ask(1000)
  for (let step = 0; step < 12; step++) stage.time.advance(100)
  t.same(unreached, ["unreached"])
  stage.leader = "l:1" as Addr
  const begun = stage.ask(1000)
  stage.answer({ kind: "lost" })
  const deposed = stage.ask(1000)
  stage.called.pop()?.done({ kind: "answer", how: HOW.departed, body: Uint8Array.of(5) })
  stage.leader = undefined
  for (let step = 0; step < 12; step++) stage.time.advance(100)
  t.same(begun, ["late"])
  t.same(deposed, ["late"], "whoever leads no more may have begun")
  t.end()
})

test("who is asked as the leader does not send it on; what is no id and an unknown word are refused", (t) => {
  const stage = new Stage()
  const id = new Uint8Array(16).fill(3)
  stage.word = "not-leading"
  t.same(stage.serve(WHAT.departHere, id), { isKnown: true, said: [[HOW.departed, 3]] })
  t.same(stage.serve(WHAT.depart, id.subarray(1)), { isKnown: true, said: [[HOW.notProposed]] })
  t.same(stage.serve(WHAT.read, id), { isKnown: false, said: [] })
  stage.isLeader = true
  stage.word = "needed"
  t.same(stage.serve(WHAT.depart, id).said, [[HOW.departed, 2]])
  stage.isLeader = false
  stage.leader = "l:1" as Addr
  const asked = stage.ask(1000)
  stage.answer({ kind: "answer", how: HOW.departed, body: Uint8Array.of(99) })
  t.same(asked, [], "it is asked again")
  stage.route.stop()
  stage.time.advance(5000)
  t.same(asked, [])
  t.end()
})
