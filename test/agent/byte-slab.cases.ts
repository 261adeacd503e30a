import { ByteSlab } from "conclave/byte-slab"
import { test } from "tap"

test("each piece is as long as asked for, and nobody else's", (t) => {
  const slab = new ByteSlab()
  const pieces = [0, 1, 4096, 4097, ...Array.from({ length: 50 }, (_, at) => at * 80)].map((bytes) => slab.take(bytes))
  for (const [at, piece] of pieces.entries()) piece.fill(at + 1)
  for (const [at, piece] of pieces.entries()) if (!piece.every((byte) => byte === at + 1)) t.fail(`piece ${at}`)
  t.same([pieces[1]?.length, pieces[2]?.length, pieces[3]?.length], [1, 4096, 4097])
  t.end()
})
