import { type Applied, type Entry, type LogEntry, logIndex, term } from "@conclave/consensus"
import type { Clock } from "conclave/ports"
import { type Applier, Applying, type Fate } from "conclave/replica/applying"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"

/** Each entry takes `steps` steps of a millisecond. */
class SlowMachine implements Applier {
  readonly applied: number[] = []
  steps = 1
  stopsAt = 0
  readonly #time: FakeClock
  #entry: LogEntry | undefined
  #left = 0

  constructor(time: FakeClock) {
    this.#time = time
  }

  begin(entry: LogEntry): void {
    this.#entry = entry
    this.#left = this.steps
  }

  step(): Applied | undefined {
    this.#time.advance(1)
    if (--this.#left > 0) return undefined
    const { index } = this.#entry as LogEntry
    this.applied.push(index)
    if (index === this.stopsAt) return { kind: "stopped", index, reason: "malformed-command" }
    return { kind: "applied", index, result: { kind: "done", rev: index }, isRepeat: false, rev: index, changes: [] }
  }
}

function entries(from: number, to: number, ofTerm = 1): readonly Entry[] {
  return Array.from({ length: to - from + 1 }, (_, at) => ({
    index: logIndex(from + at),
    term: term(ofTerm),
    kind: "command" as const,
    stampMs: 0,
    featureLevel: 1,
    data: new Uint8Array(1),
  }))
}

function stage(): {
  readonly machine: SlowMachine
  readonly applying: Applying
  readonly turns: (() => void)[]
  readonly turn: () => void
} {
  const time = new FakeClock()
  const machine = new SlowMachine(time)
  const turns: (() => void)[] = []
  const clock: Clock = { ...time, now: time.now, alarm: time.alarm, afterTurn: (done) => void turns.push(done) }
  const applying: Applying = new Applying({
    ...{ clock, machine, applied: logIndex(0) },
    onApplied: (applied) => {
      if (applied.kind === "stopped") applying.stop()
    },
  })
  return { machine, applying, turns, turn: () => turns.shift()?.() }
}

test("entries are applied in slices, and the loop has its turn in between", (t) => {
  const { machine, applying, turns, turn } = stage()
  applying.commit(entries(1, 5))
  t.same(machine.applied, [1, 2], "2 ms of work")
  t.equal(turns.length, 1)
  applying.commit(entries(6, 6))
  t.equal(turns.length, 1, "what comes meanwhile waits its turn")
  while (turns.length > 0) turn()
  t.same(machine.applied, [1, 2, 3, 4, 5, 6])
  t.equal(applying.applied, 6)
  t.end()
})

test("what a start hands over at once may be a log of any length", (t) => {
  const { machine, applying, turns, turn } = stage()
  const count = 200_000
  applying.commit(entries(1, count))
  applying.commit(entries(count + 1, count + 1))
  t.equal(applying.committed, count + 1)
  while (turns.length > 0) turn()
  t.equal(machine.applied.length, count + 1)
  t.equal(applying.applied, count + 1)
  t.end()
})

test("while an entry is at work nobody asks the machine", (t) => {
  const { machine, applying, turns, turn } = stage()
  machine.steps = 3
  applying.commit(entries(1, 1))
  t.notOk(applying.isAtRest)
  let asked = 0
  applying.atRest(() => asked++)
  t.equal(asked, 0)
  while (turns.length > 0) turn()
  t.equal(asked, 1)
  applying.atRest(() => asked++)
  t.equal(asked, 2)
  t.end()
})

test("a proposal is applied when its entry is, and superseded when another took its place", (t) => {
  const { applying } = stage()
  const fates: Fate["kind"][] = []
  const note = (fate: Fate): void => void fates.push(fate.kind)
  applying.expect({ index: logIndex(1), term: term(1) }, note)
  applying.expect({ index: logIndex(2), term: term(1) }, note)
  applying.commit(entries(1, 1))
  t.same(fates, ["applied"])
  applying.commit(entries(2, 2, 2))
  t.same(fates, ["applied", "superseded"])
  applying.expect({ index: logIndex(3), term: term(2) }, note)
  applying.expect({ index: logIndex(3), term: term(3) }, note)
  t.same(fates.slice(2), ["unknown"], "of two at one place the first was cut here, and may be elsewhere yet")
  applying.commit(entries(3, 3, 2))
  t.same(fates.slice(3), ["superseded"], "as it was")
  t.end()
})

test("behind a snapshot nobody knows what became of a proposal", (t) => {
  const { applying, machine } = stage()
  const fates: Fate["kind"][] = []
  const note = (fate: Fate): void => void fates.push(fate.kind)
  for (const index of [3, 9]) applying.expect({ index: logIndex(index), term: term(1) }, note)
  applying.restored(machine, logIndex(5))
  t.same(fates, ["unknown"])
  t.equal(applying.applied, 5)
  t.equal(applying.committed, 5)
  applying.stop()
  t.same(fates, ["unknown", "unknown"])
  t.end()
})

test("of what was handed over only what lies behind a snapshot is applied to its state", (t) => {
  const { applying, machine, turns, turn } = stage()
  applying.commit(entries(1, 4))
  applying.commit(entries(5, 7))
  t.same(machine.applied, [1, 2])
  machine.applied.length = 0
  applying.restored(machine, logIndex(5))
  t.equal(applying.committed, 7)
  applying.commit(entries(8, 8))
  while (turns.length > 0) turn()
  t.same(machine.applied, [6, 7, 8])
  t.end()
})

test("after a stop nothing is applied any more", (t) => {
  const { applying, machine, turns, turn } = stage()
  machine.stopsAt = 3
  applying.commit(entries(1, 5))
  while (turns.length > 0) turn()
  t.same(machine.applied, [1, 2, 3])
  t.end()
})
