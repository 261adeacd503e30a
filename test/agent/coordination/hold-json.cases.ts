import { HOLD, SESSION } from "conclave/api/hold-objects"
import { capture, holdJson, PLACES_MAX, sessionJson, waitingPlace } from "conclave/coordination/hold-json"
import { test } from "tap"
import { DeskStage } from "./desk-stage.ts"

test("what is shown is what the schema says; a captured name stays as it was", (t) => {
  const stage = new DeskStage()
  const { session } = stage.open()
  const { machine } = stage.cluster
  const show = (kind: "lock" | "election", name: string) => holdJson(capture(machine, kind, name), stage.time)
  t.same(show("lock", "free"), {
    kind: "lock",
    name: "free",
    rev: "1",
    mode: null,
    holders: [],
    waiters: [],
    history: [],
  })
  const hold = stage.hold(session, 1, { mode: "shared", note: "n" })
  stage.hold(session, 2)
  stage.hold(session, 3, { hold: "election", value: '{"x":1}', priority: 4 })
  for (const each of [show("lock", "a"), show("election", "a")]) t.same(HOLD.strict().parse(each), each)
  t.match(show("lock", "a"), {
    mode: "shared",
    holders: [{ seq: 1, note: "n", app: "app", pid: 7 }],
    waiters: [{ seq: 2 }],
  })
  t.match(show("election", "a"), { holders: [{ value: { x: 1 }, priority: 4 }] })
  const before = capture(machine, "lock", "a")
  hold.finish()
  t.match(holdJson(before, stage.time), { holders: [{ seq: 1 }], waiters: [{ seq: 2 }] })
  t.match(show("lock", "a"), {
    mode: "exclusive",
    holders: [{ seq: 2 }],
    waiters: [],
    history: [{ reason: "released" }],
  })
  t.end()
})

test("one who waits is told its place and who holds the name, and nothing where it does not wait", (t) => {
  const stage = new DeskStage()
  const { session } = stage.open()
  const { machine } = stage.cluster
  const first = stage.hold(session, 1)
  const [second, third] = [stage.hold(session, 2), stage.hold(session, 3)]
  const placeOf = (hold: typeof first) => waitingPlace(machine, hold.command, stage.time)
  t.equal(placeOf(first), undefined)
  t.match(placeOf(second), { position: 1, holders: [{ seq: 1 }] })
  t.match(placeOf(third), { position: 2, holders: [{ seq: 1 }] })
  first.finish()
  t.equal(placeOf(second), undefined)
  t.match(placeOf(third), { position: 1, holders: [{ seq: 2 }] })
  t.end()
})

test("one who waits for several names stands where most are before it, and is shown all that hold one of them", (t) => {
  const stage = new DeskStage()
  const { session } = stage.open()
  const both = stage.hold(session, 1, { names: ["c", "d"] })
  stage.hold(session, 2, { names: ["b"] })
  stage.hold(session, 3, { names: ["b"] })
  const several = stage.hold(session, 4, { names: ["a", "b", "c", "d"] })
  const place = () => waitingPlace(stage.cluster.machine, several.command, stage.time)
  t.match(place(), { position: 2, holders: [{ seq: 2 }, { seq: 1 }] }, "one that holds two of them stands there once")
  both.finish()
  t.match(place(), { position: 2, holders: [{ seq: 2 }] })
  t.end()
})

test("a session shows what it holds and waits for, and how long it lives as things stand", (t) => {
  const stage = new DeskStage()
  const { session } = stage.open()
  stage.hold(session, 1, { names: ["a", "b"] })
  stage.hold(session, 2)
  const { machine } = stage.cluster
  const show = () => {
    const known = machine.session(session.id)
    return known === undefined ? undefined : sessionJson(machine, known)
  }
  t.same(SESSION.strict().parse(show()), show())
  t.match(show(), { state: "attached", grants: [{ name: "a" }, { name: "b" }], waits: [{ kind: "lock", name: "a" }] })
  if (session.owner !== undefined) stage.book.abandon(session, session.owner)
  t.match(show(), { state: "detached", remainingMs: 10_000 })
  t.end()
})

test("who waits behind many that share is shown some of them; who asks for all is shown all", (t) => {
  const stage = new DeskStage()
  const { session } = stage.open()
  const { machine } = stage.cluster
  for (let seq = 1; seq <= PLACES_MAX + 1; seq++) stage.hold(session, seq, { mode: "shared" })
  const waiting = stage.hold(session, PLACES_MAX + 2)
  t.equal(waitingPlace(machine, waiting.command, stage.time)?.holders.length, PLACES_MAX)
  const whole = holdJson(capture(machine, "lock", "a"), stage.time)
  t.equal(whole.holders.length, PLACES_MAX + 1)
  t.notOk("total" in whole)
  const cut = holdJson(capture(machine, "lock", "a", PLACES_MAX), stage.time)
  t.same(HOLD.strict().parse(cut), cut)
  t.same(cut.total, { holders: PLACES_MAX + 1, waiters: 1 })
  t.end()
})
