import { test } from "tap"
import { alive, gone, idOf, Stage, suspect } from "./stage.ts"

/** The members that this stage holds links to. */
function watched(stage: Stage): number[] {
  const open = new Set<string>()
  for (const effect of stage.effects) {
    if (effect.kind === "dialLink") open.add(effect.id)
    if (effect.kind === "closeLink") open.delete(effect.id)
  }
  return [...Array(40).keys()].filter((index) => open.has(idOf(index)))
}

function stageOf(members: number): Stage {
  const stage = new Stage({ members: 1 })
  for (let index = 1; index < members; index++) stage.hear(index, alive(index))
  stage.advance(50)
  return stage
}

function link(stage: Stage, index: number, event: "up" | "down" | "refused" | "failed"): void {
  stage.step({ kind: "link", id: idOf(index), event })
}

test("three neighbours are watched, all when there are fewer", async (t) => {
  for (const [members, links] of [
    [1, 0],
    [2, 1],
    [3, 2],
    [4, 3],
    [30, 3],
  ] as const) {
    t.equal(watched(stageOf(members)).length, links, `${members} members`)
  }
})

test("every member is watched by as many as it watches, whoever heard of whom first", async (t) => {
  const forward = stageOf(30)
  const backward = new Stage({ members: 1 })
  for (let index = 29; index > 0; index--) backward.hear(index, alive(index))
  t.same(watched(forward), watched(backward))
})

test("a neighbour that dies or leaves is replaced, one that comes nearer replaces another", async (t) => {
  const stage = stageOf(30)
  const [lost, other] = watched(stage) as [number, number]
  stage.hear(other, gone("left", lost))
  t.equal(watched(stage).length, 3)
  t.notOk(watched(stage).includes(lost))
  stage.hear(lost, alive(lost, 0, 2))
  t.ok(watched(stage).includes(lost), "as before")
  t.equal(watched(stage).length, 3)
})

test("a reset link and two refused dials, 300 ms apart, are an accusation", async (t) => {
  const stage = stageOf(4)
  stage.answering = false
  stage.take()
  link(stage, 1, "down")
  t.equal(stage.of("dialLink").length, 1, "dialled at once")
  link(stage, 1, "refused")
  t.equal(stage.state(1), "alive", "one refusal is none")
  stage.advance(299)
  t.equal(stage.of("dialLink").length, 1)
  stage.advance(1)
  t.equal(stage.of("dialLink").length, 2)
  link(stage, 1, "refused")
  t.equal(stage.state(1), "suspect")
  t.equal(stage.member(1)?.accusers[0]?.path, "link")
})

test("a link that comes back accuses nobody", async (t) => {
  const stage = stageOf(4)
  for (let turn = 0; turn < 5; turn++) {
    link(stage, 1, "down")
    link(stage, 1, "refused")
    link(stage, 1, "up")
    stage.advance(400)
  }
  t.equal(stage.state(1), "alive")
  t.equal(stage.swim.counters.suspicions, 0)
})

test("refusals of a link that was never up accuse nobody", async (t) => {
  const stage = new Stage({ members: 1 })
  stage.crashed.add(1)
  stage.answering = false
  stage.hear(2, alive(1))
  stage.take()
  for (let turn = 0; turn < 5; turn++) {
    link(stage, 1, "refused")
    stage.nowMs += 100
  }
  t.same(stage.of("memberChanged"), [])
})

test("a dial that hangs or is reset is no proof, the member is asked by datagram", async (t) => {
  const stage = stageOf(4)
  stage.answering = false
  link(stage, 1, "down")
  stage.take()
  for (let turn = 0; turn < 3; turn++) {
    link(stage, 1, "failed")
    stage.advance(30)
  }
  t.equal(stage.state(1), "alive")
  t.ok(stage.sent("ping").some(({ message }) => message.target === idOf(1)))
})

test("a member that announced its restart may reset its link", async (t) => {
  const stage = stageOf(4)
  stage.hear(1, alive(1, 1, 1, { restartingForMs: 10_000 }))
  stage.crashed.add(1)
  link(stage, 1, "down")
  stage.advance(9000)
  t.same(
    stage.changes(1).filter((change) => change === "suspect" || change === "dead"),
    [],
  )
})

test("a member that moved is watched at its new address", async (t) => {
  const stage = stageOf(4)
  stage.take()
  const { addr } = stage.member(9)?.record ?? { addr: stage.swim.self.addr }
  stage.hear(1, alive(1, 1, 1, { addr }))
  t.ok(stage.of("closeLink").some(({ id }) => id === idOf(1)))
  t.equal(stage.of("dialLink").find(({ id }) => id === idOf(1))?.addr, addr)
})

test("a member that runs anew is dialled at once, whatever its old link seems to be", async (t) => {
  const stage = stageOf(4)
  link(stage, 1, "up")
  stage.take()
  stage.hear(1, alive(1, 0, 2))
  t.ok(
    stage.of("closeLink").some(({ id }) => id === idOf(1)),
    "a power cut resets nothing",
  )
  t.equal(stage.of("dialLink").filter(({ id }) => id === idOf(1)).length, 1)
  stage.hear(1, alive(1, 1, 2))
  t.equal(stage.of("dialLink").filter(({ id }) => id === idOf(1)).length, 1, "once a boot")
})

test("who was away for long is watched from its return on", async (t) => {
  const stage = stageOf(4)
  stage.hear(1, alive(1, 1, 1, { restartingForMs: 60_000 }))
  stage.crashed.add(1)
  link(stage, 1, "down")
  stage.advance(40_000)
  stage.crashed.delete(1)
  stage.take()
  stage.hear(1, alive(1, 0, 2))
  stage.advance(50)
  stage.crashed.add(1)
  link(stage, 1, "down")
  const took = stage.until(() => stage.state(1) === "suspect", 1000)
  t.equal(stage.member(1)?.accusers[0]?.path, "link", `after ${took} ms`)
})

test("events of links that nobody holds are nothing", async (t) => {
  const stage = stageOf(30)
  const stranger = [...Array(29).keys()].map((index) => index + 1).find((index) => !watched(stage).includes(index)) ?? 0
  for (let turn = 0; turn < 3; turn++)
    for (const event of ["down", "refused", "failed", "up"] as const) link(stage, stranger, event)
  link(stage, 39, "refused")
  t.equal(stage.swim.counters.suspicions, 0)
})

test("links that stay away are dialled ever more rarely", async (t) => {
  const stage = new Stage({ members: 1 })
  stage.hear(2, alive(1), alive(2))
  stage.crashed.add(1)
  stage.take()
  const dials = (): number => stage.of("dialLink").filter(({ id }) => id === idOf(1)).length
  stage.answering = true
  let answered = 0
  for (let second = 0; second < 300; second++) {
    for (; answered < dials() + 1; answered++) link(stage, 1, "refused")
    stage.hear(1, alive(1, second + 1))
    stage.advance(1000)
  }
  t.ok(dials() >= 10 && dials() <= 25, `${dials()}`)
})

/** When the links to member 1 were dialled, from now on. */
function dialsOf(stage: Stage, ms: number, each: () => void = () => {}): number[] {
  const dials: number[] = []
  for (let passed = 0; passed < ms; passed += 100) {
    stage.take()
    each()
    stage.advance(100)
    if (stage.of("dialLink").some(({ id }) => id === idOf(1))) dials.push(passed)
  }
  return dials
}

test("a neighbour that could not be reached is dialled as soon as it is heard again", async (t) => {
  for (let cutMs = 35_000; cutMs <= 65_000; cutMs += 5000) {
    const stage = stageOf(4)
    stage.apart.add(1)
    link(stage, 1, "down")
    stage.advance(cutMs)
    t.equal(stage.state(1), "alive", "others reach it")
    stage.apart.delete(1)
    const [after = Number.POSITIVE_INFINITY] = dialsOf(stage, 8000)
    t.ok(after <= 4000, `${cutMs} ms: after ${after} ms`)
  }
})

test("a neighbour that refutes its death is dialled at once", async (t) => {
  const stage = stageOf(30)
  const [far] = watched(stage).slice(-1) as [number]
  stage.apart.add(far)
  link(stage, far, "down")
  stage.advance(45_000)
  const refuted = (stage.member(far)?.record.incarnation ?? 0) + 1
  stage.hear(1, suspect(far, [2, 3], refuted - 1))
  stage.take()
  stage.apart.delete(far)
  stage.hear(1, alive(far, refuted))
  stage.advance(1)
  t.ok(stage.of("dialLink").some(({ id }) => id === idOf(far)))
})

test("a sign that comes while a dial is under way counts when that fails", async (t) => {
  const stage = stageOf(4)
  stage.apart.add(1)
  link(stage, 1, "down")
  dialsOf(stage, 45_000)
  stage.until(() => stage.of("dialLink").some(({ id }) => id === idOf(1)), 40_000)
  stage.hear(1)
  stage.take()
  stage.advance(3)
  t.equal(stage.of("dialLink").filter(({ id }) => id === idOf(1)).length, 1)
})

test("who is heard now and then and gives no link is not dialled each time", async (t) => {
  const stage = stageOf(4)
  stage.apart.add(1)
  link(stage, 1, "down")
  let passed = 0
  const dials = dialsOf(stage, 300_000, () => {
    passed += 100
    if (passed % 4000 === 0) stage.hear(1)
  })
  t.ok(dials.length <= 30, `${dials.length}`)
})
