import { swimConfig } from "@conclave/swim"
import { test } from "tap"
import { accuser, alive, gone, idOf, recordOf, Stage, suspect } from "./stage.ts"

const DAY_MS = 86_400_000

// Verdicts

test("accusations are remembered with accuser and path, the last 64", async (t) => {
  const stage = new Stage({ members: 8 })
  for (let counter = 0; counter < 70; counter++) {
    stage.hear(2, suspect(1, [accuser(3, "tcp")], counter))
    stage.hear(1, alive(1, counter + 1))
  }
  const kept = stage.swim.accusations(idOf(1))
  t.equal(kept.length, 64)
  t.same(kept[0]?.accuser, accuser(3, "tcp"))
  t.same(stage.swim.accusations(idOf(2)), [])
})

test("verdicts of one who is dead to us, or was a moment ago, kill nobody", async (t) => {
  const verdict = (counter: number): ReturnType<typeof gone> => gone("dead", 1, { counter, by: 2 })
  const stage = new Stage({ members: 8 })
  stage.hear(3, gone("dead", 2))
  stage.hear(2, verdict(0))
  t.equal(stage.state(1), "suspect", "the dead are not believed")
  stage.hear(1, alive(1, 1))
  stage.hear(2, alive(2, 1))
  stage.hear(2, verdict(1))
  t.equal(stage.state(1), "suspect", "nor is who has just come back: this may be an older packet")
  stage.hear(1, alive(1, 2))
  stage.advance(5000)
  stage.hear(2, alive(2, 9), verdict(2))
  t.equal(stage.state(1), "dead")
})

test("the accused itself can tell who accused it", async (t) => {
  const stage = new Stage({ members: 8 })
  stage.hear(2, suspect(0, [accuser(3, "tcp")]))
  stage.hear(4, suspect(0, [accuser(3, "tcp")]))
  t.same(
    stage.swim.accusations(idOf(0)).map((one) => one.accuser),
    [accuser(3, "tcp")],
  )
})

// Tombstones

test("no alive of the dead incarnation or an older one revives the dead for a day", async (t) => {
  const stage = new Stage({ members: 3 })
  stage.silent.add(1)
  stage.hear(2, alive(1, 4))
  stage.hear(2, gone("dead", 1, { counter: 5, by: 2 }))
  for (let hour = 1; hour < 24; hour++) {
    stage.advance(3_600_000)
    stage.hear(2, alive(1, 5), alive(1, 4), alive(1, 0))
    stage.take()
    t.equal(stage.state(1), "dead", `after ${hour} h`)
  }
  stage.advance(3_600_000)
  t.equal(stage.member(1), undefined, "then it is forgotten")
  t.same(stage.changes(1), ["reap"])
})

test("a dead member that raises its incarnation or its generation is back at once", async (t) => {
  for (const news of [alive(1, 1), alive(1, 0, 2)]) {
    const stage = new Stage()
    stage.hear(2, gone("dead", 1))
    stage.hear(1, news)
    t.same(stage.changes(1), ["dead", "alive"])
    t.same(stage.member(1)?.accusers, [])
    stage.advance(20_000)
    t.equal(stage.state(1), "alive")
  }
})

test("who left comes back with a new generation only", async (t) => {
  const stage = new Stage()
  stage.hear(2, gone("left", 1))
  stage.hear(1, alive(1, 9), suspect(1, [2], 10), gone("dead", 1, { counter: 11 }))
  t.equal(stage.state(1), "left")
  stage.hear(1, alive(1, 0, 2))
  t.equal(stage.state(1), "alive")
})

test("a tombstone that others have kept for hours is kept for the rest of its day", async (t) => {
  const stage = new Stage()
  stage.silent.add(1)
  stage.hear(2, gone("dead", 1, { ageMs: DAY_MS - 60_000 }))
  t.equal(stage.state(1), "dead")
  t.equal(
    stage.until(() => stage.member(1) === undefined, 61_000),
    60_000,
  )
})

test("a dead row leaves the digest after an hour and stays out of it", async (t) => {
  const stage = new Stage({ members: 3 })
  const without = new Stage({ members: 2 }).swim.digest
  stage.silent.add(2)
  stage.hear(1, gone("dead", 2))
  t.not(stage.swim.digest, without)
  stage.advance(3_600_001)
  t.equal(stage.swim.digest, without)
  stage.hear(1, suspect(2, [1], 3))
  t.equal(stage.swim.digest, without, "also when its version rises")
})

test("death and good-bye of a stranger make no row", async (t) => {
  const stage = new Stage()
  stage.hear(2, gone("dead", 9), gone("left", 8), suspect(7, [1]))
  t.equal(stage.swim.members().length, 4)
  t.same(stage.of("memberChanged"), [])
})

test("two members that swap their addresses are still told apart", async (t) => {
  const stage = new Stage({ members: 3 })
  const [one, two] = [stage.member(1)?.record.addr, stage.member(2)?.record.addr]
  if (one === undefined || two === undefined) throw new Error("both are known")
  stage.hear(1, alive(1, 0, 2, { addr: two }), alive(2, 0, 2, { addr: one }))
  t.equal(stage.member(1)?.record.addr, two)
  t.equal(stage.member(2)?.record.addr, one)
  stage.take()
  stage.answering = false
  stage.advance(3000)
  for (const { to, message } of stage.sent("ping")) t.equal(to, message.target === idOf(1) ? two : one)
})

// Operators

test("a member that is not alive is expelled, a living one is not", async (t) => {
  const stage = new Stage({ members: 5 })
  stage.hear(2, suspect(1, [2]), gone("dead", 3))
  for (const index of [0, 1, 3, 4]) stage.step({ kind: "expel", id: idOf(index), prune: false })
  t.same(
    [0, 1, 3, 4].map((index) => stage.state(index)),
    ["alive", "left", "left", "alive"],
  )
})

test("who is barred has left, living or not, and comes back neither by gossip nor by a join", async (t) => {
  const stage = new Stage({ members: 5 })
  stage.hear(2, gone("dead", 3))
  for (const index of [1, 3, 7]) stage.step({ kind: "bar", id: idOf(index) })
  t.same([stage.state(1), stage.state(3), stage.member(7)], ["left", "left", undefined])
  stage.hear(2, alive(1, 0, 9), alive(3, 5), alive(7), suspect(1, [2], 9))
  t.same([stage.state(1), stage.state(3), stage.member(7)], ["left", "left", undefined])
  stage.hear(2, gone("dead", 1, { boot: 9 }), gone("dead", 3, { boot: 5 }))
  t.same([stage.state(1), stage.state(3)], ["left", "left"], "nor as one who is dead by now")
  const answered = stage.step({ kind: "streamRequest", conn: 1, request: { kind: "join", record: recordOf(7) } })
  t.match(answered, [{ kind: "streamReply", pages: [{ kind: "refused", reason: /removed/ }] }])
  t.equal(stage.member(7), undefined)
  stage.hear(1, gone("dead", 4))
  t.equal(stage.state(4), "alive", "nor does its word count")
})

test("a pruned member has no row here nor at others, also when it had left before", async (t) => {
  for (const first of [[], [gone("left", 1)], [gone("dead", 1)], [gone("left", 1), suspect(1, [2], 5)]]) {
    const stage = new Stage()
    const other = new Stage()
    stage.hear(2, suspect(1, [2]), ...first)
    other.hear(2, suspect(1, [2]), gone("left", 1), ...first)
    stage.step({ kind: "expel", id: idOf(1), prune: true })
    t.equal(stage.member(1), undefined)
    stage.advance(1000)
    const pruned = stage.sent("gossip").flatMap(({ message }) => message.updates)
    const news = pruned.find((update) => update.kind === "left" && update.prune)
    t.ok(news !== undefined, "it is told")
    if (news !== undefined) other.hear(2, news)
    t.equal(other.member(1), undefined)
    t.equal(other.changes(1).at(-1), "prune")
  }
})

// Restarts

test("nothing is published about a member that announced a restart before its time, then it is dead", async (t) => {
  const stage = new Stage({ members: 4 })
  stage.hear(1, alive(1, 1, 1, { restartingForMs: 15_000 }))
  stage.crashed.add(1)
  stage.take()
  const start = stage.nowMs
  stage.hear(2, suspect(1, [2, 3], 1), gone("dead", 1, { counter: 1, by: 2 }))
  stage.advance(14_999)
  t.equal(stage.state(1), "alive")
  t.equal(stage.member(1)?.restartingUntilMs, start + 15_000)
  const about = stage
    .of("send")
    .flatMap(({ message }) => message.updates)
    .filter((update) => (update.kind === "suspect" || update.kind === "dead") && update.id === idOf(1))
  t.same(about, [])
  stage.advance(1)
  t.same(stage.changes(1), ["dead"], "without a suspicion")
})

test("the next boot ends a restart", async (t) => {
  const stage = new Stage()
  stage.hear(1, alive(1, 1, 1, { restartingForMs: 15_000 }))
  stage.advance(2000)
  stage.hear(1, alive(1, 0, 2))
  t.equal(stage.member(1)?.restartingUntilMs, undefined)
  stage.advance(30_000)
  t.equal(stage.state(1), "alive")
  stage.silent.add(1)
  stage.until(() => stage.state(1) === "suspect", 60_000)
})

test("a restart may be announced for an hour at most", async (t) => {
  const stage = new Stage()
  stage.crashed.add(1)
  stage.hear(1, alive(1, 1, 1, { restartingForMs: 4_000_000_000 }))
  t.equal(
    stage.until(() => stage.state(1) === "dead", 3_600_001),
    3_600_000,
  )
})

test("a member that says good-bye while it restarts has left", async (t) => {
  const stage = new Stage()
  stage.hear(1, alive(1, 1, 1, { restartingForMs: 15_000 }), gone("left", 1, { counter: 1 }))
  t.equal(stage.state(1), "left")
  t.equal(stage.member(1)?.restartingUntilMs, undefined)
  stage.advance(20_000)
  t.equal(stage.state(1), "left")
})

test("a full table refuses further members and knows the present ones", async (t) => {
  const stage = new Stage({ members: 3, config: { ...swimConfig("lan"), membersMax: 3 } })
  stage.hear(1, alive(5), alive(2, 7))
  t.equal(stage.member(5), undefined)
  t.equal(stage.swim.counters.rowsRefused, 1)
  t.equal(stage.member(2)?.record.incarnation, 7)
})
