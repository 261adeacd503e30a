import { isJsonText } from "@conclave/consensus/machine/json-text"
import { FLAG, jsonOf, NAME, RESOURCE, textOf } from "conclave/api/op-schema"
import { test } from "tap"

test("a resource name has up to 255 characters, slashes among them; a member name has none", (t) => {
  for (const name of ["a", "Z9", "a/b", "a.b_c:d@e-f", `a${"/".repeat(254)}`])
    t.ok(RESOURCE.safeParse(name).success, name)
  for (const name of ["", "/a", ".a", "a b", "ä", "a\n", `a${"b".repeat(255)}`])
    t.notOk(RESOURCE.safeParse(name).success, name)
  t.ok(NAME.safeParse(`a${"b".repeat(127)}`).success)
  for (const name of ["a/b", "a:b", `a${"b".repeat(128)}`]) t.notOk(NAME.safeParse(name).success, name)
  t.end()
})

test("who gives a wrong name hears what one is, and what came", (t) => {
  const said = (name: unknown): string | undefined => RESOURCE.safeParse(name).error?.issues[0]?.message
  const rule = "must have 1 to 255 letters, digits and ._:@/-, first a letter or digit"
  t.equal(said("sp ace"), `${rule}, and is "sp ace"`)
  t.equal(said("x".repeat(256)), `${rule}, and has 256`)
  t.match(NAME.safeParse("-a").error?.issues[0]?.message, /^must have 1 to 128 letters, .* and is "-a"$/)
  t.end()
})

test("text is measured in bytes of UTF-8, a value as its compact JSON: at the limit and one beyond", (t) => {
  t.ok(textOf(4).safeParse("ääx".slice(0, 2)).success)
  t.notOk(textOf(4).safeParse("ääx").success)
  for (const half of ["\ud83d", "x\ude00", "\ude00\ud83d"]) t.notOk(textOf(99).safeParse(half).success)
  t.ok(textOf(4).safeParse("\ud83d\ude00").success)
  t.ok(jsonOf(6).safeParse("abcd").success, "with its quotes")
  t.notOk(jsonOf(6).safeParse("abcde").success)
  t.ok(jsonOf(4).safeParse(null).success)
  t.ok(jsonOf(9).safeParse({ a: [1, 2] }).success === false && jsonOf(11).safeParse({ a: [1, 2] }).success)
  t.end()
})

test("a value must be there, be nested no deeper than others can go down into, and have numbers that JSON keeps", (t) => {
  const said = (value: unknown): string | undefined => jsonOf(100_000).safeParse(value).error?.issues[0]?.message
  const nested = (levels: number): unknown => JSON.parse(`${"[".repeat(levels)}${"]".repeat(levels)}`)
  t.equal(said(undefined), "is missing")
  t.equal(said(nested(256)), undefined)
  t.equal(said(nested(257)), "is nested over 256 levels deep")
  t.equal(said(nested(100_000)), "is nested over 256 levels deep", "also where a stack would not do")
  t.equal(said({ a: [JSON.parse("1e999")] }), "has a number that is too large")
  t.equal(jsonOf(3).safeParse("ab").error?.issues[0]?.message, "is over 3 bytes as JSON, and has 4")
  t.ok(jsonOf(4).optional().safeParse(undefined).success)
  t.end()
})

test("what the doors take as to how deep a value is nested the state takes, and nothing else", (t) => {
  const taken = new Map<number, boolean>()
  for (let levels = 200; levels < 300; levels++) {
    for (const text of [
      `${"[".repeat(levels)}${"]".repeat(levels)}`,
      `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`,
    ]) {
      const isTaken = jsonOf(text.length).safeParse(JSON.parse(text)).success
      t.equal(isTaken, isJsonText(text, text.length), `${levels} levels`)
      taken.set(levels, isTaken)
    }
  }
  t.same(new Set(taken.values()), new Set([true, false]), "the limit is among them")
  t.end()
})

test("flags come as text from a query", (t) => {
  t.same(
    ["true", "false", true].map((flag) => FLAG.safeParse(flag).data),
    [true, false, true],
  )
  t.notOk(FLAG.safeParse("1").success)
  t.end()
})
