import { CallReader, readCall } from "conclave/streams/call-reader"
import protobuf from "protobufjs/minimal.js"
import { test } from "tap"

const EMPTY = new Uint8Array(0)

/** Counts the items of a list with this number. */
function countOf(number: number, items: number): number | undefined {
  const writer = new protobuf.Writer()
  for (let item = 0; item < items; item++) writer.uint32(8 * number + 2).bytes(EMPTY)
  const schema = {
    decode: (reader: CallReader): number => {
      let count = 0
      for (; reader.pos < reader.len; count++) {
        reader.tag()
        reader.bytes()
      }
      return count
    },
  }
  return readCall(writer.finish(), schema, (count) => count)
}

test("a list has so many items and no more, in all lists together", async (t) => {
  for (const number of [13, 15]) {
    t.equal(countOf(number, 20_000), 20_000)
    t.equal(countOf(number, 20_001), undefined)
  }
  t.equal(countOf(12, 20_001), 20_001, "other fields are no lists")
})

test("what throws is nothing", async (t) => {
  t.equal(
    readCall(EMPTY, { decode: (reader) => reader.uint32() }, () => 1),
    undefined,
  )
  t.equal(new CallReader(EMPTY).discardUnknown, true)
})
