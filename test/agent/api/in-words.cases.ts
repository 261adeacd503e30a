import { inWords } from "conclave/api/in-words"
import { test } from "tap"
import { z } from "zod"

function said(schema: z.ZodType, input: unknown): string | undefined {
  return schema.safeParse(input, { error: inWords }).error?.issues[0]?.message
}

test("a refusal says what was expected and what came", (t) => {
  t.equal(said(z.array(z.string()), undefined), "must be a list, and is missing")
  t.equal(said(z.string(), 7), "must be text, and is 7")
  t.equal(said(z.int(), 1.5), "must be a whole number, and is 1.5")
  t.equal(said(z.boolean(), null), "must be true or false, and is null")
  t.equal(said(z.number(), "x".repeat(100)), `must be a number, and is "${"x".repeat(59)} …`)
  t.equal(said(z.object({}), []), "must be an object, and is a list")
  t.equal(said(z.enum(["a", "b"]), "c"), 'must be one of a, b, and is "c"')
  t.equal(said(z.literal("a"), {}), "must be a, and is an object")
  t.equal(said(z.number().max(3), 4), "must be at most 3, and is 4")
  t.equal(said(z.number().min(3), 2), "must be at least 3, and is 2")
  t.equal(said(z.string().max(2), "abc"), "must have at most 2 characters, and has 3")
  t.equal(said(z.array(z.int()).min(1), []), "must have at least 1 items, and has 0")
  t.equal(said(z.union([z.boolean(), z.int()]), "x"), 'takes no such value, and is "x"')
  t.equal(said(z.record(z.string().regex(/^a/, "is no name"), z.int()), { b: 1 }), "is no name")
  t.end()
})

test("a schema's own words come first", (t) => {
  t.equal(said(z.string({ error: "must be text; write it in quotes" }), 7), "must be text; write it in quotes")
  t.end()
})
