import { GENERATION_MAX, generation, INCARNATION_MAX, incarnation } from "@conclave/base"
import { swimConfig } from "@conclave/swim"
import { test } from "tap"
import { addrOf, alive, gone, idOf, recordOf, Stage, suspect } from "./stage.ts"

// Refutation (SWIM §4.2)

test("an accused member answers at once with a higher incarnation, before the accusation", async (t) => {
  const stage = new Stage({ members: 5 })
  stage.hear(1, suspect(0, [2]))
  t.equal(stage.swim.self.incarnation, 1)
  t.equal(stage.swim.localHealth, 1, "whoever has to refute was slow itself")
  stage.advance(25)
  const first = stage.sent("gossip")[0]?.message.updates[0]
  t.equal(first?.kind, "alive")
  t.equal(first?.kind === "alive" && first.record.incarnation, 1)
})

test("a duplicate of an accusation is answered once", async (t) => {
  const stage = new Stage()
  for (let copy = 0; copy < 5; copy++) stage.hear(1, suspect(0, [2]))
  t.equal(stage.swim.self.incarnation, 1)
  t.equal(stage.swim.counters.refutations, 1)
  t.equal(stage.swim.localHealth, 1)
})

test("an accusation far above takes a new generation, one at the end of incarnations nothing", async (t) => {
  const stage = new Stage()
  stage.hear(1, suspect(0, [2], 400))
  t.equal(stage.swim.self.incarnation, 401)
  stage.hear(1, suspect(0, [2], INCARNATION_MAX))
  t.equal(stage.swim.self.incarnation, 401, "such an accusation moves nobody")
  stage.hear(1, suspect(0, [2], INCARNATION_MAX - 2 ** 16))
  t.equal(stage.swim.self.generation, 2)
  t.equal(stage.swim.self.incarnation, 0)
  t.equal(stage.of("generationRaised")[0]?.generation, 2, "which is persisted")
})

test("accusations step by step never bring a member so high that it cannot be accused", async (t) => {
  const near = incarnation(INCARNATION_MAX - 2 ** 17 - 5)
  const stage = new Stage({ self: { incarnation: near } })
  for (let step = 0; step < 5; step++) {
    const { incarnation: held, generation: boot } = stage.swim.self
    stage.hear(1, suspect(0, [2], held + 2 ** 16 - 1, boot))
    t.ok(stage.swim.self.incarnation <= INCARNATION_MAX - 2 ** 17, `${stage.swim.self.incarnation}`)
  }
  t.equal(stage.swim.self.generation, 2)
})

test("at the end of all generations a member still refutes, changes and never fails", async (t) => {
  const stage = new Stage()
  stage.hear(1, alive(0, 0, GENERATION_MAX - 1))
  t.equal(stage.swim.self.generation, GENERATION_MAX)
  for (const accused of [0, INCARNATION_MAX - 2 ** 17, INCARNATION_MAX - 2 ** 16, INCARNATION_MAX]) {
    stage.hear(1, suspect(0, [2], accused, GENERATION_MAX))
    stage.step({ kind: "setTags", tags: { turn: `${accused}` } })
  }
  stage.hear(1, alive(0, INCARNATION_MAX, GENERATION_MAX))
  stage.step({ kind: "setTags", tags: { turn: "last" } })
  stage.step({ kind: "stalled", lostMs: 60_000, drops: false })
  t.equal(stage.state(0), "alive")
  t.equal(stage.swim.self.tags["turn"], "last")
})

test("an accusation in the last of all generations is refuted by whoever has many incarnations behind it", async (t) => {
  const stage = new Stage({ self: { incarnation: incarnation(900) } })
  stage.hear(1, gone("dead", 0, { boot: GENERATION_MAX, counter: 5, by: 1 }))
  t.equal(stage.swim.self.generation, GENERATION_MAX)
  t.equal(stage.swim.self.incarnation, 6)
  t.same(
    stage.of("generationRaised").map((effect) => effect.generation),
    [GENERATION_MAX],
  )
  stage.hear(1, gone("left", 0, { boot: GENERATION_MAX, counter: 2, by: 1 }))
  t.equal(stage.swim.self.incarnation, 6)
})

test("a member that hears another record of its own version publishes a newer one", async (t) => {
  const stage = new Stage()
  stage.hear(1, { kind: "alive", record: stage.swim.self })
  t.equal(stage.swim.self.incarnation, 0, "its own echo says nothing")
  stage.hear(1, alive(0, 0, 1, { tags: { stale: "yes" } }))
  t.equal(stage.swim.self.incarnation, 1)
  t.same(stage.swim.self.tags, {})
  t.equal(stage.swim.localHealth, 0, "nobody accused it")
})

test("a restarted member outranks what is told of its earlier boots and jumps past later ones", async (t) => {
  const stage = new Stage({ self: { generation: generation(5) } })
  stage.hear(1, gone("dead", 0, { boot: 4, counter: 90 }))
  t.equal(stage.swim.self.generation, 5)
  t.equal(stage.swim.self.incarnation, 0)
  stage.hear(1, gone("dead", 0, { boot: 8, counter: 3 }))
  t.equal(stage.swim.self.generation, 9)
  t.equal(stage.state(0), "alive")
})

test("a member that others hold as left comes back with a new generation", async (t) => {
  const stage = new Stage()
  stage.hear(1, gone("left", 0))
  t.equal(stage.swim.self.generation, 2)
  t.same(
    stage.of("generationRaised").map((effect) => effect.generation),
    [2],
  )
})

test("a leaving member refutes nothing", async (t) => {
  const stage = new Stage()
  stage.step({ kind: "leave" })
  stage.take()
  stage.hear(1, suspect(0, [2]), gone("left", 0), gone("dead", 0), alive(0, 9))
  t.equal(stage.swim.self.incarnation, 0)
  t.equal(stage.swim.self.generation, 1)
  t.same(stage.of("memberChanged"), [])
  t.equal(stage.swim.localHealth, 0)
})

// The own description

test("a leaving member that stalled does not announce itself over its good-bye", async (t) => {
  const stage = new Stage({ members: 4 })
  stage.step({ kind: "leave" })
  stage.take()
  stage.nowMs += 60_000
  stage.step({ kind: "stalled", lostMs: 60_000, drops: false })
  const spoken = stage.of("send").flatMap(({ message }) => message.updates)
  t.ok(spoken.some((update) => update.kind === "left"))
  t.same(
    spoken.filter((update) => update.kind === "alive" && update.record.id === idOf(0)),
    [],
  )
})

test("a member that speaks of itself in an earlier boot is told the later one", async (t) => {
  const stage = new Stage({ members: 4 })
  stage.hear(1, alive(1, 0, 5))
  stage.take()
  stage.advance(1000)
  stage.hear(2, alive(1, 0, 3))
  t.same(
    stage.sent("gossip").filter(({ to, message }) => to === addrOf(2) && message.updates.length === 1),
    [],
    "not whoever repeats old news",
  )
  stage.take()
  stage.hear(1, alive(1, 7, 3))
  const told = stage.sent("gossip").find(({ to }) => to === addrOf(1))?.message.updates[0]
  t.equal(told?.kind === "alive" && told.record.generation, 5)
})

test("changed tags and health are a new incarnation, the same health is none", async (t) => {
  const stage = new Stage()
  stage.step({ kind: "setTags", tags: { role: "db" } })
  stage.step({ kind: "setHealth", health: 3 })
  stage.step({ kind: "setHealth", health: 3 })
  t.equal(stage.swim.self.incarnation, 2)
  t.same(stage.changes(0), ["update", "update"])
  t.equal(stage.swim.self.health, 3)
  t.same(stage.swim.self.tags, { role: "db" })
})

test("a changed seat is a new incarnation, the same one is none", async (t) => {
  const stage = new Stage()
  const seat = { cluster: "", replica: idOf(7), role: "none", wish: "auto", isFull: false } as const
  stage.step({ kind: "setSeat", seat })
  stage.step({ kind: "setSeat", seat: { ...seat } })
  t.equal(stage.swim.self.incarnation, 1)
  stage.step({ kind: "setSeat", seat: { ...seat, role: "learner" } })
  stage.step({ kind: "setTags", tags: { role: "db" } })
  t.equal(stage.swim.self.seat?.role, "learner", "what else changes leaves it")
})

test("a description change near the end of incarnations takes a new generation", async (t) => {
  const stage = new Stage({ self: { incarnation: incarnation(INCARNATION_MAX - 2 ** 17) } })
  stage.step({ kind: "setTags", tags: { role: "db" } })
  t.equal(stage.swim.self.generation, 2)
  t.equal(stage.swim.self.incarnation, 0)
  t.same(stage.swim.self.tags, { role: "db" })
})

// Conflicts of names

const lesserFirst = (a: number, b: number): number => (idOf(a) < idOf(b) ? -1 : 1)
/** Of two members the first has the lesser id. */
const [LESSER, GREATER] = [1, 2].sort(lesserFirst) as [number, number]

test("a second owner of a living name is a conflict and never an update", async (t) => {
  const stage = new Stage({ members: 2 })
  stage.hear(1, alive(7, 0, 1, { name: "host-1" }))
  t.equal(stage.member(7), undefined)
  t.equal(stage.member(1)?.record.addr, recordOf(1).addr)
  const conflict = stage.of("nameConflict")[0]
  t.equal(conflict?.holder.id, idOf(1))
  t.equal(conflict?.challenger.id, idOf(7))
  t.equal(conflict?.fatal, false)
  for (let copy = 0; copy < 9; copy++) stage.hear(1, alive(7, copy, 1, { name: "host-1" }))
  t.equal(stage.of("nameConflict").length, 1, "reported once a minute")
  stage.advance(60_000)
  stage.hear(1, alive(7, 20, 1, { name: "host-1" }))
  t.equal(stage.of("nameConflict").length, 2)
})

test("the name of a dead member goes to another", async (t) => {
  const stage = new Stage({ members: 3 })
  stage.hear(1, gone("dead", 2))
  stage.hear(1, alive(7, 0, 1, { name: "host-2" }))
  t.equal(stage.state(7), "alive")
  t.equal(stage.of("nameConflict").length, 0)
  stage.hear(1, alive(2, 1))
  t.equal(stage.state(2), "dead", "its former owner cannot take it back")
  t.equal(stage.of("nameConflict").length, 1)
})

test("an accusation of a later boot does not take a name from its present owner", async (t) => {
  const stage = new Stage({ members: 3 })
  stage.hear(1, gone("dead", 2))
  stage.hear(1, alive(7, 0, 1, { name: "host-2" }))
  stage.hear(1, suspect(2, [1], 0, 3))
  stage.hear(1, gone("dead", 2, { boot: 3 }))
  stage.hear(1, alive(8, 0, 1, { name: "host-2" }))
  t.equal(stage.member(8), undefined)
  t.equal(stage.state(7), "alive")
})

test("of two established members with one name the greater id goes after a minute", async (t) => {
  for (const [own, other, goes] of [
    [GREATER, LESSER, true],
    [LESSER, GREATER, false],
  ] as const) {
    const stage = new Stage({ members: 1, self: { id: idOf(own) } })
    stage.hear(5, alive(5))
    const hear = (): void => void stage.hear(5, alive(other, 0, 1, { name: "host-0" }))
    for (let second = 0; second < 60; second += 10) {
      hear()
      stage.advance(10_000)
    }
    t.notOk(
      stage.of("nameConflict").some((effect) => effect.fatal),
      "not before",
    )
    hear()
    t.equal(
      stage.of("nameConflict").some((effect) => effect.fatal),
      goes,
    )
  }
})

test("a conflict that is not heard of for a minute begins again", async (t) => {
  const stage = new Stage({ members: 1, self: { id: idOf(GREATER) } })
  stage.hear(5, alive(5))
  const { nameWaitMs } = swimConfig("lan")
  for (let hearing = 0; hearing < 4; hearing++) {
    stage.hear(5, alive(LESSER, 0, 1, { name: "host-0" }))
    stage.advance(nameWaitMs + 1)
  }
  t.notOk(stage.of("nameConflict").some((effect) => effect.fatal))
})
