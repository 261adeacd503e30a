import { jsonPieces } from "conclave/api/json-pieces"
import { test } from "tap"

function many(count: number): readonly object[] {
  return Array.from({ length: count }, (_, at) => ({ at, text: `"${at}"\n`, list: [at, null] }))
}

test("the pieces of an answer are its JSON", (t) => {
  const answers = [
    {},
    { rev: "7", items: [] },
    { rev: "7", items: many(64), ageMs: 3 },
    { rev: "7", items: many(65), ageMs: 3, gone: undefined },
    { items: many(1000) },
    { 'key "q"': 1, items: many(100), other: [1, 2] },
    { items: "no list" },
  ]
  for (const answer of answers) t.same(JSON.parse([...jsonPieces(answer)].join("")), JSON.parse(JSON.stringify(answer)))
  t.end()
})

test("what is short is one piece, and of what is long no piece is", (t) => {
  t.equal([...jsonPieces({ rev: "1", items: many(10) })].length, 1)
  const pieces = [...jsonPieces({ rev: "1", items: many(1000) })]
  t.ok(pieces.length > 1000)
  t.ok(Math.max(...pieces.map((piece) => piece.length)) < 100)
  t.end()
})
