import { ok } from "node:assert/strict"
import { type Profile, swimConfig } from "@conclave/swim"
import fc from "fast-check"
import { test } from "tap"
import { Fleet } from "./fleet.ts"
import { answer, probing } from "./probing.ts"
import { accuser, addrOf, alive, gone, idOf, Stage, suspect } from "./stage.ts"

// Answers

test("a ping for another member is not answered, one for this member is", async (t) => {
  const stage = new Stage()
  stage.message(1, { kind: "ping", from: idOf(1), nonce: 7, target: idOf(2), digest: 0, updates: [] })
  t.same(stage.sent("ack"), [])
  t.equal(stage.swim.counters.wrongTarget, 1)
  stage.message(1, { kind: "ping", from: idOf(1), nonce: 7, target: idOf(0), digest: 0, updates: [] })
  t.equal(stage.sent("ack")[0]?.message.nonce, 7)
})

// Helpers (SWIM §3.1)

test("with two members nobody helps, with three the third does, and the silent one is accused", async (t) => {
  for (const [members, helpers] of [
    [2, 0],
    [3, 1],
    [4, 2],
    [5, 3],
    [9, 3],
  ] as const) {
    const { stage, target } = probing({ members })
    stage.advance(500)
    const asked = stage.sent("pingReq").filter(({ message }) => message.target === idOf(target))
    t.equal(asked.length, helpers, `${members} members`)
    t.notOk(asked.some(({ to }) => to === addrOf(target)))
    stage.advance(501)
    const first = stage.of("memberChanged").find(({ after }) => after?.id === idOf(target))
    t.equal(first?.after?.accusers[0]?.path, helpers > 0 ? "indirect" : "tcp")
  }
})

test("suspect, dead and restarting members do not help", async (t) => {
  const { stage, target } = probing({ members: 5 })
  const [one, two, three] = [1, 2, 3, 4].filter((index) => index !== target) as [number, number, number]
  stage.hear(one, suspect(one, [two]), gone("dead", two), alive(three, 1, 1, { restartingForMs: 60_000 }))
  stage.advance(500)
  t.same(stage.sent("pingReq"), [])
})

test("a helper pings for another and passes the answer back, or says in time that it has none", async (t) => {
  for (const silent of [false, true]) {
    const stage = new Stage({ members: 4 })
    if (silent) stage.silent.add(2)
    const ask = { from: idOf(1), nonce: 77, target: idOf(2), timeoutMs: 200, digest: 0, updates: [] }
    stage.message(1, { kind: "pingReq", ...ask })
    const start = stage.nowMs
    const kind = silent ? "nack" : "ack"
    const took = stage.until(() => stage.sent(kind).some(({ message }) => message.nonce === 77), 1000)
    t.equal(stage.sent(kind).find(({ message }) => message.nonce === 77)?.to, addrOf(1))
    t.equal(took, silent ? 200 : 1)
    t.equal(stage.swim.localHealth, 0, "which is not its own failure")
    stage.advance(300)
    const pings = stage.sent("ping").filter(({ message }) => message.target === idOf(2))
    t.ok(!silent || pings.length >= 2, `the helper of a failed probe probes at once (since ${start})`)
  }
})

test("relays are limited, and nobody relays to strangers or to itself", async (t) => {
  const stage = new Stage({ members: 4 })
  stage.answering = false
  const ask = (target: number, nonce: number): void =>
    void stage.message(1, {
      kind: "pingReq",
      from: idOf(1),
      nonce,
      target: idOf(target),
      timeoutMs: 60_000,
      digest: 0,
      updates: [],
    })
  ask(9, 1)
  ask(0, 2)
  t.same(
    stage.sent("nack").map(({ message }) => message.nonce),
    [1, 2],
  )
  for (let nonce = 3; nonce < 303; nonce++) ask(2, nonce)
  t.equal(stage.swim.counters.relays, 256)
  t.equal(stage.swim.counters.relaysRefused, 2 + 44)
  stage.advance(9000)
  ask(2, 999)
  t.equal(stage.swim.counters.relays, 257, "after their time there is room again")
})

test("a nack comes before the probe is judged, for every profile, round trip and local health", async (t) => {
  const anyProfile = fc.constantFrom<Profile[]>("local", "lan", "wan")
  let checked = 0
  fc.assert(
    fc.property(anyProfile, fc.nat(8), fc.nat(40), fc.nat(99), (profile, score, rttMs, seed) => {
      const stage = new Stage({ members: 6, config: swimConfig(profile), seed })
      stage.answering = false
      for (let turn = 0; turn < score; turn++) stage.hear(5, suspect(0, [5], stage.swim.self.incarnation))
      stage.take()
      for (let sample = 0; sample < 12; sample++) {
        stage.until(() => stage.sent("ping").length > 0, 60_000)
        const pings = stage.sent("ping")
        stage.take()
        stage.nowMs += rttMs
        for (const { to, message } of pings) {
          const ack = { kind: "ack", from: message.target, nonce: message.nonce, digest: 0, updates: [] } as const
          stage.step({ kind: "message", source: to, message: ack })
        }
        while (stage.swim.localHealth < score) stage.hear(5, suspect(0, [5], stage.swim.self.incarnation))
      }
      stage.take()
      stage.until(() => stage.sent("ping").length > 0, 60_000)
      const { nonce, target } = stage.sent("ping")[0]?.message ?? { nonce: 0, target: idOf(0) }
      stage.until(() => stage.sent("pingReq").some(({ message }) => message.nonce === nonce), 60_000)
      const asked = stage.sent("pingReq").find(({ message }) => message.nonce === nonce)?.message.timeoutMs ?? 0
      const judgedMs = stage.until(() => stage.swim.member(target)?.state === "suspect", 120_000)
      ok(asked < judgedMs && asked >= 0.79 * judgedMs - 2, `${profile} ${score} ${rttMs}: ${asked} of ${judgedMs}`)
      checked++
    }),
    { numRuns: 40, seed: 7 },
  )
  t.equal(checked, 40)
})

test("who has nobody to ask any more forgets its doubts", async (t) => {
  const stage = new Stage({ members: 2 })
  while (stage.swim.localHealth < 3) stage.hear(1, suspect(0, [1], stage.swim.self.incarnation))
  stage.hear(1, gone("left", 1))
  stage.advance(30_000)
  t.equal(stage.swim.localHealth, 0)
})

test("pings by stream that people ask for are bounded", async (t) => {
  const stage = new Stage({ members: 2 })
  stage.silent.add(1)
  stage.take()
  for (let call = 0; call < 200; call++) stage.step({ kind: "ping", id: idOf(1), path: "tcp", call })
  t.equal(stage.of("streamRequest").length, 128)
  t.equal(stage.of("pinged").length, 72, "the others count as lost at once")
  stage.advance(3000)
  t.equal(stage.of("pinged").length, 200)
  stage.take()
  stage.step({ kind: "ping", id: idOf(1), path: "tcp", call: 200 })
  t.equal(stage.of("streamRequest").length, 1)
})

test("who doubts itself waits longer for a direct answer", async (t) => {
  const { probeTimeoutMaxMs } = swimConfig("lan")
  for (const score of [0, 2]) {
    const stage = new Stage({ members: 5 })
    stage.answering = false
    while (stage.swim.localHealth < score) stage.hear(1, suspect(0, [1], stage.swim.self.incarnation))
    stage.take()
    stage.until(() => stage.sent("ping").length > 0, 10_000)
    const waitedMs = stage.until(() => stage.sent("pingReq").length > 0, 10_000)
    t.equal(waitedMs, probeTimeoutMaxMs * (score + 1), `score ${score}`)
  }
})

// Local health (Lifeguard §IV-A)

test("the death of another with all nacks present is not held against ourselves", async (t) => {
  const stage = new Stage({ members: 6 })
  stage.silent.add(1)
  stage.until(() => stage.state(1) === "suspect", 20_000)
  t.equal(stage.swim.localHealth, 0)
  t.ok(stage.swim.counters.nacksReceived >= 3)
})

test("missing nacks raise the score by one each, to eight, and answers bring it down", async (t) => {
  const stage = new Stage({ members: 6 })
  for (const index of [1, 2, 3, 4, 5]) stage.silent.add(index)
  stage.until(() => stage.of("memberChanged").length > 0, 20_000)
  t.equal(stage.swim.localHealth, 3)
  for (let turn = 0; turn < 9; turn++) stage.hear(1, suspect(0, [1], stage.swim.self.incarnation))
  t.equal(stage.swim.localHealth, 8)
  stage.silent.clear()
  for (const index of [1, 2, 3, 4, 5]) stage.hear(index, alive(index, 1))
  stage.advance(60_000)
  t.equal(stage.swim.localHealth, 0)
})

test("a helper's nack counts once, however often it comes, and nobody else's does", async (t) => {
  const { stage, nonce, target } = probing({ members: 6 })
  stage.advance(500)
  const asked = stage.sent("pingReq").filter(({ message }) => message.nonce === nonce)
  const helper = [1, 2, 3, 4, 5].find((index) => addrOf(index) === asked[0]?.to) ?? 0
  const bystander = [1, 2, 3, 4, 5].find((index) => index !== target && !asked.some(({ to }) => to === addrOf(index)))
  for (let times = 0; times < 5; times++) answer(stage, "nack", helper, nonce)
  answer(stage, "nack", bystander ?? 0, nonce)
  t.equal(stage.swim.counters.nacksReceived, 1)
  stage.until(() => stage.state(target) === "suspect", 1000)
  t.equal(stage.swim.localHealth, 2, "two of three helpers owe theirs")
})

test("a sick member probes more slowly and waits longer", async (t) => {
  const rate = (score: number): number => {
    const stage = new Stage({ members: 6 })
    for (let turn = 0; turn < score; turn++) stage.hear(1, suspect(0, [1], stage.swim.self.incarnation))
    stage.answering = false
    const before = stage.swim.counters.probes
    stage.advance(900 * (score + 1))
    return (stage.swim.counters.probes - before) / (score + 1)
  }
  t.ok(rate(4) < rate(0), `${rate(4)} ${rate(0)}`)
})

// Rounds (SWIM §4.3)

/** Who is asked most often in 40 s, and how often. */
function askedMost(stage: Stage): { readonly index: number; readonly times: number } {
  stage.take()
  stage.advance(40_000)
  const counts = new Map<string, number>()
  for (const { message } of stage.sent("ping")) counts.set(message.target, (counts.get(message.target) ?? 0) + 1)
  const [[id, times] = ["", 0]] = [...counts].sort(([, a], [, b]) => b - a)
  return { index: [...Array(20).keys()].findIndex((index) => idOf(index) === id), times }
}

test("the ring's first neighbour is probed every interval beside the round", async (t) => {
  const stage = new Stage({ members: 20 })
  stage.advance(1000)
  const { times } = askedMost(stage)
  t.ok(times >= 39 && times <= 46, `${times}`)
})

test("while the first neighbour is away the second is probed in its place", async (t) => {
  const stage = new Stage({ members: 20 })
  stage.advance(1000)
  const first = askedMost(stage)
  stage.hear(3, alive(first.index, 1, 1, { restartingForMs: 60_000 }))
  const second = askedMost(stage)
  t.not(second.index, first.index)
  t.ok(second.times >= 39 && second.times <= 46, `${second.times}`)
  stage.hear(3, alive(first.index, 0, 2))
  t.equal(askedMost(stage).index, first.index, "until it is back")
})

// What a silence says

test("helpers corroborate until enough have accused, not as long as the suspicion runs", async (t) => {
  const fleet = Fleet.grown(24)
  fleet.advance(20_000)
  const probes = (): number => fleet.indexes.reduce((sum, index) => sum + fleet.swim(index).counters.probes, 0)
  const calm = probes()
  fleet.advance(4000)
  const usual = probes() - calm
  fleet.isCut = (from, to) => from === 5 || to === 5
  const before = probes()
  fleet.advance(4000)
  t.ok(probes() - before <= usual + 60, `${probes() - before} probes beside ${usual} usual ones`)
  t.equal(fleet.swim(1).member(idOf(5))?.state !== "alive", true)
})

// Pings on request

test("an operator's ping tells the round trip by each path, or that there was no answer", async (t) => {
  const stage = new Stage({ members: 4 })
  stage.silent.add(2)
  for (const [call, path] of (["udp", "tcp", "indirect"] as const).entries()) {
    stage.step({ kind: "ping", id: idOf(1), path, call })
    stage.step({ kind: "ping", id: idOf(2), path, call: call + 10 })
  }
  stage.step({ kind: "ping", id: idOf(0), path: "udp", call: 20 })
  stage.step({ kind: "ping", id: idOf(9), path: "udp", call: 21 })
  stage.advance(2100)
  const results = new Map(stage.of("pinged").map(({ call, rttMs }) => [call, rttMs]))
  t.same(
    [0, 1].map((call) => results.get(call)),
    [1, 1],
  )
  t.same(
    [10, 11, 12, 21].map((call) => results.get(call)),
    [undefined, undefined, undefined, undefined],
  )
  t.equal(results.get(20), 0)
  t.equal(results.size, 8)
  t.equal(stage.swim.counters.probeFailures > 0 && stage.swim.accusations(idOf(1)).length > 0, false)
})

test("a probe that is asked for tells whether there was any answer, and accuses where there was none", async (t) => {
  for (const how of ["direct", "helped", "stream", "silent"] as const) {
    const stage = new Stage({ members: 5 })
    stage.answering = false
    stage.take()
    stage.step({ kind: "probe", id: idOf(1), call: 7 })
    const nonce = stage.sent("ping").find(({ message }) => message.target === idOf(1))?.message.nonce ?? 0
    if (how === "direct") answer(stage, "ack", 1, nonce)
    stage.until(() => stage.sent("pingReq").some(({ message }) => message.nonce === nonce) || how === "direct", 1000)
    const asked = stage.sent("pingReq").find(({ message }) => message.nonce === nonce)
    if (how === "helped") answer(stage, "ack", [2, 3, 4].find((index) => addrOf(index) === asked?.to) ?? 0, nonce)
    const streamed = stage.of("streamRequest").find(({ to }) => to === addrOf(1))
    if (how === "stream") {
      const pages = [{ kind: "pong", upMs: 1 }] as const
      stage.step({ kind: "streamReply", request: streamed?.request ?? 0, pages, failure: "" })
    }
    stage.advance(1000)
    const told = stage.of("pinged").filter(({ call }) => call === 7)
    t.equal(told.length, 1, how)
    t.equal(told[0]?.rttMs === undefined, how === "silent", how)
    t.equal(stage.state(1), how === "silent" ? "suspect" : "alive", how)
  }
})

test("a probe of oneself is answered, one of nobody is not, and of the dead tells without accusing", async (t) => {
  const stage = new Stage({ members: 3 })
  stage.hear(2, gone("dead", 1))
  stage.answering = false
  stage.step({ kind: "probe", id: idOf(0), call: 1 })
  stage.step({ kind: "probe", id: idOf(9), call: 2 })
  stage.step({ kind: "probe", id: idOf(1), call: 3 })
  stage.advance(1000)
  t.same(
    stage.of("pinged").map(({ call, rttMs }) => [call, rttMs]),
    [
      [1, 0],
      [2, undefined],
      [3, undefined],
    ],
  )
  t.equal(stage.state(1), "dead")
})

// Modes

test("the baselines probe without watch, corroboration and adaptation", async (t) => {
  for (const mode of ["swim", "lifeguard"] as const) {
    const stage = new Stage({ members: 6, config: swimConfig("lan", mode) })
    stage.silent.add(1)
    stage.until(() => stage.state(1) === "suspect", 30_000)
    const streams = stage.of("streamRequest").filter(({ body }) => body.kind === "ping")
    t.equal(streams.length > 0, mode === "lifeguard", `${mode}: stream probe`)
    t.same(stage.of("dialLink"), [])
    for (const { message } of stage.of("send")) t.equal(message.digest, 0)
    stage.hear(2, suspect(0, [accuser(2)]))
    t.equal(stage.swim.localHealth > 0, mode === "lifeguard", `${mode}: local health`)
  }
})
