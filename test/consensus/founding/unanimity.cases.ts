import { type FoundingEffect, type FoundingRecord, foundingBegins, Unanimity } from "@conclave/consensus"
import type { FoundingConfig, FoundingInput } from "@conclave/consensus/founding/types"
import { test } from "tap"
import { candidate, ids } from "./model-world.ts"

const [A, B, C] = ids as [(typeof ids)[0], (typeof ids)[0], (typeof ids)[0]]
const FRESH: FoundingRecord = { line: "one", number: 0, isOpen: false, pledge: undefined }
const TIMES = { settleMs: 3000, limitMs: 10_000, askEveryMs: 1000, verdictEveryMs: 2000, pauseMs: 2000 }
const CLUSTER = { kind: "cluster", cluster: "x" as never } as const

/** One host of three, at work. */
class Bench {
  readonly core: Unanimity
  nowMs = 0

  constructor(at: number, record: FoundingRecord = FRESH, config: Partial<FoundingConfig> = {}) {
    const whole = { self: candidate(at, 3), ...TIMES, pauseMaxMs: 60_000, diskAgainMs: 5000, ...config }
    this.core = new Unanimity(whole, foundingBegins(record))
  }

  step(input: FoundingInput): readonly FoundingEffect[] {
    return this.core.step(this.nowMs, input)
  }

  /** The write that it asked for is on disk. */
  written(): readonly FoundingEffect[] {
    return this.step({ kind: "persisted", isDurable: true })
  }

  sees(...others: readonly number[]): readonly FoundingEffect[] {
    return this.step({ kind: "view", others: others.map((each) => candidate(each, 3)) })
  }

  asks(from: number, number = 1, line = "two"): readonly FoundingEffect[] {
    const ask = { kind: "propose", expects: 3, line, number } as const
    return this.step({ kind: "asked", call: number, from: ids[from] as typeof A, ask })
  }

  /** Time passes until something is due. */
  rings(): readonly FoundingEffect[] {
    this.nowMs = this.core.nextDeadlineMs
    return this.step({ kind: "tick" })
  }

  hears(from: number, kind: "pledged" | "busy"): readonly FoundingEffect[] {
    const { line, number } = this.core.state.record
    const ask = { kind: "propose", expects: 3, line, number } as const
    return this.step({ kind: "heard", from: ids[from] as typeof A, ask, heard: { kind } })
  }
}

function kindsOf(effects: readonly FoundingEffect[]): readonly string[] {
  return effects.map((effect) => (effect.kind === "answer" ? effect.answer.kind : effect.kind))
}

function isPledged(bench: Bench): boolean {
  return bench.core.state.record.pledge !== undefined
}

test("it founds when all have been there for a while and all have promised, and asks nobody before it has written that down", (t) => {
  const bench = new Bench(0)
  t.same(bench.sees(1), [])
  t.equal(bench.core.nextDeadlineMs, Number.POSITIVE_INFINITY, "one is missing")
  bench.nowMs = 1000
  t.same(bench.sees(1, 2), [])
  t.equal(bench.core.nextDeadlineMs, 4000)
  t.same(kindsOf(bench.rings()), ["persist"])
  t.same(kindsOf(bench.written()), ["news", "ask", "ask"])
  t.same(bench.hears(1, "pledged"), [])
  bench.nowMs += 500
  t.same(kindsOf(bench.rings()), ["ask"], "only who has not promised is asked again")
  t.same(kindsOf(bench.hears(2, "pledged")), ["found"])
  t.same(kindsOf(bench.step({ kind: "notFounded" })), [])
  t.same(kindsOf(bench.rings()), ["found"], "what was promised by all is founded, however often the disk fails")
  bench.step({ kind: "belongs", cluster: CLUSTER.cluster })
  t.equal(bench.core.nextDeadlineMs, Number.POSITIVE_INFINITY)
  t.same(kindsOf(bench.asks(1)), ["cluster"])
  t.end()
})

test("without everybody it aborts after the limit, says who was missing, and tries again ever more rarely", (t) => {
  const bench = new Bench(0)
  bench.sees(1, 2)
  bench.rings()
  bench.written()
  bench.hears(1, "pledged")
  bench.hears(2, "busy")
  const begunMs = bench.nowMs
  let effects = bench.rings()
  while (!kindsOf(effects).includes("persist")) effects = bench.rings()
  t.equal(bench.nowMs - begunMs, 10_000)
  t.same(bench.written(), [
    {
      kind: "news",
      news: { kind: "aborted", failure: { why: "late", missing: [{ id: C, heard: { kind: "busy" } }] } },
    },
  ])
  t.equal(bench.core.nextDeadlineMs - bench.nowMs, 2000)
  bench.hears(2, "pledged")
  t.equal(bench.core.state.isFounding, false, "a promise that comes too late is none")
  bench.rings()
  bench.written()
  const refusal = { kind: "heard", from: B, ask: { kind: "propose", expects: 3, line: "one", number: 2 } } as const
  t.same(
    kindsOf(bench.step({ ...refusal, heard: { kind: "differs", expects: 5 } })),
    ["persist"],
    "this cannot come true",
  )
  bench.written()
  t.equal(bench.core.nextDeadlineMs - bench.nowMs, 4000)
  t.end()
})

test("a host promises one founder, for good, and says so when it is on disk", (t) => {
  const bench = new Bench(2)
  t.same(kindsOf(bench.asks(0)), ["busy"], "nobody has looked who is there")
  bench.sees(0, 1)
  t.same(kindsOf(bench.asks(0)), ["persist"])
  t.same(kindsOf(bench.asks(0)), ["busy"], "it is not on disk yet")
  t.same(kindsOf(bench.written()), ["pledged", "news"])
  t.same(kindsOf(bench.asks(0)), ["pledged"])
  t.same(kindsOf(bench.asks(1, 1, "three")), ["busy"])
  const again = new Bench(2, bench.core.state.record)
  again.sees(0, 1)
  t.same(kindsOf(again.asks(1, 1, "three")), ["busy"], "and in another life")
  t.same(kindsOf(again.asks(0)), ["pledged"])
  t.same(kindsOf(again.asks(0, 2)), ["persist"], "whoever tries again has aborted what was before")
  again.written()
  t.same(kindsOf(again.asks(0, 1)), ["busy"], "what was aborted is not promised again")
  t.end()
})

test("who sees somebody that should found instead, or was told another number, promises nothing", (t) => {
  const bench = new Bench(2)
  bench.sees(0, 1)
  t.same(bench.asks(1), [{ kind: "answer", call: 1, answer: { kind: "outranked", by: A } }])
  const ask = { kind: "propose", expects: 5, line: "two", number: 1 } as const
  t.same(bench.step({ kind: "asked", call: 9, from: A, ask }), [
    { kind: "answer", call: 9, answer: { kind: "differs", expects: 3 } },
  ])
  t.notOk(isPledged(bench))
  t.end()
})

test("what became of a promise its founder is asked, and only an abort or its departure frees", (t) => {
  for (const kind of ["aborted", "departed"] as const) {
    const bench = new Bench(2)
    bench.sees(0, 1)
    bench.asks(0)
    bench.written()
    const ask = { kind: "verdict", line: "two", number: 1 } as const
    t.same(bench.rings(), [{ kind: "ask", to: A, ask }])
    for (const said of ["open", "unknown", "nothing"] as const) {
      t.same(bench.step({ kind: "heard", from: A, ask, heard: { kind: said } }), [])
      t.equal(bench.core.state.verdict, said)
    }
    bench.step({ kind: "heard", from: A, ask: { ...ask, number: 2 }, heard: { kind } })
    bench.step({ kind: "heard", from: B, ask, heard: { kind } })
    t.ok(isPledged(bench), "that was not the promise")
    t.same(kindsOf(bench.step({ kind: "heard", from: A, ask, heard: CLUSTER })), ["adopt"])
    t.same(kindsOf(bench.step({ kind: "heard", from: A, ask, heard: { kind } })), ["persist"])
    t.same(kindsOf(bench.written()), ["news"])
    t.notOk(isPledged(bench))
  }
  t.end()
})

test("a founder says what its disk has of an attempt, in this life and in the next", (t) => {
  const verdict = (bench: Bench, number: number, line = "one"): readonly string[] =>
    kindsOf(bench.step({ kind: "asked", call: 1, from: B, ask: { kind: "verdict", line, number } })).slice(0, 1)
  const bench = new Bench(0)
  bench.sees(1, 2)
  bench.rings()
  bench.written()
  t.same(verdict(bench, 1), ["open"])
  const again = new Bench(0, bench.core.state.record)
  t.equal(again.core.nextDeadlineMs, 0)
  t.same(kindsOf(again.step({ kind: "tick" })), ["persist"], "what it heard is forgotten, so it aborts")
  t.same(verdict(again, 1), ["open"], "and says so when that is on disk")
  again.step({ kind: "persisted", isDurable: false })
  t.same(kindsOf(again.rings()), ["persist"])
  again.written()
  t.same(verdict(again, 1), ["aborted"])
  t.same(verdict(again, 2), ["unknown"], "nobody asked for that")
  t.same(verdict(again, 1, "of a record that was lost"), ["unknown"])
  const founded = new Bench(0, bench.core.state.record)
  founded.step({ kind: "belongs", cluster: CLUSTER.cluster })
  t.same(verdict(founded, 1), ["cluster"], "it had founded before it stopped")
  t.end()
})

test("who has come to a cluster while it wrote down a promise gives none, and who founds by decree neither", (t) => {
  const bench = new Bench(2)
  bench.sees(0, 1)
  bench.asks(0)
  bench.step({ kind: "belongs", cluster: CLUSTER.cluster })
  t.same(kindsOf(bench.written()), ["cluster", "news"])
  const alone = new Bench(2)
  alone.sees(0, 1)
  t.same(alone.step({ kind: "decree" }), [])
  t.same(kindsOf(alone.asks(0)), ["busy"])
  alone.step({ kind: "notFounded" })
  t.same(kindsOf(alone.rings()), ["found"], "the disk did not let it, so it is tried again")
  t.end()
})
