import type { Reader } from "conclave/coordination/watch/reader"
import { Rounds, TOLD_PER_S } from "conclave/coordination/watch/rounds"
import { test } from "tap"
import { FakeClock } from "../../fake-clock.ts"

function readers(count: number) {
  const told: number[] = []
  const all = Array.from({ length: count }, (_, at) => ({ readable: () => told.push(at) }) as unknown as Reader)
  return { all, told }
}

test("a few are told at once, each time", (t) => {
  const rounds = new Rounds(new FakeClock())
  const { all, told } = readers(5)
  for (let each = 0; each < 10; each++) rounds.tell(all)
  t.equal(told.length, 50)
  t.end()
})

test("many are told in rounds, so that no more than so many are in a second; none is forgotten or told twice", (t) => {
  const clock = new FakeClock()
  const rounds = new Rounds(clock)
  const { all, told } = readers(1000)
  for (let ms = 0; ms < 1000; ms++) {
    rounds.tell(all)
    clock.advance(1)
  }
  t.ok(told.length <= TOLD_PER_S + 1000 && told.length >= TOLD_PER_S * 0.9, `${told.length} were told`)
  t.equal(told.length % 1000, 0)
  rounds.tell(all.slice(0, 1))
  rounds.stop()
  const before = told.length
  clock.advance(1000)
  t.equal(told.length, before, "nobody is told behind the end")
  t.end()
})
