import type { Addr, NodeId } from "@conclave/base"
import { KeyService } from "conclave/keyring/key-service"
import { type Answers, type Asked, Rounds } from "conclave/keyring/rounds"
import { StreamServer } from "conclave/streams/stream-server"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"
import { clockOf, FakeLinks } from "../fake-links.ts"
import { asked, KeysInMemory, newSecret } from "./stage.ts"

const LIMIT_MS = 5000

class Stage {
  readonly time: FakeClock = new FakeClock()
  readonly links: FakeLinks = new FakeLinks()
  readonly rounds: Rounds

  constructor() {
    const self = asked("a")
    const service = new KeyService({ own: new KeysInMemory(newSecret()), onDone: () => {} })
    this.rounds = new Rounds({
      clock: clockOf(this.time),
      links: this.links.port(self.addr, self.id),
      self: self.id,
      carryOut: (order, done) => service.carryOut(order, self.id, done),
    })
  }

  /** An agent that answers there. */
  listen({ addr }: Asked): void {
    const service = new KeyService({ own: new KeysInMemory(newSecret()), onDone: () => {} })
    const onRefused = (_source: Addr, reason: string): void => {
      throw new Error(reason)
    }
    const server = new StreamServer(this.links.port(addr), clockOf(this.time), { onRefused, isRelay: () => true })
    server.serve("keys", service.accept)
  }

  ask(...members: readonly Asked[]): { answers: Answers | undefined } {
    const asking: { answers: Answers | undefined } = { answers: undefined }
    this.rounds.ask(members, { kind: "show" }, this.time.now() + LIMIT_MS, (answers) => {
      asking.answers = answers
    })
    return asking
  }

  /** Time goes on in small steps, as alarms of alarms need it. */
  pass(ms: number): void {
    for (let passed = 0; passed < ms; passed += 50) this.time.advance(50)
  }
}

function answered(answers: Answers | undefined): readonly NodeId[] {
  return [...(answers ?? [])].flatMap(([id, told]) => (told?.ring.length === 1 ? [id] : []))
}

test("each is asked, this agent itself, too, and the answers come together", (t) => {
  const stage = new Stage()
  const [a, b, c] = ["a", "b", "c"].map((name) => asked(name)) as [Asked, Asked, Asked]
  stage.listen(b)
  stage.listen(c)
  const asking = stage.ask(a, b, c)
  t.equal(asking.answers, undefined)
  t.same(
    stage.links.dials.map(({ to }) => to),
    [b.addr, c.addr],
    "but nobody dials itself",
  )
  for (const dial of stage.links.dials) dial.accept()
  t.same([...answered(asking.answers)].sort(), [a.id, b.id, c.id].sort())
  t.same(stage.ask().answers, new Map(), "nobody asked is nobody to wait for")
  stage.rounds.close()
  t.end()
})

test("a living member is tried until the time is up, one that is believed to be dead once", (t) => {
  const stage = new Stage()
  const [a, b, dead] = [asked("a"), asked("b"), asked("c", false)]
  const asking = stage.ask(dead, b, a)
  t.same(
    stage.links.dials.map(({ to }) => to),
    [b.addr, dead.addr],
    "the living first",
  )
  for (const dial of stage.links.dials) dial.fail("refused")
  stage.pass(1000)
  t.equal(stage.links.dials.filter(({ to }) => to === dead.addr).length, 1)
  t.ok(stage.links.dials.filter(({ to }) => to === b.addr).length > 1)
  t.equal(asking.answers, undefined)
  stage.listen(b)
  for (let dials = 0; asking.answers === undefined && dials < 10; dials++) {
    stage.pass(500)
    stage.links.dials.at(-1)?.accept()
  }
  t.same([...answered(asking.answers)].sort(), [a.id, b.id].sort(), "it has started again")
  t.ok(asking.answers?.has(dead.id))
  stage.rounds.close()
  t.end()
})

test("who is silent is given up at the deadline, and many are asked a few at a time", (t) => {
  const stage = new Stage()
  const many = Array.from({ length: 40 }, (_, index) => asked(`m${index}`))
  const asking = stage.ask(...many)
  t.equal(stage.links.dials.length, 16)
  stage.pass(LIMIT_MS + 100)
  t.equal(asking.answers?.size, 40)
  t.same(answered(asking.answers), [])
  stage.rounds.close()
  t.end()
})

test("once it is closed nobody is asked any more, and nothing is answered", (t) => {
  const stage = new Stage()
  const asking = stage.ask(asked("b"), asked("c", false))
  stage.rounds.close()
  const dials = stage.links.dials.length
  stage.pass(LIMIT_MS + 100)
  t.equal(stage.links.dials.length, dials)
  t.equal(asking.answers, undefined)
  t.end()
})
