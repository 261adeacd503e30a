import type { Addr } from "@conclave/base"
import { Admission } from "conclave/streams/admission"
import { test } from "tap"

function addrOf(index: number): Addr {
  return `10.0.${index >> 8}.${index & 255}:7951` as Addr
}

/** How many of these come in. */
function taken(admission: Admission, sources: readonly Addr[], nowMs: number): number {
  return sources.filter((source) => admission.admits(source, nowMs)).length
}

test("some come in at once, and so many a second after that", (t) => {
  const admission = new Admission()
  const crowd = Array.from({ length: 5000 }, (_, index) => addrOf(index))
  t.equal(taken(admission, crowd, 0), 400)
  t.equal(taken(admission, crowd, 0), 0)
  t.equal(taken(admission, crowd, 1000), 200)
  t.equal(taken(admission, crowd, 3_600_000), 400, "a pause saves up no more than that")
  t.end()
})

test("one source does not take what is there for all", (t) => {
  const admission = new Admission()
  const one = Array.from({ length: 300 }, () => addrOf(1))
  t.equal(taken(admission, one, 0), 32)
  t.equal(taken(admission, one, 1000), 8)
  t.ok(admission.admits(addrOf(2), 1000))
  t.end()
})

test("ten thousand channels are all in within a minute, whoever came before", (t) => {
  const admission = new Admission()
  const left = new Map(Array.from({ length: 3333 }, (_, index) => [addrOf(index), 3]))
  let seconds = 0
  for (; left.size > 0 && seconds < 100; seconds++) {
    for (const [source, channels] of [...left]) {
      if (!admission.admits(source, seconds * 1000)) continue
      if (channels === 1) left.delete(source)
      else left.set(source, channels - 1)
    }
  }
  t.equal(left.size, 0)
  t.ok(seconds > 40 && seconds <= 60, `${seconds} s`)
  t.end()
})
