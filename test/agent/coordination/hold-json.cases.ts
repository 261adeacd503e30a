import { HOLD, SESSION } from "conclave/api/hold-objects"
import { capture, holdJson, PLACES_MAX, sessionJson } from "conclave/coordination/hold-json"
import { test } from "tap"
import { DeskStage } from "./desk-stage.ts"

const NOTHING = { sum: 0, max: 0 }

test("what is shown is what the schema says; a captured name stays as it was", (t) => {
  const stage = new DeskStage()
  const { session } = stage.open()
  const { machine } = stage.cluster
  const show = (kind: "lock" | "election", name: string) =>
    holdJson(capture(machine, kind, name, PLACES_MAX), stage.time)
  t.same(show("lock", "free"), {
    kind: "lock",
    name: "free",
    rev: "1",
    mode: null,
    holders: [],
    waiters: [],
    history: [],
    contention: {
      ...{ grants: 0, lost: 0, asked: 0, heldMs: NOTHING, waitedMs: NOTHING, letGoMs: NOTHING, waiters: NOTHING },
    },
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
  const before = capture(machine, "lock", "a", PLACES_MAX)
  hold.finish()
  t.match(holdJson(before, stage.time), { holders: [{ seq: 1 }], waiters: [{ seq: 2 }] })
  t.match(show("lock", "a"), {
    mode: "exclusive",
    holders: [{ seq: 2 }],
    waiters: [],
    history: [{ reason: "released" }],
    contention: { grants: 1, lost: 0, waiters: { sum: 1, max: 1 } },
  })
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
    if (known === undefined) return undefined
    const remainingMs = machine.expiresAtMs(known) - machine.timeMs
    return sessionJson({ session: known, holds: machine.holdsOf(known.id), remainingMs })
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
  t.equal(stage.places.of(waiting.command)?.holders.json.length, PLACES_MAX)
  const whole = holdJson(capture(machine, "lock", "a", Number.POSITIVE_INFINITY), stage.time)
  t.equal(whole.holders.length, PLACES_MAX + 1)
  t.notOk("total" in whole)
  const cut = holdJson(capture(machine, "lock", "a", PLACES_MAX), stage.time)
  t.same(HOLD.strict().parse(cut), cut)
  t.same(cut.total, { holders: PLACES_MAX + 1, waiters: 1 })
  t.end()
})
