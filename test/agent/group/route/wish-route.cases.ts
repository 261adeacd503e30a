import type { Addr, NodeId } from "@conclave/base"
import type { Step } from "conclave/group/route/way-to-leader"
import { type Performed, WishRoute } from "conclave/group/route/wish-route"
import type { CallOutcome } from "conclave/streams/call-links"
import { test } from "tap"
import { FakeClock } from "../../fake-clock.ts"
import { clockOf } from "../../fake-links.ts"

const WHAT = { relayed: 20, last: 21 }
const HOW_TOLD = 9
const [NOT_PROPOSED, UNKNOWN] = [2, 3]
const ONCE = "once"
/** Whoever asks here. */
const OWN = "own" as NodeId
const TOLD: CallOutcome = { kind: "answer", how: HOW_TOLD, body: Uint8Array.of(4) }
const HERE = { kind: "here" } as unknown as Step
const [LEADER, RELAY] = [
  { kind: "leader", to: "l:1" as Addr },
  { kind: "relay", to: "r:1" as Addr },
] as const

class Stage {
  readonly time: FakeClock = new FakeClock()
  readonly called: { readonly to: Addr; readonly what: number; readonly done: (outcome: CallOutcome) => void }[] = []
  readonly performed: string[] = []
  readonly origins: string[] = []
  readonly unreached: Step[] = []
  step: Step = { kind: "nowhere" }
  end: Performed<number> = 4
  readonly route: WishRoute<string, number>

  constructor() {
    this.route = new WishRoute<string, number>({
      clock: clockOf(this.time),
      calls: {
        call: (to, { what }, done) => void this.called.push({ to, what, done }),
      },
      way: {
        next: (origin) => {
          this.origins.push(origin)
          return this.step
        },
        unreached: (step) => void this.unreached.push(step),
      },
      kind: {
        ...{ what: WHAT, how: HOW_TOLD },
        encode: (wish) => new TextEncoder().encode(wish),
        decode: (body) => (body.length === 0 ? undefined : new TextDecoder().decode(body)),
        encodeTold: (told) => Uint8Array.of(told),
        decodeTold: ([told]) => told,
        hostOf: (wish) => (wish.startsWith("host:") ? wish.slice("host:".length) : OWN) as NodeId,
        isOnce: (wish) => wish === ONCE,
        afterBegun: (_wish, told) => told + 100,
      },
      perform: (wish, _untilMs, done) => {
        this.performed.push(wish)
        done(this.end)
      },
    })
  }

  ask(wish = "more"): (number | string)[] {
    const got: (number | string)[] = []
    this.route.wish(wish, this.time.now() + 1000, (outcome) => got.push(outcome))
    return got
  }

  serve(what: number, text = "more"): [number, ...number[]][] {
    const said: [number, ...number[]][] = []
    const answer = (how: number, body: Uint8Array): void => void said.push([how, ...body])
    this.route.serve(what, new TextEncoder().encode(text), {
      untilMs: this.time.now() + 1000,
      speaksFor: (host) => host === OWN,
      answer,
    })
    return said
  }

  pass(ms: number): void {
    for (let passed = 0; passed < ms; passed += 100) this.time.advance(100)
  }
}

test("a wish is done here, by the leader that is known, or through one relay after the other", (t) => {
  const stage = new Stage()
  stage.step = HERE
  t.same(stage.ask(), [4])
  t.same(stage.performed, ["more"])
  stage.step = LEADER
  const asked = stage.ask()
  t.match(stage.called, [{ to: "l:1", what: WHAT.last }])
  stage.called[0]?.done(TOLD)
  t.same(asked, [4])
  stage.step = RELAY
  const client = stage.ask()
  stage.called[1]?.done({ kind: "unsent" })
  stage.pass(100)
  t.match(stage.called.slice(1), [{ to: "r:1", what: WHAT.relayed }, {}])
  t.same(stage.unreached, [RELAY], "whoever knows the ways hears which of them is none")
  stage.called[2]?.done(TOLD)
  t.same(client, [4])
  t.same([...new Set(stage.origins)], ["own"])
  t.end()
})

test("who leads no more sends it on, and at the deadline it is said whether anybody may have begun", (t) => {
  const stage = new Stage()
  Object.assign(stage, { step: HERE, end: "not-leading" })
  const asked = stage.ask()
  stage.step = LEADER
  stage.pass(100)
  stage.called[0]?.done({ kind: "answer", how: NOT_PROPOSED, body: new Uint8Array(0) })
  stage.step = { kind: "nowhere" }
  stage.pass(1000)
  t.same(asked, ["unreached"])
  stage.step = LEADER
  const begun = stage.ask()
  stage.called[1]?.done({ kind: "lost" })
  stage.step = { kind: "nowhere" }
  stage.pass(1000)
  t.same(begun, ["late"])
  Object.assign(stage, { step: HERE, end: "deposed" })
  const [here, there] = [stage.ask(), stage.serve(WHAT.last)]
  stage.step = { kind: "nowhere" }
  stage.pass(1000)
  t.same(here, ["late"], "what it has appended the next leader may commit")
  t.same(there, [[UNKNOWN]])
  t.end()
})

test("what would be done twice is asked once, when its fate is not known", (t) => {
  for (const [wish, calls] of [
    [ONCE, 1],
    ["more", 2],
  ] as const) {
    const stage = new Stage()
    stage.step = LEADER
    const asked = stage.ask(wish)
    stage.called[0]?.done({ kind: "lost" })
    stage.pass(100)
    t.equal(stage.called.length, calls)
    t.same(asked, calls === 1 ? ["late"] : [])
  }
  t.end()
})

test("what others ask is answered, and refused at once where it goes no further", (t) => {
  const stage = new Stage()
  stage.step = { kind: "refused" }
  t.same(stage.serve(WHAT.last), [[NOT_PROPOSED]])
  t.same(stage.serve(WHAT.relayed), [[NOT_PROPOSED]])
  t.same(stage.origins, ["last", "relayed"])
  t.same(stage.serve(WHAT.last, ""), [[NOT_PROPOSED]], "what cannot be read")
  stage.step = LEADER
  const relayed = stage.serve(WHAT.relayed)
  stage.called[0]?.done({ kind: "lost" })
  stage.step = { kind: "nowhere" }
  stage.pass(1000)
  t.same(relayed, [[UNKNOWN]])
  stage.step = HERE
  t.same(stage.serve(WHAT.last), [[HOW_TOLD, 4]])
  stage.end = "late"
  t.same(stage.serve(WHAT.last), [[UNKNOWN]])
  t.notOk(stage.route.serve(WHAT.last + 1, new Uint8Array(1), { untilMs: 0, speaksFor: () => true, answer: () => {} }))
  t.end()
})

test("an answer that cannot be read may mean that it was done", (t) => {
  const stage = new Stage()
  stage.step = LEADER
  const asked = stage.ask(ONCE)
  stage.called[0]?.done({ kind: "answer", how: HOW_TOLD, body: new Uint8Array(0) })
  t.same(asked, ["late"])
  t.end()
})

test("who stops asks nobody any more", (t) => {
  const stage = new Stage()
  const waiting = stage.ask()
  stage.route.stop()
  stage.pass(2000)
  t.same(waiting, [])
  t.end()
})

test("an answer is read as the later one where an earlier leader had begun, wherever it led", (t) => {
  const stage = new Stage()
  Object.assign(stage, { step: HERE, end: "deposed" })
  const here = stage.ask()
  stage.end = 4
  stage.pass(100)
  t.same(here, [104], "this host had begun")
  stage.step = LEADER
  const said = stage.serve(WHAT.relayed)
  stage.called[0]?.done({ kind: "answer", how: UNKNOWN, body: new Uint8Array(0) })
  stage.step = HERE
  stage.pass(100)
  t.same(said, [[HOW_TOLD, 104]], "another one may have")
  t.same(stage.ask(), [4], "nobody had")
  t.end()
})

test("what one host alone may wish is taken of no other", (t) => {
  const stage = new Stage()
  stage.step = HERE
  t.same(stage.serve(WHAT.relayed, "host:other"), [[NOT_PROPOSED]])
  t.same(stage.performed, [])
  t.same(stage.serve(WHAT.relayed, `host:${OWN}`), [[HOW_TOLD, 4]])
  t.end()
})
