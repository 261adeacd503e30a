import type { Addr } from "@conclave/base"
import type { ReplicaId } from "@conclave/consensus"
import { ReplicaSpeakers } from "conclave/replica/replica-speakers"
import type { StreamFrame } from "conclave/streams/stream-frame"
import type { Dialler } from "conclave/streams/stream-server"
import { test } from "tap"

/** One channel, as its acceptor has it. */
class Spoken implements Dialler {
  readonly hello: Dialler["hello"]
  readonly source: Addr = "10.0.0.1:7951" as Addr
  readonly heard: StreamFrame[] = []
  isClosed = false
  readonly waitingBytes = (): number => 0

  constructor(from: string) {
    this.hello = { kind: "hello", version: 1, purpose: "replica", cluster: "c1", from, to: "rb" }
  }

  readonly send = (frame: StreamFrame): boolean => {
    if (!this.isClosed) this.heard.push(frame)
    return !this.isClosed
  }

  readonly close = (): void => {
    this.isClosed = true
  }

  get asked(): number | undefined {
    const last = this.heard.findLast(({ kind }) => kind === "ping")
    return last?.kind === "ping" ? last.number : undefined
  }

  get isTold(): boolean {
    return this.heard.some(({ kind }) => kind === "twice")
  }
}

class Stage {
  readonly twice: ReplicaId[] = []
  readonly speakers: ReplicaSpeakers = new ReplicaSpeakers((replica) => this.twice.push(replica))

  greet(from: string): Spoken {
    const spoken = new Spoken(from)
    this.speakers.greeted(spoken)
    return spoken
  }

  answer(spoken: Spoken, question: number | undefined = spoken.asked): void {
    if (question !== undefined) this.speakers.answered(spoken, question)
  }
}

test("of one replica's channels the last that greeted counts, and nobody else's matters", (t) => {
  const stage = new Stage()
  const { speakers } = stage
  const [old, other, fresh] = [stage.greet("ra"), stage.greet("rc"), stage.greet("ra")]
  t.notOk(speakers.counts(old))
  t.ok(speakers.counts(other))
  t.ok(speakers.counts(fresh))
  speakers.ended(fresh)
  t.ok(speakers.counts(old))
  t.same(stage.twice, [])
  t.end()
})

test("two that answer what was asked after both had greeted are told, and are heard no more", (t) => {
  const stage = new Stage()
  const one = stage.greet("ra")
  t.equal(one.asked, undefined, "one alone is asked nothing")
  const two = stage.greet("ra")
  stage.answer(one)
  t.same(stage.twice, [])
  stage.answer(two)
  t.same(stage.twice, ["ra"])
  for (const each of [one, two]) {
    t.ok(each.isTold)
    t.ok(each.isClosed)
    t.notOk(stage.speakers.counts(each))
  }
  const again = new Spoken("ra")
  t.notOk(stage.speakers.greeted(again))
  t.ok(again.isTold)
  t.ok(stage.speakers.greeted(new Spoken("rc")))
  t.end()
})

test("a process that was started anew is not two: the channel of the old one answers nothing", (t) => {
  const stage = new Stage()
  const old = stage.greet("ra")
  const fresh = stage.greet("ra")
  stage.answer(fresh)
  t.same(stage.twice, [])
  stage.speakers.ended(old)
  stage.answer(fresh)
  const third = stage.greet("ra")
  stage.answer(fresh, (third.asked as number) - 1)
  stage.answer(third)
  t.same(stage.twice, [], "an answer to an older question says nothing of now")
  t.ok(stage.speakers.counts(third))
  t.end()
})

test("numbers that were never asked, and who does not speak here, prove nothing", (t) => {
  const stage = new Stage()
  const [one, two] = [stage.greet("ra"), stage.greet("ra")]
  for (const each of [one, two]) for (const question of [0, 99]) stage.answer(each, question)
  stage.answer(one)
  stage.answer(new Spoken("ra"), one.asked)
  t.same(stage.twice, [])
  t.end()
})

test("a third channel does not hide that the first two are two", (t) => {
  const stage = new Stage()
  const [one, two] = [stage.greet("ra"), stage.greet("ra")]
  const question = two.asked
  stage.greet("ra")
  stage.answer(one, question)
  stage.answer(two, question)
  t.same(stage.twice, ["ra"])
  t.end()
})

test("who opens channel after channel has no more of them than others could need", (t) => {
  const stage = new Stage()
  const all = Array.from({ length: 12 }, () => stage.greet("ra"))
  t.equal(all.filter(({ isClosed }) => !isClosed).length, 8)
  t.ok(stage.speakers.counts(all.at(-1) as Spoken))
  stage.speakers.close()
  t.ok(all.every(({ isClosed }) => isClosed))
  t.end()
})
