import { checkInput } from "conclave/api/check-input"
import { test } from "tap"
import { z } from "zod"

test("what fits is taken as the schema makes it, and what does not is told in words", async (t) => {
  t.same(checkInput(z.object({ a: z.number().default(3) }), {}), { success: true, data: { a: 3 } })
  const wrong = checkInput(z.object({ a: z.number() }), { a: "x" })
  t.match(wrong, { issues: [{ path: ["a"], message: /^must be a number, / }] })
})

test("a length that is no number is refused, and nothing is thrown", async (t) => {
  const odd = JSON.parse('{"length":{"toString":1}}')
  t.throws(() => Number(odd.length))
  for (const schema of [z.string().max(3), z.array(z.string()).min(1), z.object({ a: z.string().max(3) })]) {
    const input = schema instanceof z.ZodObject ? { a: odd } : odd
    t.match(checkInput(schema, input), { issues: [{ path: [], message: /^has an object where a text or a list/ }] })
  }
})
