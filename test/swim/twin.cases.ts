import { swimConfig } from "@conclave/swim"
import { test } from "tap"
import { Fleet } from "./fleet.ts"
import { addrOf, alive, type EffectOf, idOf, recordOf, Stage } from "./stage.ts"

type Question = EffectOf<"streamRequest">

/** Who was asked by stream whether this member is there. */
function questions(stage: Stage): Question[] {
  return stage.of("streamRequest").filter(({ body }) => body.kind === "ping" && body.target === idOf(0))
}

function conflicts(fleet: Fleet, index: number): EffectOf<"nameConflict">[] {
  const { others } = fleet.node(index)
  return others.filter((effect): effect is EffectOf<"nameConflict"> => effect.kind === "nameConflict")
}

/** Some members and, at the address of `place`, another process with the key of member 1. */
function withTwin(place: number, generation = 1, members = 3): Fleet {
  const fleet = Fleet.grown(members)
  fleet.boot(place, { id: idOf(1), name: "host-1", generation: generation as never })
  fleet.input(place, { kind: "join", addrs: [addrOf(0)] })
  return fleet
}

test("whoever is described at another address asks there, and an answer is a conflict", async (t) => {
  const stage = new Stage({ members: 3 })
  stage.hear(1, alive(0, 4, 1, { addr: addrOf(9) }))
  t.same(
    questions(stage).map(({ to }) => to),
    [addrOf(9)],
  )
  stage.advance(10)
  const [conflict] = stage.of("nameConflict")
  t.match(conflict, { name: "host-0", fatal: false, holder: { id: idOf(0) }, challenger: { addr: addrOf(9) } })
})

test("an earlier life at another address is asked, too, and does not answer", async (t) => {
  const stage = new Stage({ members: 3, self: { generation: 5 as never } })
  stage.crashed.add(9)
  stage.hear(1, alive(0, 4, 4, { addr: addrOf(9) }))
  t.equal(questions(stage).length, 1)
  stage.advance(10_000)
  t.same(stage.of("nameConflict"), [])
})

test("the own address is never asked, another one not again for a while", async (t) => {
  const stage = new Stage({ members: 3 })
  stage.crashed.add(9)
  stage.hear(1, alive(0, 1, 1, { tags: { of: "an earlier life" } }))
  t.same(questions(stage), [])
  for (let copy = 0; copy < 5; copy++) stage.hear(1, alive(0, 10 + copy, 1, { addr: addrOf(9) }))
  t.equal(questions(stage).length, 1)
})

test("our own answer at another address of ours is no conflict", async (t) => {
  const stage = new Stage({ members: 3 })
  stage.hear(1, alive(0, 4, 1, { addr: addrOf(9) }))
  const [question] = questions(stage)
  if (question === undefined) throw new Error("nobody was asked")
  stage.step({ kind: "streamRequest", conn: 1, request: question.body })
  t.same(stage.of("streamReply")[0]?.pages, [{ kind: "pong", upMs: 1 }])
  stage.advance(60_000)
  t.same(stage.of("nameConflict"), [])
})

test("who joins the very agent whose key it has is told so at once, and the other hears it", async (t) => {
  const stage = new Stage({ members: 1 })
  const record = recordOf(0, { addr: addrOf(9) })
  stage.step({ kind: "streamRequest", conn: 1, request: { kind: "join", record } })
  t.same(stage.of("streamReply")[0]?.pages, [{ kind: "nameTaken", record: stage.swim.self }])
  t.match(stage.of("nameConflict"), [{ fatal: false, challenger: { addr: addrOf(9) } }])
  stage.step({ kind: "streamRequest", conn: 2, request: { kind: "join", record: stage.swim.self } })
  t.same(stage.of("streamReply")[1]?.pages, [{ kind: "refused", reason: "that is this agent itself" }])
})

test("whoever asks is told how long this process has run", async (t) => {
  const stage = new Stage({ members: 1 })
  const question = { kind: "ping", from: idOf(7), target: idOf(0) } as const
  for (const [conn, atMs] of [0, 70_000, 2 ** 33].entries()) {
    stage.nowMs = atMs
    stage.step({ kind: "streamRequest", conn, request: question })
  }
  t.same(
    stage.of("streamReply").map(({ pages }) => pages),
    [1, 70_000, 2 ** 32 - 1].map((upMs) => [{ kind: "pong", upMs }]),
  )
})

test("whoever has found the other tells it, once", async (t) => {
  const stage = new Stage({ members: 3 })
  stage.hear(1, alive(0, 4, 1, { addr: addrOf(9) }))
  stage.advance(60_000)
  const told = stage.of("streamRequest").filter(({ body }) => body.kind === "join")
  t.match(told, [{ to: addrOf(9), body: { record: { id: idOf(0), addr: addrOf(0) } } }])
  t.equal(told.length, 1)
})

test("a new life of the other is told, too", async (t) => {
  const stage = new Stage({ members: 3 })
  const told = (): number => stage.of("streamRequest").filter(({ body }) => body.kind === "join").length
  stage.hear(1, alive(0, 4, 1, { addr: addrOf(9) }))
  stage.advance(20_000)
  t.equal(told(), 1)
  stage.upMs = 1000
  stage.advance(15_000)
  t.equal(told(), 2)
})

test("of two with one key also the one that hears no news is told before the other goes", async (t) => {
  const fleet = Fleet.grown(3)
  fleet.isCut = (from, to) => from + to === 1 || from + to === 3
  fleet.boot(20, { id: idOf(1), name: "host-1" })
  fleet.input(20, { kind: "join", addrs: [addrOf(0)] })
  fleet.until(() => conflicts(fleet, 20).some(({ fatal }) => fatal), 120_000)
  t.match(conflicts(fleet, 1), [{ fatal: false, challenger: { addr: addrOf(20) } }])
})

test("what was proven long ago begins anew: a copy that was stopped at once ends nobody later", async (t) => {
  const stage = new Stage({ members: 3 })
  const meet = (incarnation: number): void => {
    stage.hear(1, alive(0, incarnation, 1, { addr: addrOf(9) }))
    stage.advance(10)
  }
  meet(4)
  stage.crashed.add(9)
  stage.advance(3_600_000)
  stage.crashed.clear()
  meet(20)
  t.same(
    stage.of("nameConflict").map(({ fatal }) => fatal),
    [false, false],
  )
  for (let each = 0; each < 8; each++) {
    stage.advance(15_000)
    meet(40 + 20 * each)
  }
  t.equal(stage.of("nameConflict").filter(({ fatal }) => fatal).length > 0, true)
})

test("the other is asked again without any news of it, until it does not answer", async (t) => {
  const stage = new Stage({ members: 3 })
  stage.hear(1, alive(0, 4, 1, { addr: addrOf(9) }))
  stage.advance(70_000)
  t.equal(questions(stage).length, 5, "at first and each quarter of a minute")
  stage.crashed.add(9)
  stage.advance(600_000)
  t.equal(questions(stage).length, 6)
})

test("both of two agents with one key hear of it, whichever generation the copy has", async (t) => {
  for (const generation of [1, 2, 7]) {
    for (const members of [2, 3, 12]) {
      const fleet = withTwin(20, generation, members)
      fleet.until(() => conflicts(fleet, 1).length > 0 && conflicts(fleet, 20).length > 0, 30_000)
      t.match(conflicts(fleet, 1)[0], { fatal: false, challenger: { addr: addrOf(20) } })
      t.match(conflicts(fleet, 20)[0], { fatal: false, challenger: { addr: addrOf(1) } })
    }
  }
})

test("the one that just started goes, wherever it is, and the other stays", async (t) => {
  for (const seniorAt of [1, 6]) {
    const place = seniorAt === 1 ? 5 : 1
    const fleet = new Fleet()
    fleet.boot(0)
    fleet.boot(seniorAt, { id: idOf(1), name: "host-1" })
    fleet.input(seniorAt, { kind: "join", addrs: [addrOf(0)] })
    fleet.advance(120_000)
    fleet.boot(place, { id: idOf(1), name: "host-1" })
    fleet.input(place, { kind: "join", addrs: [addrOf(0)] })
    const goes = (index: number): boolean => conflicts(fleet, index).some(({ fatal }) => fatal)
    fleet.until(() => goes(place), 120_000)
    t.notOk(goes(seniorAt), `the one at ${seniorAt} stays`)
    fleet.kill(place)
    fleet.advance(300_000)
    t.notOk(goes(seniorAt))
    t.equal(fleet.swim(0).member(idOf(1))?.record.addr, addrOf(seniorAt), "and is what all see")
    t.equal(fleet.swim(0).member(idOf(1))?.state, "alive")
  }
})

test("a copy that is started again and again ends nobody but itself", async (t) => {
  for (const [seniorAt, place, via] of [
    [1, 5, 0],
    [6, 1, 0],
    [6, 1, 6],
  ] as const) {
    const fleet = new Fleet()
    fleet.boot(0)
    fleet.boot(seniorAt, { id: idOf(1), name: "host-1" })
    fleet.input(seniorAt, { kind: "join", addrs: [addrOf(0)] })
    fleet.advance(120_000)
    const goes = (index: number): boolean => conflicts(fleet, index).some(({ fatal }) => fatal)
    for (const end = fleet.nowMs + 400_000; fleet.nowMs < end; fleet.advance(1000)) {
      const { generation = 1 } = fleet.indexes.includes(place) ? fleet.swim(place).self : {}
      fleet.boot(place, { id: idOf(1), name: "host-1", generation: (generation + 1) as never })
      fleet.input(place, { kind: "join", addrs: [addrOf(via)] })
      fleet.until(() => goes(place), 60_000)
      fleet.kill(place)
    }
    t.ok(conflicts(fleet, seniorAt).length > 1, `the one at ${seniorAt} says so`)
    t.notOk(goes(seniorAt), `the one at ${seniorAt} stays`)
  }
})

test("of two that have run for long the one with the greater address goes", async (t) => {
  const fleet = Fleet.grown(2)
  fleet.boot(5, { id: idOf(1), name: "host-1" })
  fleet.isCut = (from, to) => from === 5 || to === 5
  fleet.advance(120_000)
  fleet.isCut = () => false
  fleet.input(5, { kind: "join", addrs: [addrOf(0)] })
  const goes = (index: number): boolean => conflicts(fleet, index).some(({ fatal }) => fatal)
  const afterMs = fleet.until(() => goes(5) || goes(1), 300_000)
  t.ok(goes(5))
  t.ok(afterMs >= swimConfig("lan").nameWaitMs)
  fleet.advance(40_000)
  t.notOk(goes(1), "the other one waits for that")
})

test("two with one key do not fill the network with their refutations", async (t) => {
  const fleet = withTwin(5)
  fleet.until(() => conflicts(fleet, 1).length > 0 && conflicts(fleet, 5).length > 0, 10_000)
  const { incarnation, generation } = fleet.swim(1).self
  fleet.advance(10_000)
  t.ok(fleet.swim(1).self.incarnation - incarnation < 25, `${fleet.swim(1).self.incarnation - incarnation}`)
  t.equal(fleet.swim(1).self.generation, generation)
})
