import { textMap } from "conclave/api/text-map"
import { test } from "tap"
import { z } from "zod"

const MAP = textMap(z.string().max(20), z.string(), { wrongName: "is no name", wrongMap: "must be a map" })

test("a map of text is taken whole or not at all", (t) => {
  const special = ["constructor", "toString", "hasOwnProperty", "prototype", ""]
  const taken = Object.fromEntries(special.map((name) => [name, "1"]))
  t.same(MAP.parse(taken), taken, "no other name is special")
  const refused = (text: string): unknown =>
    MAP.safeParse(JSON.parse(text)).error?.issues.map(({ path, message }) => ({ path, message }))
  const wrong = { path: ["__proto__"], message: "is no name" }
  t.same(refused('{"__proto__": "1", "a": "b"}'), [wrong])
  t.same(refused('{"__proto__": {"a": "b"}}'), [wrong])
  t.same(refused('{"__proto__": "1", "a": 5}'), [wrong])
  t.match(refused('{"a": 5}'), [{ path: ["a"] }])
  for (const text of ["[]", "5", "null", '"a"']) t.match(refused(text), [{ path: [], message: "must be a map" }])
  t.end()
})
