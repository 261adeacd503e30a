import { ChunkWriter } from "@conclave/consensus"
import { encodeMirror } from "conclave/group/mirror/mirror-frames"
import { MirrorIntake } from "conclave/group/mirror/mirror-intake"
import { test } from "tap"
import { MovingClock } from "../../moving-clock.ts"

/** A chunk of records of one byte each. */
function records(...values: readonly number[]): Uint8Array {
  const chunks = new ChunkWriter()
  for (const value of values) chunks.add(Uint8Array.of(value))
  return encodeMirror({ kind: "records", chunk: chunks.take() ?? new Uint8Array(0) })
}

const WHOLE = encodeMirror({ kind: "whole" })

function stage(misfit: number | "whole" | undefined = undefined) {
  const loop = new MovingClock()
  const taken: (number | string)[] = []
  const state = { misfits: 0 }
  const intake = new MirrorIntake({
    clock: loop,
    record: ([value = -1]) => {
      taken.push(value)
      return value !== misfit
    },
    take: ({ kind }) => {
      taken.push(kind)
      return kind !== misfit
    },
    onMisfit: () => {
      state.misfits++
    },
  })
  return { loop, taken, state, intake }
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index)

test("a state is taken record by record, in slices; what came behind it waits for its end", (t) => {
  const { loop, taken, intake } = stage()
  loop.stepMs = 0.5
  t.ok(intake.add(records(...range(0, 50))))
  t.ok(taken.length > 0 && taken.length <= 5, "the rest waits for the next turn")
  t.ok(intake.add(records(...range(50, 100))))
  t.ok(intake.add(WHOLE))
  let before = taken.length
  t.ok(before <= 5, "also what comes meanwhile")
  let turns = 0
  for (; loop.turn(); turns++) {
    t.ok(taken.length - before <= 5, "no slice is longer")
    before = taken.length
  }
  t.ok(turns >= 19)
  t.same(taken, [...range(0, 100), "whole"], "all of it, in order")
  t.ok(intake.add(WHOLE))
  t.equal(taken.length, 102, "with nothing before it a frame is taken at once")
  t.end()
})

test("what does not fit is said at once, and of what had to wait later; nothing behind it is taken", (t) => {
  const now = stage(1)
  t.notOk(now.intake.add(records(0, 1, 2)))
  t.same(now.taken, [0, 1])
  t.ok(now.intake.add(records(3)), "what comes next is taken again")
  t.notOk(now.intake.add(Uint8Array.of(0xff)))
  t.equal(now.state.misfits, 0)
  const later = stage("whole")
  later.loop.stepMs = 2
  t.ok(later.intake.add(records(0, 1, 2)))
  t.ok(later.intake.add(WHOLE))
  t.ok(later.intake.add(records(3)))
  while (later.loop.turn());
  t.same(later.taken, [0, 1, 2, "whole"])
  t.equal(later.state.misfits, 1)
  t.end()
})

test("what waits of a relay that broke off is of no interest", (t) => {
  const { loop, taken, intake } = stage()
  loop.stepMs = 2
  t.ok(intake.add(records(0, 1, 2)))
  t.ok(intake.add(WHOLE))
  intake.clear()
  t.ok(intake.add(records(7)))
  while (loop.turn());
  t.same(taken, [0, 7])
  t.end()
})
