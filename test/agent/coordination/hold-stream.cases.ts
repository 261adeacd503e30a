import { test } from "tap"
import { DeskStage, eventsOf, typesOf } from "./desk-stage.ts"

test("each step is told once, whether the answer or the state says it first", (t) => {
  for (const isDeaf of [false, true]) {
    const stage = new DeskStage()
    stage.isDeaf = isDeaf
    const { session } = stage.open()
    const hold = stage.hold(session, 1)
    t.match(eventsOf(hold), [{ type: "granted", token: /^\d+$/, rev: "2", validForMs: 9600 }])
    hold.finish()
    if (!isDeaf) t.same(typesOf(hold), ["released"])
    t.match(hold.ending(), { out: { released: true, rev: "3" } })
    t.ok(hold.isOver() || isDeaf)
  }
  t.end()
})

test("a place in the queue is told when it changes, once a second at most, and never after the grant", (t) => {
  const stage = new DeskStage()
  const { session } = stage.open()
  const [first, second, third] = [1, 2, 3].map((seq) => stage.hold(session, seq))
  if (first === undefined || second === undefined || third === undefined) throw new Error("three holds")
  t.match(eventsOf(third), [{ type: "queued", position: 2, holders: [{ seq: 1 }] }])
  stage.pass(3000)
  t.same(eventsOf(third), [], "nothing new")
  first.finish()
  stage.pass(500)
  t.same(eventsOf(third), [], "not yet a second")
  stage.pass(600)
  t.match(eventsOf(third), [{ type: "queued", position: 1, holders: [{ seq: 2 }] }])
  second.finish()
  third.finish()
  t.match(
    eventsOf(third).map(({ type }) => type),
    ["granted", "released"],
    "what the grant made old is not told",
  )
  t.end()
})

test("a request that was not handed over fails; one that was is repeated until it is decided", (t) => {
  const stage = new DeskStage()
  const { session } = stage.open()
  stage.cluster.hasQuorum = false
  t.match(stage.hold(session, 1).ending(), { error: { code: "NO_QUORUM" } })
  stage.cluster.hasQuorum = true
  stage.isDeaf = true
  let lost = 0
  stage.cluster.losesAnswers = ({ kind }) => kind === "acquire" && lost++ < 3
  const hold = stage.hold(session, 2)
  t.same(eventsOf(hold), [])
  stage.pass(1000)
  t.same(typesOf(hold), ["granted"])
  t.equal(stage.cluster.machine.holdsOf(session.id).length, 1)
  t.end()
})

test("a wait that is over, a name that another holds with waitMs 0, a revoked grant: each ends in its own way", (t) => {
  const stage = new DeskStage()
  const { session } = stage.open()
  const held = stage.hold(session, 1)
  const message = /^a was not granted at once, and never will be: held by \S+/
  t.match(stage.hold(session, 2, { waitMs: 0 }).ending(), { error: { code: "WAIT_TIMEOUT", message } })
  const waits = stage.hold(session, 3, { waitMs: 500 })
  stage.pass(600)
  t.match(waits.ending(), { error: { code: "WAIT_TIMEOUT" } })
  const what = { kind: "lock", name: "a", token: undefined } as const
  stage.cluster.apply({ kind: "revoke", what, graceMs: 200, by: "ops", reason: "why" })
  t.match(eventsOf(held), [{ type: "granted" }, { type: "revoking", by: "ops", reason: "why", deadlineMs: 184 }])
  stage.pass(300)
  t.match(eventsOf(held), [{ type: "lost", reason: "revoked" }])
  t.match(held.ending(), { error: { code: "GRANT_LOST", details: { reason: "revoked" } } })
  t.ok(held.isOver())
  t.end()
})

test("a barrier that did not open says how many had come", (t) => {
  const stage = new DeskStage()
  const { session } = stage.open()
  const comes = (seq: number, waitMs?: number) => stage.hold(session, seq, { hold: "barrier", limit: 3, waitMs })
  comes(1)
  const waits = comes(2, 500)
  stage.pass(600)
  const message = "the barrier a did not open in 500 ms: 2 of 3 had come"
  t.match(waits.ending(), { error: { code: "WAIT_TIMEOUT", outcome: "not-applied", message } })
  t.end()
})

test("how long it may wait counts from when it was asked first, however often it is asked again", (t) => {
  const stage = new DeskStage()
  const [holder, session] = [stage.open().session, stage.open().session]
  stage.hold(holder, 1)
  stage.hold(session, 1, { waitMs: 1000 })
  stage.pass(700)
  const again = stage.hold(session, 1, { waitMs: 1000 })
  t.notOk(again.isOver())
  stage.pass(400)
  t.match(again.ending(), { error: { code: "WAIT_TIMEOUT", outcome: "not-applied" } })
  t.match(stage.hold(session, 1, { waitMs: 1000 }).ending(), { error: { code: "WAIT_TIMEOUT" } }, "and so it stays")
  t.end()
})

test("what is granted while its session is asked to finish is asked, too", (t) => {
  const stage = new DeskStage()
  const { session } = stage.open()
  const other = stage.open()
  const held = stage.hold(other.session, 1)
  const waits = stage.hold(session, 1)
  stage.cluster.apply({
    kind: "revoke",
    what: { kind: "session", id: session.id },
    graceMs: 2000,
    by: "ops",
    reason: "why",
  })
  t.same(typesOf(waits), ["queued"])
  held.finish()
  t.match(eventsOf(waits), [{ type: "granted" }, { type: "revoking", by: "ops", reason: "why", deadlineMs: Number }])
  const isLess = { kind: "lock", name: "a", token: undefined } as const
  stage.cluster.apply({ kind: "revoke", what: isLess, graceMs: 60_000, by: "ops", reason: "later" })
  t.same(eventsOf(waits), [], "what leaves more time is no news")
  stage.cluster.apply({ kind: "revoke", what: isLess, graceMs: 500, by: "ops", reason: "now" })
  t.match(eventsOf(waits), [{ type: "revoking", reason: "now" }])
  t.end()
})

test("what is left of the longest time and of a grace is reckoned when it is told, however late that was heard of", (t) => {
  const stage = new DeskStage()
  const { session } = stage.open()
  const [first, second] = [stage.hold(session, 1), stage.hold(session, 2, { maxHoldMs: 3000 })]
  // The state goes on, and is not heard of.
  stage.isDeaf = true
  first.finish()
  stage.pass(1000)
  stage.isDeaf = false
  stage.cluster.replace()
  stage.pass(100)
  const [granted] = eventsOf(second)
  const leftMs = 3000 * 0.98 - 1100
  t.match(granted, { type: "granted", validForMs: leftMs, maxHoldLeftMs: leftMs })
  const what = { kind: "lock", name: "a", token: undefined } as const
  for (const graceMs of [900, 500]) stage.cluster.apply({ kind: "revoke", what, graceMs, by: "ops", reason: "why" })
  const asked = eventsOf(second)
  t.match(asked, [{ type: "revoking" }, { type: "revoking" }], "less time is told, too")
  const deadlines = asked.map((event) => (event.type === "revoking" ? event.deadlineMs : undefined))
  t.same(
    deadlines,
    [900, 500].map((graceMs) => Math.floor((1100 + graceMs) * 0.98 - 1100)),
  )
  t.equal(second.leftMs, deadlines[1])
  t.end()
})

test("a grant that is resumed is asked back when it was meanwhile, also where the state can be asked later alone", (t) => {
  for (const isAtWork of [false, true]) {
    const stage = new DeskStage()
    const { session } = stage.open()
    const held = stage.hold(session, 1)
    held.close()
    const what = { kind: "lock", name: "a", token: undefined } as const
    stage.cluster.apply({ kind: "revoke", what, graceMs: 2000, by: "ops", reason: "why" })
    stage.cluster.isAtWork = isAtWork
    const again = stage.hold(session, 1)
    if (isAtWork) t.same(typesOf(again), ["granted"], "no later than the answer")
    stage.cluster.isAtWork = false
    stage.pass(20)
    t.match(eventsOf(again).at(-1), { type: "revoking", by: "ops", reason: "why", deadlineMs: Number })
    t.ok(again.leftMs <= 2000)
    stage.pass(2100)
    t.match(eventsOf(again), [{ type: "lost", reason: "revoked" }])
  }
  t.end()
})

test("what was given up ends also when its connection breaks before the cluster has said so, as long as its session lives", (t) => {
  const stage = new DeskStage()
  const { session } = stage.open({ ttlMs: 60_000 })
  const held = stage.hold(stage.open({ ttlMs: 60_000 }).session, 1)
  const [waits, stays] = [stage.hold(session, 1), stage.hold(session, 2)]
  stage.cluster.hasQuorum = false
  waits.finish()
  for (const hold of [waits, stays]) hold.close()
  stage.pass(500)
  stage.cluster.hasQuorum = true
  stage.pass(2000)
  const left = [...stage.cluster.machine.holdsOf(session.id)].map(({ seq }) => seq)
  t.same(left, [2], "the one that was not given up waits on")
  held.finish()
  const granted = stage.hold(session, 2)
  stage.cluster.hasQuorum = false
  granted.finish()
  granted.close()
  session.end = "closed"
  stage.cluster.hasQuorum = true
  const { length } = stage.cluster.commands
  stage.pass(2000)
  t.equal(stage.cluster.commands.length, length, "with its session it is over anyway")
  t.end()
})

test("on a full disk what is held is taken up again, and given up, also before the state here has it", (t) => {
  const stage = new DeskStage()
  const { session } = stage.open()
  const [held, other, waits] = [
    stage.hold(session, 1),
    stage.hold(session, 2, { names: ["b"] }),
    stage.hold(session, 3),
  ]
  for (const hold of [held, other, waits]) hold.close()
  const { propose, local } = stage.cluster
  const full = { kind: "not-proposed", reason: "disk-full", up: 3, needed: 2 } as const
  const onFullDisk: typeof propose = (command, deadline, done) => {
    if (command.kind === "acquire") done(full)
    else propose(command, deadline, done)
  }
  Object.assign(stage.cluster, { propose: onFullDisk })
  const again = stage.hold(session, 1)
  t.same(typesOf(again), ["granted"])
  t.same(typesOf(stage.hold(session, 3)), ["queued"])
  again.finish()
  t.same(typesOf(again), ["released"])
  Object.assign(stage.cluster, { local: () => undefined })
  stage.cluster.losesAnswers = ({ kind }) => kind === "cancel"
  // The refusal comes when the hold is given up already.
  const late: (() => void)[] = []
  const slowly: typeof propose = (command, deadline, done) =>
    command.kind === "acquire" ? late.push(() => done(full)) : propose(command, deadline, done)
  Object.assign(stage.cluster, { propose: slowly })
  const given = stage.hold(session, 2, { names: ["b"] })
  given.finish()
  for (const refuse of late) refuse()
  t.notOk(given.isOver(), "the word on the acquire is not that on its end")
  stage.cluster.losesAnswers = () => false
  stage.pass(200)
  t.match(given.ending(), { out: { released: true } })
  Object.assign(stage.cluster, { propose, local })
  t.end()
})

test("a longest time is told by the state, which the answer to a request does not wait for", (t) => {
  const stage = new DeskStage()
  stage.isDeaf = true
  const { session } = stage.open()
  const hold = stage.hold(session, 1, { maxHoldMs: 3000 })
  t.match(eventsOf(hold), [{ type: "granted", maxHoldLeftMs: 2940 }], "the state here has it")
  const again = stage.hold(session, 1, { maxHoldMs: 3000 })
  const { hold: known } = stage.cluster.machine
  const machine = stage.cluster.machine as { hold: typeof known }
  t.match(eventsOf(again), [{ type: "granted" }])
  machine.hold = () => undefined
  const late = stage.hold(session, 1, { maxHoldMs: 3000 })
  stage.pass(1000)
  t.same(eventsOf(late), [], "it is on its way")
  machine.hold = known
  stage.pass(100)
  t.match(eventsOf(late), [{ type: "granted", maxHoldLeftMs: 2940 - 1100 }])
  t.end()
})

test("a hold that was asked for without an end has none to be told, whoever asks again with one", (t) => {
  const stage = new DeskStage()
  const { session } = stage.open()
  t.match(eventsOf(stage.hold(session, 1)), [{ type: "granted" }])
  const [granted] = eventsOf(stage.hold(session, 1, { maxHoldMs: 3000 })) as [object]
  t.match(granted, { type: "granted" })
  t.notOk("maxHoldLeftMs" in granted)
  t.end()
})

test("a grant that was over before the stream began is not told as a grant", (t) => {
  const stage = new DeskStage()
  const { session } = stage.open()
  stage.hold(session, 1).finish()
  const again = stage.hold(session, 1)
  t.same(typesOf(again), ["released"])
  t.match(again.ending(), { out: { released: true } })
  t.end()
})

test("what a barrier came to is told by the change that opens it, whether or not its answer is kept", (t) => {
  const stage = new DeskStage()
  const { session } = stage.open()
  const machine = stage.cluster.machine as { answer: typeof stage.cluster.machine.answer }
  machine.answer = () => undefined
  const barrier = { hold: "barrier", names: ["b"], limit: 2 } as const
  const waits = stage.hold(session, 1, barrier)
  stage.hold(session, 2, barrier)
  t.match(waits.ending(), { out: { index: 0, generation: String } })
  t.end()
})

test("a session that ends takes its waiting and its granted holds with it", (t) => {
  const stage = new DeskStage()
  const { session } = stage.open()
  const [held, waits] = [stage.hold(session, 1), stage.hold(session, 2)]
  held.sessionOver("silent")
  waits.sessionOver("silent")
  t.match(eventsOf(held).at(-1), { type: "lost", reason: "session-lost" })
  t.match(waits.ending(), { error: { code: "SESSION_LOST", outcome: "unknown", details: { cause: "silent" } } })
  t.end()
})
