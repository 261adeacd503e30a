import { ENTRY_VALUE_BYTES_MAX, KV_OPS } from "conclave/api/kv-schema"
import { test } from "tap"

test("a value of 64 KiB is taken and one byte more is not, whatever stands around it", (t) => {
  const { input } = KV_OPS["kv.put"]
  const longest = "x".repeat(ENTRY_VALUE_BYTES_MAX - 2)
  t.ok(input.safeParse({ key: "k", value: longest }).success)
  t.match(input.safeParse({ key: "k", value: `${longest}x` }).error?.issues, [{ path: ["value"] }])
  t.match(input.safeParse({ key: "k" }).error?.issues, [{ path: ["value"], message: "is missing" }])
  for (const value of [null, false, 0, "", [], {}]) t.ok(input.safeParse({ key: "k", value }).success)
  t.end()
})

test("a condition is a revision as text, a guard says all of a grant", (t) => {
  const { input } = KV_OPS["kv.delete"]
  t.ok(input.safeParse({ key: "k", ifRev: "0" }).success)
  t.ok(input.safeParse({ key: "k", guard: { kind: "lock", name: "a", token: "7" } }).success)
  for (const wrong of [
    { ifRev: 0 },
    { ifRev: "-1" },
    { ifRev: "x" },
    { guard: { kind: "lock", name: "a" } },
    { key: "/k" },
  ])
    t.notOk(input.safeParse({ key: "k", ...wrong }).success, JSON.stringify(wrong))
  t.end()
})
