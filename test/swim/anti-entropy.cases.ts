import { Random } from "@conclave/base"
import { swimConfig, type Update } from "@conclave/swim"
import { test } from "tap"
import { Fleet } from "./fleet.ts"
import { addrOf, alive, fieldsOf, gone, idOf, Stage, suspect } from "./stage.ts"

function digests(stage: Stage): number {
  return stage.of("streamRequest").filter(({ body }) => body.kind === "digest").length
}

/** One whole exchange that `asker` starts on hearing the digest of `other`; no tick comes in between. */
function exchange(asker: Stage, other: Stage): void {
  asker.take()
  asker.message(1, { kind: "gossip", from: other.swim.self.id, digest: other.swim.digest, updates: [] })
  for (let request = asker.of("streamRequest")[0]; request !== undefined; request = asker.of("streamRequest")[0]) {
    asker.effects.splice(asker.effects.indexOf(request), 1)
    other.take()
    other.step({ kind: "streamRequest", conn: 1, request: request.body })
    const pages = other.of("streamReply")[0]?.pages
    asker.step({ kind: "streamReply", request: request.request, pages, failure: "" })
  }
}

test("two views that differ at random are one after at most three exchanges", async (t) => {
  const exchanges = new Map<number, number>()
  for (let seed = 1; seed <= 300; seed++) {
    const random = new Random(seed)
    const one = new Stage({ members: 60, seed })
    const two = new Stage({ members: 60, seed, self: fieldsOf(1) })
    two.hear(2, alive(0))
    for (const stage of [one, two]) {
      stage.answering = false
      for (let news = 0; news < 40; news++) {
        const index = 2 + random.below(58)
        const counter = random.below(4)
        const back = alive(index, counter, 1 + random.below(2))
        stage.hear(
          2,
          random.pick([back, gone("left", index, { counter }), alive(100 + index), suspect(index, [3], counter)]),
        )
      }
    }
    t.not(one.swim.digest, two.swim.digest)
    let count = 0
    for (; one.swim.digest !== two.swim.digest && count < 9; count++) {
      one.nowMs = two.nowMs += 20_000
      if (count % 2 === 0) exchange(one, two)
      else exchange(two, one)
    }
    exchanges.set(count, (exchanges.get(count) ?? 0) + 1)
  }
  t.ok(Math.max(...exchanges.keys()) <= 3, JSON.stringify([...exchanges]))
})

test("of whom somebody holds another record of the same version hears of it, and outranks it", async (t) => {
  const owner = new Stage({ members: 3, self: fieldsOf(0, { tags: { life: "second" } }) })
  const other = new Stage({ members: 3, self: fieldsOf(1) })
  other.hear(2, alive(0, 0, 1))
  owner.hear(2, alive(1))
  for (const stage of [owner, other]) stage.nowMs += 20_000
  const { incarnation } = owner.swim.self
  t.not(owner.swim.digest, other.swim.digest)
  exchange(owner, other)
  t.ok(owner.swim.self.incarnation > incarnation)
  for (const stage of [owner, other]) stage.nowMs += 20_000
  exchange(other, owner)
  t.same(other.swim.member(idOf(0))?.record.tags, { life: "second" })
  t.equal(owner.swim.digest, other.swim.digest)
})

test("in a storm of other digests a member starts one exchange an interval", async (t) => {
  const stage = new Stage({ members: 50 })
  stage.advance(20_000)
  stage.take()
  const { antiEntropyIntervalMs } = swimConfig("lan")
  for (let ms = 0; ms < 60_000; ms += 100) {
    for (const from of [1, 2, 3]) stage.message(from, { kind: "gossip", from: idOf(from), digest: 1 + ms, updates: [] })
    stage.advance(100)
  }
  t.ok(digests(stage) >= 4 && digests(stage) <= 60_000 / antiEntropyIntervalMs + 1, `${digests(stage)}`)
})

test("what a whole comparison could not change is compared again only when the own view has changed", async (t) => {
  const stage = new Stage({ members: 3 })
  stage.advance(20_000)
  stage.take()
  const hear = (digest: number): void => void stage.message(1, { kind: "gossip", from: idOf(1), digest, updates: [] })
  hear(5)
  const asked = stage.of("streamRequest").find(({ body }) => body.kind === "digest")
  const nothing = [{ kind: "rows" as const, from: idOf(1), updates: [], wanted: [] }]
  stage.step({ kind: "streamReply", request: asked?.request ?? 0, pages: nothing, failure: "" })
  for (let minute = 0; minute < 5; minute++) {
    stage.advance(60_000)
    hear(5)
  }
  t.equal(digests(stage), 1, "the same two digests are not compared again")
  hear(6)
  t.equal(digests(stage), 2, "another digest is")
  stage.hear(1, alive(2, 1))
  stage.advance(60_000)
  hear(5)
  t.equal(digests(stage), 3, "and after a change of our own the old one is, too")
})

test("buckets that just changed, equal digests and strangers start no exchange", async (t) => {
  const stage = new Stage({ members: 3 })
  stage.advance(20_000)
  stage.take()
  const hear = (from: number, digest: number): void =>
    void stage.message(from, { kind: "gossip", from: idOf(from), digest, updates: [] })
  hear(1, stage.swim.digest)
  hear(1, 0)
  hear(9, 5)
  t.equal(digests(stage), 0)
  stage.hear(1, alive(2, 1))
  hear(1, 5)
  const body = stage.of("streamRequest").find(({ body: sent }) => sent.kind === "digest")?.body
  t.equal(body?.kind === "digest" && body.settled.filter((settled) => !settled).length, 1)
})

test("who stays unknown is asked by a stream where it spoke from, one in an interval", async (t) => {
  const stage = new Stage({ members: 3 })
  stage.advance(20_000)
  const asked = (): readonly string[] =>
    stage.of("streamRequest").flatMap(({ body, to }) => (body.kind === "digest" ? [to] : []))
  const speak = (from: number): void =>
    void stage.message(from, { kind: "ping", from: idOf(from), nonce: 1, target: idOf(0), digest: 5, updates: [] })
  stage.take()
  speak(8)
  stage.hear(1, alive(8))
  stage.advance(9000)
  t.same(asked(), [], "gossip has introduced it meanwhile")
  for (let turn = 0; turn < 100; turn++) for (const from of [9, 10, 11]) speak(from)
  stage.advance(9000)
  t.same(asked(), [addrOf(9)])
  speak(10)
  stage.advance(2000)
  t.same(asked(), [addrOf(9)], "not sooner than an interval after the last")
  stage.onStream = () => [{ kind: "rows", from: idOf(10), updates: [alive(10)], wanted: [] }]
  stage.advance(10_000)
  t.same(asked().slice(1, 2), [addrOf(10)])
  t.equal(stage.state(10), "alive", "now it is known")
  stage.take()
  speak(10)
  t.equal(stage.sent("ack")[0]?.to, addrOf(10))
})

test("dead rows make no rows, and a view that says dead makes the living answer first", async (t) => {
  const stage = new Stage({ members: 4 })
  const rows = (...updates: Update[]): void =>
    void stage.step({ kind: "streamRequest", conn: 1, request: { kind: "rows", from: idOf(3), updates } })
  rows(gone("dead", 9), gone("left", 8), gone("dead", 1, { by: 3 }))
  t.equal(stage.swim.members().length, 4)
  t.equal(stage.state(1), "suspect")
  t.same(
    stage.member(1)?.accusers.map(({ id }) => id),
    [idOf(3)],
  )
  rows(gone("left", 2))
  t.equal(stage.state(2), "left", "a good-bye is no verdict")
})

test("a dead member is pinged with its accusation, and its answer starts an exchange", async (t) => {
  const stage = new Stage({ members: 3 })
  stage.silent.add(1)
  stage.hear(2, gone("dead", 1, { by: 2 }))
  stage.take()
  stage.advance(30_000)
  const pings = stage.sent("ping").filter(({ message }) => message.target === idOf(1))
  t.ok(pings.length >= 4, `${pings.length} pings`)
  for (const { message } of pings) t.equal(message.updates[0]?.kind, "dead")
  t.equal(stage.state(1), "dead")
  stage.silent.delete(1)
  stage.take()
  stage.advance(7000)
  const asked = stage.of("streamRequest").filter(({ body, to }) => body.kind === "digest" && to === addrOf(1))
  t.ok(asked.length >= 1)
})

test("a fleet does not ask a single dead member all at once", async (t) => {
  let pings = 0
  for (let seed = 0; seed < 40; seed++) {
    const stage = new Stage({ members: 200, seed })
    stage.silent.add(1)
    stage.hear(2, gone("dead", 1, { by: 2 }))
    stage.take()
    stage.advance(5000)
    pings += stage.sent("ping").filter(({ message }) => message.target === idOf(1)).length
  }
  t.ok(pings <= 10, `${pings} of 40 members`)
})

test("the baselines exchange whole views by a timer and know no digest", async (t) => {
  const stage = new Stage({ members: 4, config: swimConfig("lan", "lifeguard") })
  stage.message(1, { kind: "gossip", from: idOf(1), digest: 77, updates: [] })
  stage.take()
  stage.advance(100_000)
  t.ok(digests(stage) >= 3 && digests(stage) <= 4, `${digests(stage)}`)
})

// Fleets

test("a halved fleet heals into one view and the healing kills nobody", async (t) => {
  const fleet = Fleet.grown(12)
  const isLeft = (index: number): boolean => index < 6
  fleet.isCut = (from, to) => isLeft(from) !== isLeft(to)
  fleet.until(() => fleet.indexes.every((index) => fleet.swim(index).count("dead") === 6), 60_000)
  fleet.advance(120_000)
  const deaths = fleet.all("dead").length
  t.equal(deaths, 72)
  fleet.isCut = () => false
  const took = fleet.until(() => fleet.indexes.every((index) => fleet.swim(index).count("alive") === 12), 60_000)
  t.ok(took < 30_000, `${took} ms`)
  fleet.advance(60_000)
  t.equal(fleet.all("dead").length, deaths, "nobody dies of the healing")
  t.equal(new Set(fleet.indexes.map((index) => fleet.swim(index).digest)).size, 1)
})

test("a killed member is dead everywhere within a second, others are not", async (t) => {
  const fleet = Fleet.grown(16)
  fleet.advance(10_000)
  fleet.kill(5)
  const took = fleet.until(() => fleet.views(5).join() === "dead", 30_000)
  t.ok(took < 1000, `${took} ms`)
  fleet.advance(30_000)
  t.equal(fleet.all("dead").length, 15)
  t.same(
    fleet.all("suspect").filter(({ after }) => after?.id !== idOf(5)),
    [],
  )
})

test("whoever leaves has left everywhere and nobody accuses it", async (t) => {
  const fleet = Fleet.grown(16)
  fleet.advance(10_000)
  fleet.input(5, { kind: "leave" })
  fleet.until(() => fleet.node(5).others.some(({ kind }) => kind === "departed"), 5000)
  fleet.kill(5)
  fleet.until(() => fleet.views(5).join() === "left", 2000)
  fleet.advance(60_000)
  t.same(fleet.views(5), ["left"])
  t.same([...fleet.all("suspect"), ...fleet.all("dead")], [])
})

test("a fifth of all datagrams lost makes no death", async (t) => {
  const fleet = Fleet.grown(16)
  fleet.lossPercent = 20
  fleet.advance(300_000)
  t.same(fleet.all("dead"), [])
})
