import { checkValue, fromText, mapOf } from "conclave/config/check-value"
import { test } from "tap"

test("text becomes what a file would have said, or stays text that the check then refuses", (t) => {
  t.same(
    ["true", "yes", "1"].map((text) => fromText("insecure", text)),
    [true, true, true],
  )
  t.same(
    ["false", "no", "0"].map((text) => fromText("insecure", text)),
    [false, false, false],
  )
  t.equal(fromText("insecure", "maybe"), "maybe")
  t.notOk(checkValue("insecure", "maybe").ok)
  t.same(
    ["3", "2.5"].map((text) => fromText("gossip.fanout", text)),
    [3, 2.5],
  )
  for (const text of ["-1", "1e3", "0x10", "three", " 3"]) t.equal(fromText("gossip.fanout", text), text)
  t.same(fromText("join", "a:1, b ,,c"), ["a:1", "b", "c"])
  t.same(fromText("tags", "dc=a,expr=x=1"), { dc: "a", expr: "x=1" })
  t.equal(fromText("name", "123"), "123", "a name is never a number")
  t.end()
})

test("a map needs an equals sign in each of its parts", (t) => {
  t.same(mapOf(["a=1", "b="]), { a: "1", b: "" })
  t.equal(mapOf(["a=1", "b"]), "b")
  t.notOk(checkValue("tags", mapOf(["b"])).ok)
  t.same(mapOf(["__proto__=1"]), Object.fromEntries([["__proto__", "1"]]), "no key is special")
  t.end()
})

test("each problem of a value says where in it", (t) => {
  const checked = checkValue("join", ["a", "not ok", "b:99999"])
  t.same(checked.ok ? [] : checked.problems.map(({ path }) => path), [[1], [2]])
  t.same(checkValue("restartGrace", "5s"), { ok: true, value: 5000 })
  t.match(checkValue("join", { length: { toString: 1 } }), { ok: false, problems: [{ path: [] }] })
  t.end()
})

test("a restart takes no longer than others believe in it", (t) => {
  t.same(checkValue("restartGrace", "60m"), { ok: true, value: 3_600_000 })
  const beyond = checkValue("restartGrace", "3600001ms")
  t.match(beyond, { ok: false, problems: [{ message: "must be at most 1h" }] })
  t.equal(beyond.ok ? 0 : beyond.problems.length, 1)
  t.notOk(checkValue("restartGrace", "soon").ok)
  t.end()
})
