import { equal, notEqual, ok } from "node:assert/strict"
import { INCARNATION_MAX, millis, Random } from "@conclave/base"
import { type Effect, type Input, type LinkEvent, Swim, swimConfig, type Update } from "@conclave/swim"
import { test } from "tap"
import { accuser, addrOf, alive, fieldsOf, gone, idOf, Stage, suspect } from "./stage.ts"

/** Members that the runs below speak of, this one included. */
const PEOPLE = 16

test("the example in the docstring of Swim joins through an address", (t) => {
  const self = fieldsOf(0)
  const swim = new Swim({ config: swimConfig("lan"), self, seed: 1, nowMs: millis(0) })
  const effects = swim.step(millis(0), { kind: "join", addrs: [addrOf(1)] })
  t.match(effects, [{ kind: "streamRequest", to: addrOf(1), body: { kind: "join" } }])
  t.equal(swim.members().length, 1)
  t.end()
})

function anyNews(random: Random): Update {
  const index = random.below(PEOPLE)
  const boot = 1 + random.below(3)
  const counter = random.chance(1, 40) ? INCARNATION_MAX - random.below(2 ** 18) : random.below(6)
  const by = accuser(random.below(PEOPLE), random.pick(["direct", "indirect", "tcp", "link"] as const))
  switch (random.below(8)) {
    case 0:
    case 1:
    case 2:
      return alive(index, counter, boot, {
        name: `host-${random.chance(1, 9) ? random.below(PEOPLE) : index}`,
        restartingForMs: random.chance(1, 9) ? random.below(20_000) : 0,
      })
    case 3:
    case 4:
      return suspect(index, random.chance(1, 9) ? [] : [by], counter, boot)
    case 5:
      return { kind: "opaque", bytes: Uint8Array.of(random.below(256)), hops: random.below(4) }
    default: {
      const kind = random.chance(1, 3) ? "left" : "dead"
      const ageMs = random.chance(1, 5) ? random.below(100_000_000) : 0
      return gone(kind, index, { boot, counter, ageMs, prune: random.chance(1, 20), by: random.below(PEOPLE) })
    }
  }
}

function anyInput(random: Random, stage: Stage): Input {
  const from = idOf(random.below(PEOPLE + 2))
  const source = addrOf(random.below(PEOPLE))
  const updates = Array.from({ length: random.below(4) }, () => anyNews(random))
  const envelope = { from, digest: random.below(3), updates }
  const id = idOf(random.below(PEOPLE))
  const nonce = random.uint32()
  switch (random.below(18)) {
    case 0:
      return { kind: "message", source, message: { kind: "ping", ...envelope, nonce, target: id } }
    case 1:
      return { kind: "message", source, message: { kind: "pingReq", ...envelope, nonce, target: id, timeoutMs: 200 } }
    case 2: {
      const open = stage.sent("ping").at(-1)?.message.nonce ?? nonce
      return {
        kind: "message",
        source,
        message: { kind: random.pick(["ack", "nack"] as const), ...envelope, nonce: open },
      }
    }
    case 3:
      return { kind: "streamRequest", conn: 1, request: { kind: "rows", from, updates } }
    case 4: {
      const record = alive(1 + random.below(PEOPLE - 1), random.below(5), 1 + random.below(3))
      if (record.kind !== "alive") return { kind: "tick" }
      return { kind: "streamRequest", conn: 1, request: { kind: "join", record: record.record } }
    }
    case 5: {
      const settled = Array.from({ length: 64 }, () => random.chance(1, 2))
      const buckets = Array.from({ length: 64 }, () => random.below(3))
      return { kind: "streamRequest", conn: 1, request: { kind: "digest", from, buckets, settled } }
    }
    case 6:
      return { kind: "link", id, event: random.pick(["up", "down", "refused", "failed"] satisfies LinkEvent[]) }
    case 7:
      return { kind: "stalled", lostMs: random.below(random.chance(1, 20) ? 60_000 : 300), drops: random.chance(1, 4) }
    case 8: {
      const request = stage.of("streamRequest").at(-1)?.request ?? 0
      const pages = random.chance(1, 3)
        ? undefined
        : [{ kind: "rows" as const, from, updates, wanted: [random.below(64)] }]
      return { kind: "streamReply", request, pages, failure: "refused" }
    }
    case 9:
      return random.pick<Input>([
        { kind: "setTags", tags: { turn: `${nonce}` } },
        { kind: "setHealth", health: random.below(8) },
        { kind: "join", addrs: [source] },
        { kind: "expel", id, prune: random.chance(1, 3) },
        { kind: "ping", id, path: random.pick(["udp", "tcp", "indirect"] as const), call: 1 },
      ])
    case 10:
    case 11:
      return { kind: "tick" }
    default:
      return { kind: "message", source, message: { kind: "gossip", ...envelope } }
  }
}

/** What may never happen, in every single transition and not only at the end of a step. */
function checkTransition(effect: Extract<Effect, { kind: "memberChanged" }>): void {
  const { before, after, change } = effect
  if (after === undefined || before === undefined) {
    ok(after !== undefined ? change === "join" : change === "reap" || change === "prune", change)
    notEqual((before ?? after)?.id, idOf(0), "this member neither comes nor goes")
    return
  }
  equal(before.id, after.id)
  const [was, is] = [before.record, after.record]
  ok(
    is.generation > was.generation || (is.generation === was.generation && is.incarnation >= was.incarnation),
    "versions never fall",
  )
  if (is.hash !== was.hash) {
    ok(is.generation > was.generation || is.incarnation > was.incarnation, "one description a version")
  }
  if (after.id === idOf(0)) equal(after.state, "alive", "this member is never dead while it runs")
  const same = is.generation === was.generation && is.incarnation === was.incarnation
  if (before.state === "dead" && same && change !== "update")
    ok(after.state !== "alive", "the dead need a newer version")
  if (before.state === "left" && is.generation === was.generation) notEqual(after.state, "alive", "left is terminal")
  if (change === "alive") equal(after.state, "alive")
  if (change === "suspect" || change === "dead" || change === "left") equal(after.state, change)
}

function fuzz(seed: number, steps: number): Record<string, number> {
  const random = new Random(seed)
  const stage = new Stage({ members: 1, seed })
  stage.answering = random.chance(1, 2)
  const seen: Record<string, number> = {}
  let rows = 1
  for (let step = 0; step < steps; step++) {
    if (random.chance(1, 3)) stage.nowMs += random.below(random.chance(1, 500) ? 90_000_000 : 400)
    if (stage.effects.length > 2000) stage.take()
    const effects = stage.step(anyInput(random, stage))
    const known = stage.swim.members()
    rows = Math.max(rows, known.length)
    for (const effect of effects) {
      if (effect.kind !== "memberChanged") continue
      checkTransition(effect)
      seen[effect.change] = (seen[effect.change] ?? 0) + 1
    }
    ok(stage.swim.queueLength <= 2 * rows + 64, "the queue is bounded")
    ok(known.length <= PEOPLE, "nobody is invented")
    const counted = (["alive", "suspect", "dead", "left"] as const).reduce(
      (sum, state) => sum + stage.swim.count(state),
      0,
    )
    equal(counted, known.length)
    const living = known
      .filter(({ state }) => state === "alive" || state === "suspect")
      .map(({ record }) => record.name)
    ok(stage.swim.localHealth >= 0 && stage.swim.localHealth <= 8)
    ok(living.length >= 1)
  }
  return seen
}

test("whatever is heard, no illegal transition happens and nothing grows without bound", async (t) => {
  const seen: Record<string, number> = {}
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
    for (const [change, times] of Object.entries(fuzz(seed, 12_500))) seen[change] = (seen[change] ?? 0) + times
  }
  for (const change of ["join", "update", "suspect", "alive", "dead", "left", "reap", "prune"]) {
    t.ok((seen[change] ?? 0) > 20, `${change}: ${seen[change]}`)
  }
})

test("one seed gives one run", async (t) => {
  const run = (seed: number): string => {
    const stage = new Stage({ members: 9, seed })
    stage.silent.add(3)
    stage.advance(20_000)
    return JSON.stringify(stage.effects)
  }
  t.equal(run(1), run(1))
  t.not(run(1), run(2))
})

test("a tick at the deadline always brings the next deadline further", async (t) => {
  const stage = new Stage({ members: 9 })
  stage.silent.add(3)
  stage.crashed.add(4)
  for (let turn = 0; turn < 3000; turn++) {
    stage.nowMs = Math.max(stage.nowMs, stage.swim.nextDeadlineMs)
    let ticks = 0
    for (; stage.swim.nextDeadlineMs <= stage.nowMs && ticks < 10; ticks++) stage.step({ kind: "tick" })
    if (ticks >= 10) t.fail("the same deadline again and again")
  }
  t.ok(stage.nowMs > 60_000)
})

test("a member alone waits for nothing", async (t) => {
  const swim = new Swim({ config: { ...swimConfig("lan") }, self: fieldsOf(0), seed: 1, nowMs: millis(0) })
  let sent = 0
  for (let now = 0; now < 100_000; now += 1000) sent += swim.step(millis(now), { kind: "tick" }).length
  t.equal(sent, 0)
})

test("time that falls is a bug", async (t) => {
  const swim = new Swim({ config: swimConfig("lan"), self: fieldsOf(0), seed: 1, nowMs: millis(50) })
  t.throws(() => swim.step(millis(49), { kind: "tick" }), /time never falls/)
})

test("a configuration that cannot work is refused at the start", async (t) => {
  const config = { ...swimConfig("lan"), probeTimeoutMaxMs: 900 }
  t.throws(() => new Swim({ config, self: fieldsOf(0), seed: 1, nowMs: millis(0) }), /probeTimeoutMaxMs/)
})

test("own packets that come back and words of strangers tell nothing", async (t) => {
  const stage = new Stage({ members: 3 })
  stage.message(0, { kind: "gossip", from: idOf(0), digest: 9, updates: [gone("dead", 1)] })
  t.equal(stage.state(1), "alive")
  t.equal(stage.swim.counters.ownEchoes, 1)
  stage.take()
  stage.message(9, { kind: "ping", from: idOf(9), nonce: 4, target: idOf(0), digest: 9, updates: [] })
  t.same(stage.of("send"), [], "a stranger has no answer")
})

test("a known member is answered at its own address, whatever the source", async (t) => {
  const stage = new Stage({ members: 3 })
  const message = { kind: "ping", from: idOf(1), nonce: 4, target: idOf(0), digest: 0, updates: [] } as const
  stage.step({ kind: "message", source: addrOf(8), message })
  t.equal(stage.sent("ack")[0]?.to, addrOf(1))
})
