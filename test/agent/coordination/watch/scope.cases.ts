import { isAskedFor, textBytes, toldChange } from "conclave/coordination/watch/scope"
import { test } from "tap"

test("a name is asked for as it is, keys by how they begin", (t) => {
  const filter = (name?: string, prefix?: string) => ({ kind: "items", name, prefix })
  const of = { name: "pool", key: "item/7" }
  for (const yes of [filter(), filter("pool"), filter("pool", "item/"), filter(undefined, "")])
    t.ok(isAskedFor(yes, of))
  for (const no of [filter("poo"), filter("pool", "x"), filter(undefined, "pool")]) t.notOk(isAskedFor(no, of))
  t.end()
})

test("a change is measured in bytes", (t) => {
  const { text, bytes } = toldChange({ name: "n", key: "k" }, "put", '"é"', 'a "reason"')
  t.same(JSON.parse(text), { type: "put", item: "é", reason: 'a "reason"' })
  t.equal(bytes, Buffer.byteLength(text))
  t.equal(textBytes("é𝒳"), 6)
  t.end()
})
