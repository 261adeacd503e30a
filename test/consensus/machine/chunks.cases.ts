import { Random } from "@conclave/base"
import { CHUNK_BYTES, ChunkWriter, recordsOf } from "@conclave/consensus/machine/chunks"
import { test } from "tap"

test("records come out of chunks as they went in, whatever their sizes", (t) => {
  const random = new Random(5)
  const records = Array.from({ length: 400 }, (_, at) =>
    new Uint8Array(at === 7 ? 3 * CHUNK_BYTES : random.below(900)).fill(at),
  )
  const writer = new ChunkWriter()
  const chunks: Uint8Array[] = []
  for (const record of records) chunks.push(...[writer.add(record)].filter((chunk) => chunk !== undefined))
  chunks.push(...[writer.take()].filter((chunk) => chunk !== undefined))
  t.same(
    chunks.flatMap((chunk) => recordsOf(chunk) ?? []),
    records,
  )
  const large = chunks.filter(({ length }) => length > CHUNK_BYTES)
  t.equal(large.length, 1, "only the record that is larger than a chunk has a larger one")
  t.equal(writer.take(), undefined)
  t.end()
})

test("what is no chunk is refused", (t) => {
  const writer = new ChunkWriter()
  writer.add(Uint8Array.of(1, 2, 3))
  const chunk = writer.take() as Uint8Array
  for (let length = 1; length < chunk.length; length++) t.equal(recordsOf(chunk.subarray(0, length)), undefined)
  t.same(recordsOf(new Uint8Array(0)), [])
  t.equal(recordsOf(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 1)), undefined)
  t.end()
})
