import { Pull } from "@conclave/sdk/pull"
import { test } from "tap"

class Source {
  readonly values: number[] = []
  failure: Error | undefined
  held: number = 0
  stops: number = 0

  pull(signal?: AbortSignal): Pull<number> {
    return new Pull<number>({
      take: () => this.values.shift(),
      stop: () => this.stops++,
      failure: () => this.failure,
      hold: (by) => {
        this.held += by
      },
      signal,
    })
  }
}

test("several calls of next are answered in order, and each counts while it waits", async (t) => {
  const made = new Source()
  const pull = made.pull()
  const [first, second, third] = [pull.next(), pull.next(), pull.next()]
  t.equal(made.held, 3)
  made.values.push(1, 2)
  pull.wake()
  t.same(
    [await first, await second],
    [
      { value: 1, done: false },
      { value: 2, done: false },
    ],
  )
  t.equal(made.held, 1)
  await pull.return()
  t.same(
    [await third, await pull.next()],
    [
      { value: undefined, done: true },
      { value: undefined, done: true },
    ],
  )
  t.same([made.held, made.stops], [0, 1])
})

test("a failure is told once, after what was there", async (t) => {
  const made = new Source()
  const pull = made.pull()
  made.values.push(1)
  made.failure = new Error("gone")
  t.same(await pull.next(), { value: 1, done: false })
  const [first, second] = [pull.next(), pull.next()]
  await t.rejects(first, { message: "gone" })
  t.same([await second, made.held, made.stops], [{ value: undefined, done: true }, 0, 1])
})

test("an aborted signal ends it, also one that had aborted before", async (t) => {
  const stop = new AbortController()
  const made = new Source()
  const pull = made.pull(stop.signal)
  const pending = pull.next()
  stop.abort()
  t.same(await pending, { value: undefined, done: true })
  const late = new Source()
  late.values.push(1)
  t.same([await late.pull(stop.signal).next(), late.stops, late.held], [{ value: undefined, done: true }, 1, 0])
})

test("for await ends it when the loop is left", async (t) => {
  const made = new Source()
  const pull = made.pull()
  made.values.push(1, 2)
  for await (const value of pull) if (value === 1) break
  t.same([made.stops, made.values], [1, [2]])
})
