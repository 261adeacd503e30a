import { addr } from "@conclave/base"
import { type StreamReply, swimConfig } from "@conclave/swim"
import { test } from "tap"
import { addrOf, alive, gone, idOf, recordOf, Stage, suspect } from "./stage.ts"

const rows: StreamReply = { kind: "rows", from: idOf(1), updates: [alive(1), alive(2)], wanted: [] }
const taken: StreamReply = { kind: "nameTaken", record: recordOf(9, { name: "host-0" }) }

function joining(onStream: Stage["onStream"], members = 1): Stage {
  const stage = new Stage({ members })
  stage.onStream = onStream
  return stage
}

/** How many join requests went out, to all or to one. */
function asks(stage: Stage, index?: number): number {
  const isCounted = (to: string): boolean => index === undefined || to === addrOf(index)
  return stage.of("streamRequest").filter(({ to, body }) => body.kind === "join" && isCounted(to)).length
}

test("a member joins through any address and has all rows at once", async (t) => {
  const stage = joining(({ kind }) => (kind === "join" ? [rows] : undefined))
  stage.crashed.add(7)
  stage.step({ kind: "join", addrs: [addrOf(7), addrOf(1)] })
  stage.advance(2)
  t.ok(stage.swim.hasJoined)
  t.same(
    [1, 2].map((index) => stage.state(index)),
    ["alive", "alive"],
  )
  const spokenOf = [idOf(1), idOf(2)]
  t.same(stage.of("joined"), [{ kind: "joined", addr: addrOf(1), id: idOf(1), name: "host-1", spokenOf }])
  t.same(stage.of("joinFailed"), [{ kind: "joinFailed", addr: addrOf(7), reason: "refused", keep: "always" }])
  stage.advance(60_000)
  t.equal(asks(stage, 1), 1, "one success is enough")
})

test("whoever joins is told whom the other knows, the suspect and the dead too, on every page, but not who left", async (t) => {
  const first: StreamReply = {
    kind: "rows",
    from: idOf(1),
    wanted: [],
    updates: [alive(1), alive(2), suspect(2, [1]), gone("left", 3)],
  }
  const second: StreamReply = { kind: "rows", from: idOf(1), wanted: [], updates: [gone("dead", 4)] }
  const stage = joining(({ kind }) => (kind === "join" ? [first, second] : undefined))
  stage.step({ kind: "join", addrs: [addrOf(1)] })
  stage.advance(2)
  t.same(new Set(stage.of("joined")[0]?.spokenOf), new Set([1, 2, 4].map(idOf)))
})

test("whoever is said to live elsewhere asks the named addresses again: of others it may be told the same", async (t) => {
  const stage = joining(({ kind }) => (kind === "join" ? [rows] : undefined))
  stage.step({ kind: "join", addrs: [addrOf(1)] })
  stage.advance(60_000)
  const lie = (changes: Parameters<typeof alive>[3]): void =>
    void stage.hear(2, alive(0, stage.swim.self.incarnation + 1, 1, changes))
  lie({ tags: { role: "db" } })
  stage.hear(2, alive(0, 0, 1, { addr: addrOf(8) }))
  stage.advance(20_000)
  t.equal(asks(stage, 1), 1, "not after a lie of another kind, or an old word")
  for (let turn = 0; turn < 50; turn++) lie({ addr: addrOf(8) })
  stage.advance(20_000)
  t.equal(asks(stage, 1), 2, "once for many of them")
  t.equal(stage.swim.self.addr, addrOf(0))
})

test("an address that was silent while another answered is asked ever more rarely, until it answers", async (t) => {
  const stage = joining(({ kind }) => (kind === "join" ? [rows] : undefined))
  stage.crashed.add(7)
  stage.step({ kind: "join", addrs: [addrOf(7), addrOf(1)] })
  stage.advance(120_000)
  const early = asks(stage, 7) - 1
  t.ok(early >= 3 && early <= 4, `${early} more times in two minutes`)
  stage.advance(3_600_000)
  const late = asks(stage, 7) - 1 - early
  t.ok(late >= 5 && late <= 9, `${late} times in the next hour`)
  stage.crashed.delete(7)
  stage.advance(900_001)
  const heard = asks(stage, 7)
  stage.advance(3_600_000)
  t.equal(asks(stage, 7), heard, "it has answered")
  t.equal(asks(stage, 1), 1)
})

test("a join is tried again, ever more rarely, until one address answers", async (t) => {
  let up = false
  const stage = joining(({ kind }) => (kind === "join" ? (up ? [rows] : "unreachable") : undefined))
  stage.step({ kind: "join", addrs: [addrOf(1)] })
  stage.advance(1000)
  const early = asks(stage)
  t.ok(early >= 3 && early <= 6, `${early} in the first second`)
  stage.advance(120_000)
  const before = asks(stage)
  stage.advance(120_000)
  const late = asks(stage) - before
  t.ok(late >= 5 && late <= 13, `${late} in two minutes`)
  up = true
  stage.advance(20_001)
  t.ok(stage.swim.hasJoined)
})

test("addresses that are asked once, and in vain, put off no other", async (t) => {
  const vain = [5, 6, 7]
  const alone = joining(({ kind }) => (kind === "join" ? "unreachable" : undefined))
  const stage = joining(({ kind }) => (kind === "join" ? "unreachable" : undefined))
  stage.crashed.add(5)
  for (const index of [6, 7]) stage.silent.add(index)
  for (const each of [alone, stage]) each.step({ kind: "join", addrs: [addrOf(1)] })
  for (let second = 0; second < 60; second++) {
    stage.step({ kind: "join", addrs: vain.map(addrOf), keep: "once" })
    for (const each of [alone, stage]) each.advance(1000)
  }
  t.equal(asks(stage, 1), asks(alone, 1))
})

test("the own address is no member", async (t) => {
  const stage = joining(() => [rows])
  stage.step({ kind: "join", addrs: [addrOf(0)] })
  t.equal(asks(stage), 0)
  t.match(stage.of("joinFailed")[0]?.reason, /own address/)
})

test("a member that is alone again asks the addresses it knows", async (t) => {
  const stage = joining(({ kind }) => (kind === "join" ? [rows] : undefined))
  stage.step({ kind: "join", addrs: [addrOf(1)] })
  stage.advance(1000)
  stage.crashed.add(1)
  stage.crashed.add(2)
  stage.hear(1, gone("dead", 1), gone("dead", 2))
  stage.advance(1000)
  t.ok(asks(stage) > 1)
})

test("an address is asked for as long as its kind says", async (t) => {
  const asksTo = (stage: Stage, index: number): number =>
    stage.of("streamRequest").filter(({ to, body }) => body.kind === "join" && to === addrOf(index)).length
  const stage = joining(({ kind }, to) => (kind === "join" && to === addrOf(1) ? [rows] : undefined))
  for (const index of [5, 6, 7]) stage.crashed.add(index)
  stage.step({ kind: "join", addrs: [addrOf(1), addrOf(5)] })
  stage.step({ kind: "join", addrs: [addrOf(6)], keep: "untilJoined" })
  stage.step({ kind: "join", addrs: [addrOf(7)], keep: "once" })
  stage.advance(3_600_000)
  t.ok(asksTo(stage, 5) > 5, "configured: for ever")
  t.ok(asksTo(stage, 5) < 20, "ever more rarely")
  t.equal(asksTo(stage, 6), 1, "of an earlier life: somebody has answered")
  t.equal(asksTo(stage, 7), 1, "a call")
  t.same([...new Set(stage.of("joinFailed").map(({ keep }) => keep))].sort(), ["always", "once", "untilJoined"])
})

test("addresses of an earlier life never crowd out a configured one", async (t) => {
  const stage = joining(() => undefined)
  for (let index = 1; index < 200; index++) stage.crashed.add(index)
  stage.step({ kind: "join", addrs: [addrOf(1)] })
  stage.step({ kind: "join", addrs: Array.from({ length: 150 }, (_, at) => addrOf(at + 2)), keep: "untilJoined" })
  stage.advance(60_000)
  stage.take()
  stage.advance(30_000)
  const asked = new Set(stage.of("streamRequest").map(({ to }) => to))
  t.ok(asked.has(addrOf(1)))
  t.equal(asked.size, 65, "and the newest 64 of the others")
})

test("a name whose owner lives is given up at once, by asking the owner", async (t) => {
  const stage = joining(({ kind }, to) => (kind === "join" && to === addrOf(1) ? [taken] : undefined))
  stage.step({ kind: "join", addrs: [addrOf(1)] })
  stage.advance(100)
  const asked = stage.of("streamRequest").find(({ body }) => body.kind === "ping")
  t.equal(asked?.to, addrOf(9))
  t.ok(asked?.body.kind === "ping" && asked.body.target === idOf(9))
  const [conflict] = stage.of("nameConflict")
  t.equal(conflict?.fatal, true)
  t.equal(conflict?.holder.id, idOf(9))
})

test("a name whose owner is gone is waited for, a minute at most", async (t) => {
  for (const freeAfterMs of [20_000, 1_000_000]) {
    const stage = joining(({ kind }) => (kind === "join" ? [stage.nowMs >= freeAfterMs ? rows : taken] : undefined))
    stage.crashed.add(9)
    stage.step({ kind: "join", addrs: [addrOf(1)] })
    stage.advance(59_000)
    t.same(stage.of("nameConflict"), [])
    t.equal(stage.swim.hasJoined, freeAfterMs === 20_000)
    t.equal(stage.swim.nameHolder?.id, stage.swim.hasJoined ? undefined : idOf(9))
    stage.advance(25_000)
    t.equal(
      stage.of("nameConflict").some(({ fatal }) => fatal),
      freeAfterMs > 20_000,
    )
  }
})

test("a newcomer gets all rows, unless its name is taken, the table is full or it is we", async (t) => {
  const stage = new Stage({ members: 4, config: { ...swimConfig("lan"), membersMax: 5 } })
  stage.hear(1, gone("left", 3))
  const ask = (record: ReturnType<typeof recordOf>): StreamReply | undefined => {
    stage.take()
    stage.step({ kind: "streamRequest", conn: 5, request: { kind: "join", record } })
    return stage.of("streamReply")[0]?.pages[0]
  }
  t.equal(ask(recordOf(9, { name: "host-1" }))?.kind, "nameTaken")
  t.equal(ask(recordOf(9, { name: "host-0" }))?.kind, "nameTaken", "also when it is ours")
  t.equal(stage.of("nameConflict")[0]?.fatal ?? false, false)
  t.equal(ask(recordOf(0))?.kind, "refused")
  t.equal(stage.member(9), undefined)
  const first = ask(recordOf(9, { name: "host-3" }))
  t.equal(first?.kind === "rows" && first.updates.length, 5, "who left has no name")
  const full = ask(recordOf(10))
  t.ok(full?.kind === "refused" && /5 members/.test(full.reason))
  t.equal(ask(recordOf(2))?.kind, "rows", "a known member may always come back")
})

test("a newcomer that others hold dead learns it and comes back", async (t) => {
  const stage = joining(({ kind }) => {
    if (kind !== "join") return undefined
    return [{ ...rows, updates: [alive(1), gone("dead", 0, { boot: 6 })] } as StreamReply]
  })
  stage.step({ kind: "join", addrs: [addr(addrOf(1))] })
  stage.advance(10)
  t.equal(stage.swim.self.generation, 7)
})
