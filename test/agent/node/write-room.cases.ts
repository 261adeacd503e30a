import { WriteRoom } from "conclave/node/write-room"
import { test } from "tap"

test("room that was given back is used again, and nobody else has it meanwhile", (t) => {
  const room = new WriteRoom()
  const [one, two] = [room.take(20_000), room.take(20_000)]
  t.not(one.buffer, two.buffer)
  t.equal(one.length, 20_000)
  room.giveBack(one)
  const three = room.take(5_000)
  t.equal(three.buffer, one.buffer)
  t.equal(three.length, 5_000)
  t.not(room.take(5_000).buffer, three.buffer)
  t.end()
})

test("what is short or long has room of its own, which is not kept", (t) => {
  const room = new WriteRoom()
  for (const bytes of [10, 100_000]) {
    const own = room.take(bytes)
    t.equal(own.buffer.byteLength, bytes)
    room.giveBack(own)
    t.not(room.take(bytes).buffer, own.buffer)
  }
  t.end()
})

test("no more than so much is kept", (t) => {
  const room = new WriteRoom()
  const taken = Array.from({ length: 100 }, () => room.take(8_000))
  for (const each of taken) room.giveBack(each)
  const again = new Set(Array.from({ length: 100 }, () => room.take(8_000).buffer))
  t.equal(taken.filter(({ buffer }) => again.has(buffer)).length, 64)
  t.end()
})
