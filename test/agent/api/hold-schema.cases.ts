import { FRAMED, HOLD_OPS } from "conclave/api/hold-schema"
import { test } from "tap"

const LOCK = { kind: "lock", name: "a" }

function refusedField(
  op: { readonly safeParse: (input: unknown) => { readonly error?: Refusal } },
  input: object,
): unknown {
  return op.safeParse(input).error?.issues[0]?.path[0]
}

interface Refusal {
  readonly issues: readonly { readonly path: readonly PropertyKey[] }[]
}

test("what a hold takes, at each limit and one beyond", (t) => {
  const { input } = HOLD_OPS.hold
  const limits: readonly (readonly [string, readonly unknown[], readonly unknown[]])[] = [
    ["name", ["a", `a${"b".repeat(254)}`], ["", `a${"b".repeat(255)}`]],
    ["ttlMs", [2000, 300_000], [1999, 300_001, 2000.5]],
    ["waitMs", [0, 1e12], [-1, 0.5, "5"]],
    ["maxHoldMs", [1], [0]],
    ["lockDelayMs", [0, 60_000], [-1, 60_001]],
    ["note", ["", "n".repeat(256)], ["n".repeat(257), "ä".repeat(129)]],
    ["value", [null, "v".repeat(4094)], ["v".repeat(4095)]],
    ["priority", [-1_000_000, 1_000_000], [1_000_001, 0.5]],
    ["mode", ["exclusive", "shared"], ["upgrade"]],
    ["names", [[], ["b", "c"]], [["b", ""], "b"]],
    ["tags", [{}, { constructor: "a", "": "b" }], [{ a: 1 }, ["a"], JSON.parse('{"a": "b", "__proto__": "c"}')]],
  ]
  for (const [field, good, bad] of limits) {
    for (const value of good) t.equal(refusedField(input, { ...LOCK, [field]: value }), undefined, `${field} ${value}`)
    for (const value of bad) t.equal(refusedField(input, { ...LOCK, [field]: value }), field, `${field} ${value}`)
  }
  t.end()
})

test("acting for a holder needs its token; revoking needs a reason and a grace", (t) => {
  t.equal(refusedField(HOLD_OPS["hold.release"].input, LOCK), "token")
  t.equal(refusedField(HOLD_OPS["hold.update"].input, LOCK), "token")
  t.equal(refusedField(HOLD_OPS["hold.transfer"].input, { name: "a" }), "token")
  const { input } = HOLD_OPS.revoke
  t.equal(refusedField(input, { ...LOCK, graceMs: 0, reason: "r".repeat(256) }), undefined)
  t.equal(refusedField(input, { ...LOCK, graceMs: 0 }), "reason")
  t.equal(refusedField(input, { ...LOCK, reason: "r" }), "graceMs")
  t.equal(refusedField(input, { ...LOCK, graceMs: 0, reason: "r".repeat(257) }), "reason")
  t.end()
})

test("a session's time to live is between 2 s and 5 min, its id is base32", (t) => {
  for (const ttlMs of [2000, 300_000, undefined])
    t.equal(refusedField(FRAMED["session.open"].input, { ttlMs }), undefined)
  for (const ttlMs of [1999, 300_001]) t.equal(refusedField(FRAMED["session.open"].input, { ttlMs }), "ttlMs")
  const id = "a".repeat(26)
  t.equal(refusedField(FRAMED["session.attach"].input, { id, secret: "s" }), undefined)
  t.equal(refusedField(FRAMED["session.attach"].input, { id: `${id}a`, secret: "s" }), "id")
  t.equal(refusedField(HOLD_OPS["sessions.get"].input, { id: "A".repeat(26) }), "id")
  for (const processGroup of [0, 1, -5, 2.5]) {
    t.equal(refusedField(FRAMED["session.bind"].input, { processGroup }), "processGroup")
  }
  t.end()
})
