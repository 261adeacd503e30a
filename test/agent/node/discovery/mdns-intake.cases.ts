import { MdnsIntake } from "conclave/node/discovery/mdns-intake"
import { test } from "tap"

const SERVICE = Buffer.from("\x09_conclave\x04_udp\x05local\0")

/** A message about agents with so many records of a kind, of which only the first 12 bytes and the name are real. */
function message(counts: readonly number[] = [1], name = SERVICE, bytes = 100): Buffer {
  const all = Buffer.alloc(bytes)
  for (const [at, count] of counts.entries()) all.writeUInt16BE(count, 4 + 2 * at)
  name.copy(all, 12)
  return all
}

test("only what is about agents is read, and only what an agent might say", (t) => {
  const isRead = (each: Buffer): boolean => {
    let isTaken = false
    new MdnsIntake(() => 0).take(each, () => {
      isTaken = true
    })
    return isTaken
  }
  t.ok(isRead(message()))
  t.ok(isRead(message([1, 2, 3, 122], SERVICE, 9000)))
  t.notOk(isRead(message([1, 2, 3, 123])), "more records than 128")
  t.notOk(isRead(message([1], SERVICE, 9001)), "longer than any may be")
  t.notOk(isRead(message([1], Buffer.from("\x08_printer\x04_udp\x05local\0"))), "about others")
  t.notOk(isRead(SERVICE.subarray(0, 11)), "no header")
  t.end()
})

test("reading takes its share of time and no more, and what is dropped for it is counted", (t) => {
  let nowMs = 0
  const intake = new MdnsIntake(() => nowMs)
  let readings = 0
  const take = (costMs: number): void =>
    intake.take(message(), () => {
      readings++
      nowMs += costMs
    })
  for (let count = 0; count < 100; count++) take(10)
  t.same([readings, intake.dropped], [6, 94], "50 ms at once")
  nowMs += 1000
  for (let count = 0; count < 100; count++) take(10)
  t.equal(readings, 11, "and as much of each second")
  nowMs += 1000
  take(4000)
  nowMs += 10_000
  take(1)
  t.equal(readings, 12, "what one has taken too much the others lack")
  nowMs += 80_000
  take(1)
  t.equal(readings, 13)
  t.end()
})
