import { isName, MACHINE_LIMITS, textBytes } from "@conclave/consensus/machine/limits"
import fc from "fast-check"
import { test } from "tap"
import { acquireOf, Stage } from "./stage.ts"

test("a name is what the contract says", (t) => {
  const pattern = /^[A-Za-z0-9][A-Za-z0-9._:@/-]{0,254}$/
  for (const each of ["a", "9", "a.b_c:d@e/f-g", "x".repeat(255)]) t.ok(isName(each), each)
  for (const each of ["", ".a", "/a", "a b", "a\n", "é", "aé", "a\u0000", "x".repeat(256)]) t.notOk(isName(each), each)
  const some = fc.string({ unit: fc.constantFrom(...'aZ09._:@/-,;[^`{ ~é"') })
  fc.assert(fc.property(fc.oneof(some, fc.string()), (text) => isName(text) === pattern.test(text)))
  t.end()
})

test("the length of a text is that of its UTF-8", (t) => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => textBytes(text) === new TextEncoder().encode(text).length),
  )
  t.equal(textBytes("\ud800"), 3, "half a pair of surrogates is what replaces it")
  t.end()
})

test("the limits of the contract", (t) => {
  const { sessions, names, holdsOfName, stateBytes, answers } = MACHINE_LIMITS
  t.same([sessions, names, holdsOfName, stateBytes, answers], [100_000, 100_000, 10_000, 67_108_864, 128])
  t.end()
})

test("a name has as many holders and waiters as the contract says; one more is refused until one of them gives up", (t) => {
  const stage = new Stage()
  stage.isChecked = false
  const session = stage.open(1)
  const most = MACHINE_LIMITS.holdsOfName
  const token = stage.granted(session, 1)
  for (let seq = 2; seq <= most; seq++) stage.acquire(session, seq)
  const { holders, waiters } = stage.machine.name("lock", "a")
  t.same([holders.length, waiters.length], [1, most - 1])
  const full = { kind: "refused", refusal: { kind: "exhausted", limit: "holds of a name" } }
  t.match(stage.acquire(session, most + 1), full)
  stage.cancel(session, most)
  t.match(stage.acquire(session, most + 2), { kind: "queued" })
  t.match(stage.acquire(session, most + 3), full)
  stage.release(session, most + 4, token)
  t.equal(stage.machine.hold(session, 2)?.token, token + 1, "the next in the queue has it")
  t.equal(stage.machine.hold(session, 1), undefined)
  t.same(stage.machine.problems(), [])
  t.end()
})

test("a group has as many members as the contract says; who comes back under its id takes nobody's place", (t) => {
  const stage = new Stage()
  stage.isChecked = false
  const [one, two] = [stage.open(1), stage.open(2)]
  const most = MACHINE_LIMITS.holdsOfName
  for (let seq = 1; seq <= most; seq++) stage.granted(one, seq, { hold: "group", id: `m-${seq}` })
  const full = { kind: "refused", refusal: { kind: "exhausted", limit: "holds of a name" } }
  t.match(stage.acquire(two, 1, { hold: "group", id: "another" }), full)
  t.match(stage.acquire(two, 2, { hold: "group" }), full)
  t.match(stage.acquire(two, 3, { hold: "group", id: "m-7" }), { kind: "granted" })
  stage.end(one)
  t.same(stage.holders("a", "group"), [two])
  t.same(stage.machine.problems(), [])
  t.end()
})

test("as many parties as there may be open a barrier, in one revision", (t) => {
  const stage = new Stage()
  stage.isChecked = false
  const one = stage.open(1)
  const most = MACHINE_LIMITS.holdsOfName
  const arrive = { hold: "barrier", limit: most } as const
  for (let seq = 1; seq < most; seq++) stage.acquire(one, seq, arrive)
  const applied = stage.apply(acquireOf(one, most, arrive))
  t.match(applied.result, { kind: "opened", index: most - 1, rev: applied.rev })
  t.equal(applied.changes.length, most + 1, "the last one comes, and all of them go")
  t.same(stage.machine.problems(), [])
  t.end()
})

test("as many sessions as there may be, each with a name of its own, fit into the state by far", (t) => {
  const stage = new Stage()
  stage.isChecked = false
  const some = 1000
  const before = stage.machine.stateBytes
  for (let each = 1; each <= some; each++) stage.granted(stage.open(each), 1, { names: [`a/name/of/its/own/${each}`] })
  const bytes = (stage.machine.stateBytes - before) * (MACHINE_LIMITS.sessions / some)
  t.ok(bytes < MACHINE_LIMITS.stateBytes / 2, `${bytes}`)
  t.same(stage.machine.problems(), [])
  t.end()
})
