import { matchesGlob } from "conclave/api/glob"
import fc from "fast-check"
import { test } from "tap"

test("a pattern matches as a regular expression of the same meaning does", (t) => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("a", "b", "."), { minLength: 1, maxLength: 8 }),
      fc.array(fc.constantFrom("a", "b", ".", "*"), { maxLength: 8 }),
      (text, glob) => {
        const pattern = new RegExp(`^${glob.map((each) => (each === "*" ? ".*" : each.replace(".", "\\."))).join("")}$`)
        return matchesGlob(text.join(""), glob.join("")) === pattern.test(text.join(""))
      },
    ),
    { numRuns: 2000 },
  )
  t.ok(matchesGlob("member.dead", "*".repeat(120)), "many stars cost nothing")
  t.notOk(matchesGlob("m".repeat(200), `${"*m".repeat(60)}x`))
  t.end()
})
