import type { Duplex } from "node:stream"
import { buffer } from "node:stream/consumers"
import { FRAME_BYTES_MAX, Mux, STREAMS_MAX, WINDOW_BYTES } from "@conclave/dht/mux"
import { test } from "tap"
import { until } from "../agent/node/until.ts"

interface Pair {
  readonly a: Mux
  readonly b: Mux
  /** What the other one of `a` has accepted. */
  readonly accepted: Duplex[]
  readonly sizes: number[]
}

function pair(): Pair {
  const [accepted, sizes]: [Duplex[], number[]] = [[], []]
  const deliver = (to: () => Mux) => (frame: Uint8Array) => {
    sizes.push(frame.length)
    setImmediate(() => to().take(frame))
  }
  const a: Mux = new Mux({ isInitiator: true, send: deliver(() => b), accept: () => {} })
  const b: Mux = new Mux({ isInitiator: false, send: deliver(() => a), accept: (stream) => accepted.push(stream) })
  return { a, b, accepted, sizes }
}

async function opened({ a, accepted }: Pair): Promise<readonly [Duplex, Duplex]> {
  const [own, before] = [a.open(), accepted.length]
  await until("it is accepted", () => accepted.length > before)
  const other = accepted.at(-1)
  if (own === undefined || other === undefined) throw new Error("there is no stream")
  return [own, other]
}

test("each stream carries its own bytes, both ways, and each side ends by itself", async (t) => {
  const both = pair()
  const [one, other] = [await opened(both), await opened(both)]
  const big = Buffer.alloc(3 * WINDOW_BYTES, "x")
  one[0].end(big)
  other[0].end("of the other")
  one[1].end("answer")
  t.ok((await buffer(one[1])).equals(big))
  t.equal((await buffer(other[1])).toString(), "of the other")
  t.equal((await buffer(one[0])).toString(), "answer", "though the question has ended")
  t.ok(Math.max(...both.sizes) <= FRAME_BYTES_MAX)
})

test("one that nobody reads holds a window, and holds up no other", async (t) => {
  const both = pair()
  const [idle, busy] = [await opened(both), await opened(both)]
  let taken = false
  idle[0].write(Buffer.alloc(2 * WINDOW_BYTES), () => {
    taken = true
  })
  busy[0].end("quick")
  t.equal((await buffer(busy[1])).toString(), "quick")
  const sent = both.sizes.reduce((sum, size) => sum + size, 0)
  t.ok(sent < 1.1 * WINDOW_BYTES, `${sent} bytes were sent`)
  t.notOk(taken)
  idle[1].resume()
  await until("it goes on", () => taken)
})

test("what is broken off at one end is broken off at the other", async (t) => {
  const both = pair()
  const [[one, other], [kept]] = [await opened(both), await opened(both)]
  one.destroy()
  await until("it is gone", () => other.destroyed)
  const [mine, theirs] = await opened(both)
  theirs.destroy()
  await until("it is gone, too", () => mine.destroyed)
  t.notOk(kept.destroyed)
  both.a.close()
  await until("all are gone", () => both.accepted.every(({ destroyed }) => destroyed))
})

test("there are no more than so many", async (t) => {
  const { a, accepted } = pair()
  const mine = Array.from({ length: STREAMS_MAX }, () => a.open())
  t.ok(mine.every((each) => each !== undefined))
  t.equal(a.open(), undefined)
  await until("all are accepted", () => accepted.length === STREAMS_MAX)
  mine[0]?.destroy()
  await until("it is gone", () => accepted[0]?.destroyed === true)
  t.ok(a.open(), "for one that is gone there is another")
})

test("nonsense is told from a frame", (t) => {
  const mux = new Mux({ isInitiator: false, send: () => {}, accept: () => {} })
  const frame = (kind: number, number: number, body: Uint8Array = new Uint8Array(0)): Uint8Array => {
    const bytes = Buffer.alloc(5)
    bytes.writeUInt8(kind)
    bytes.writeUInt32BE(number, 1)
    return Buffer.concat([bytes, body])
  }
  for (const bad of [new Uint8Array(0), new Uint8Array(4), frame(0, 1), frame(9, 1), frame(1, 2), frame(3, 1)])
    t.notOk(mux.take(bad), Buffer.from(bad).toString("hex"))
  t.ok(mux.take(frame(2, 77, Buffer.from("late"))), "of one that is over it may be late")
  t.ok(mux.take(frame(1, 1)))
  t.notOk(mux.take(frame(1, 1)), "one number twice")
  t.ok(mux.take(frame(2, 1, Buffer.alloc(WINDOW_BYTES))))
  t.notOk(mux.take(frame(2, 1, Buffer.alloc(1))), "more than its window")
  t.end()
})
