import { hostOf, mintId, replicaOf } from "conclave/wal/replica-id"
import { test } from "tap"
import { idOf } from "../../swim/stage.ts"

test("a replica's id names its host and a number", (t) => {
  const id = replicaOf(idOf(1), idOf(500))
  t.equal(hostOf(id), idOf(1))
  t.not(replicaOf(idOf(1), idOf(501)), id)
  t.equal(hostOf(replicaOf(idOf(2), idOf(500))), idOf(2))
  t.end()
})

test("what names no host is nobody's replica", (t) => {
  for (const each of ["", ".", "a", idOf(1), `.${idOf(1)}`, `x${idOf(1)}.1`, `${idOf(1).slice(1)}.1`, "r1.r2"]) {
    t.equal(hostOf(each), undefined, each)
  }
  t.throws(() => replicaOf(idOf(1), "no number"), RangeError)
  t.throws(() => replicaOf(idOf(1), "n".repeat(64)), RangeError)
  t.end()
})

test("numbers are drawn from all 128 bits", (t) => {
  let drawn = 0
  const words = [0, 0xffffffff, 1, 0x80000000]
  const id = mintId(() => words[drawn++ % words.length] as number)
  t.equal(drawn, words.length)
  t.match(id, /^[a-z2-7]{26}$/)
  t.not(
    id,
    mintId(() => 0),
  )
  t.end()
})
