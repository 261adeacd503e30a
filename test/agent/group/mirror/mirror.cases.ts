import type { Addr, Millis } from "@conclave/base"
import { ChunkWriter, type Command, encodeCommand, HASH_EVERY, Machine } from "@conclave/consensus"
import { Mirror } from "conclave/group/mirror/mirror"
import { encodeMirror, type MirrorFrame } from "conclave/group/mirror/mirror-frames"
import { encodeFrame } from "conclave/streams/stream-frame"
import { test } from "tap"
import { RaftBench } from "../../../simulator/raft-bench.ts"
import { FakeClock } from "../../fake-clock.ts"
import { clockOf, FakeLinks } from "../../fake-links.ts"

function withClient(): { readonly bench: RaftBench; readonly client: number } {
  const bench = new RaftBench({ agents: 6 })
  const clients = () => bench.running().filter((index) => bench.host(index).consensus.running === undefined)
  if (!bench.until(() => bench.voters() === 3 && clients().length === 2)) throw new Error("the group never settled")
  return { bench, client: clients()[0] as number }
}

test("a mirror has the state of the group, also when its relays come and go", async (t) => {
  const { bench, client } = withClient()
  const first = bench.open(client)
  t.ok(bench.until(() => first.asked.outcome?.kind === "applied" && bench.knows(client, first.id)))
  for (const index of bench.running().filter((each) => bench.host(each).consensus.running !== undefined)) {
    bench.fleet.kill(bench.member(index))
    const { id, asked } = bench.open(client, 20_000)
    t.ok(bench.until(() => asked.outcome?.kind === "applied"))
    t.ok(bench.until(() => bench.knows(client, id)))
    bench.fleet.boot(bench.member(index))
    t.ok(bench.until(() => bench.host(index).consensus.running?.resting?.machine.session(id) !== undefined))
  }
  const hash = (index: number) => bench.host(index).consensus.state.local()?.state.hash
  t.ok(bench.until(() => hash(client) !== undefined && hash(client) === hash(bench.leader() as number)))
})

test("a mirror says how old its state may be: no older while nothing happens, and what its relay lags on top", (t) => {
  const { bench, client } = withClient()
  const { id, asked } = bench.open(client)
  t.ok(bench.until(() => asked.outcome?.kind === "applied" && bench.knows(client, id)))
  const ageMs = (): number => bench.host(client).consensus.state.local()?.ageMs ?? Number.POSITIVE_INFINITY
  bench.runMs(60_000)
  for (let look = 0; look < 20; look++) {
    bench.runMs(250)
    t.ok(ageMs() < 3000, `${ageMs()}`)
  }
  for (const relay of bench.running().filter((index) => bench.host(index).consensus.running !== undefined)) {
    const others = bench.running().filter((index) => index !== relay && index !== client)
    const heal = isolate(bench, relay, others)
    bench.runMs(8000)
    const seat = bench.host(relay).consensus.running
    // One of them is the relay of this mirror.
    if (ageMs() > 3000) t.ok(ageMs() + 2000 >= (seat?.ageMs ?? 0), "as old as what the relay has")
    heal()
    t.ok(bench.until(() => ageMs() < 2000))
  }
  for (const index of bench.running()) if (index !== client) bench.fleet.kill(bench.member(index))
  bench.runMs(10_000)
  t.ok(ageMs() > 9000)
  t.end()
})

function isolate(bench: RaftBench, relay: number, others: readonly number[]): () => void {
  const mask = (those: readonly number[]) => Uint8Array.from({ length: 6 }, (_, index) => Number(those.includes(index)))
  const effect = { kind: "cut", proto: "both" } as const
  const rules = [
    { from: mask([relay]), to: mask(others), effect },
    { from: mask(others), to: mask([relay]), effect },
  ]
  for (const rule of rules) bench.fleet.network.addRule(rule)
  return () => {
    for (const rule of rules) bench.fleet.network.removeRule(rule)
  }
}

/**
 * Cuts each host with a replica off from all but the client, one after the other, and acts meanwhile at another client.
 */
function eachIsolated(bench: RaftBench, client: number, act: (other: number) => void): void {
  for (const relay of bench.running().filter((index) => bench.host(index).consensus.running !== undefined)) {
    const others = bench.running().filter((index) => index !== relay && index !== client)
    const heal = isolate(bench, relay, others)
    bench.runMs(5000)
    act(others.find((index) => bench.host(index).consensus.running === undefined) as number)
    heal()
    bench.runMs(5000)
  }
}

test("a relay that is cut off from the group alone is left for another when it lacks what a read must see", (t) => {
  const { bench, client } = withClient()
  const { id, asked } = bench.open(client)
  t.ok(bench.until(() => asked.outcome?.kind === "applied" && bench.knows(client, id)))
  eachIsolated(bench, client, (other) => {
    const news = bench.open(other, 20_000)
    t.ok(bench.until(() => news.asked.outcome?.kind === "applied"))
    const read = bench.read(client, 20_000)
    t.ok(bench.until(() => read.outcome !== undefined))
    t.equal(read.outcome?.kind, "read")
    t.ok(bench.knows(client, news.id))
  })
  t.end()
})

test("who keeps sessions alive hears soon of their end, also when its relay is cut off from the group", (t) => {
  const { bench, client } = withClient()
  const sessions = [1, 2, 3, 4, 5].map(() => bench.open(client))
  t.ok(bench.until(() => sessions.every(({ id }) => bench.knows(client, id))))
  const { id: host, consensus } = bench.host(client)
  let attempt = 0
  const renew = (): void =>
    bench.member(client).machine.process?.task(() => {
      const deadline = (bench.member(client).machine.process?.nowMs ?? 0) + 2000
      consensus.state.renew({ host, boot: 1, attempt: ++attempt }, deadline as Millis, () => {})
    })
  eachIsolated(bench, client, (other) => {
    const { id } = sessions.pop() as (typeof sessions)[number]
    const end = bench.propose(
      other,
      { kind: "revoke", what: { kind: "session", id }, graceMs: 0, by: "ops", reason: "" },
      20_000,
    )
    t.ok(bench.until(() => end.outcome?.kind === "applied"))
    for (let renewals = 0; renewals < 20 && bench.knows(client, id); renewals++) {
      renew()
      bench.runMs(500)
    }
    t.notOk(bench.knows(client, id))
  })
  t.end()
})

test("who writes sees it soon, also when its relay is cut off from the group", (t) => {
  const { bench, client } = withClient()
  const first = bench.open(client)
  t.ok(bench.until(() => bench.knows(client, first.id)))
  eachIsolated(bench, client, () => {
    const { id } = bench.open(client, 20_000)
    t.ok(bench.until(() => bench.knows(client, id)))
  })
  t.end()
})

/** A mirror whose relay says what a test lets it say. */
function fed() {
  const [time, wires] = [new FakeClock(), new FakeLinks()]
  const relay = "10.0.0.2:7951" as Addr
  const mirror = new Mirror({
    ...{ clock: clockOf(time), links: wires.port("10.0.0.1:7951" as Addr), relays: () => [relay] },
    hello: () => ({ cluster: "c", from: "a" }),
    onApplied: () => {},
    onReplaced: () => {},
  })
  mirror.start()
  /** What its newest relay tells it. */
  const accept = (): ((frame: MirrorFrame) => void) => {
    const end = wires.dials.at(-1)?.accept()
    return (frame) => void end?.send(encodeFrame({ kind: "chunk", body: encodeMirror(frame) }))
  }
  return { time, wires, mirror, accept }
}

function tellState(say: (frame: MirrorFrame) => void, index: number): void {
  say({ kind: "begin", index })
  const chunks = new ChunkWriter()
  const reader = new Machine().snapshot()
  for (let record = reader.next(); record !== undefined; record = reader.next()) chunks.add(record)
  reader.close()
  say({ kind: "records", chunk: chunks.take() as Uint8Array })
  say({ kind: "whole" })
}

test("what a relay tells late is old, and what another has told sooner is not made older by that", (t) => {
  const { time, mirror, accept } = fed()
  const say = accept()
  tellState(say, 5)
  t.equal(mirror.ageMs, Number.POSITIVE_INFINITY, "nobody has said yet")
  say({ kind: "pulse", ageMs: 7000 })
  t.equal(mirror.ageMs, 7000)
  say({ kind: "entries", entries: [{ index: 6, stampMs: 0, data: encodeCommand({ kind: "tick" }) }] })
  t.equal(mirror.ageMs, 7000, "that something comes does not say that it is the last")
  say({ kind: "pulse", ageMs: 100 })
  time.advance(500)
  say({ kind: "pulse", ageMs: 9000 })
  t.equal(mirror.ageMs, 600)
  mirror.stop()
  t.equal(mirror.ageMs, Number.POSITIVE_INFINITY)
  t.end()
})

test("a mirror that turns out to have another state than the group begins anew", (t) => {
  const { time, wires, mirror, accept } = fed()
  const first = accept()
  tellState(first, HASH_EVERY - 1)
  t.equal(mirror.resting?.applied, HASH_EVERY - 1)
  const entryOf = (index: number, command: Command): MirrorFrame => {
    return { kind: "entries", entries: [{ index, stampMs: 0, data: encodeCommand(command) }] }
  }
  first(entryOf(HASH_EVERY, { kind: "tick" }))
  first(entryOf(HASH_EVERY + 1, { kind: "checkHash", index: HASH_EVERY, hash: "0".repeat(16) }))
  t.equal(mirror.resting, undefined, "what differs is shown to nobody")
  const dials = wires.dials.length
  time.advance(1000)
  t.equal(wires.dials.length, dials + 1, "and nobody needs to ask for it")
  tellState(accept(), HASH_EVERY + 5)
  t.equal(mirror.resting?.applied, HASH_EVERY + 5)
  mirror.stop()
  t.end()
})

test("a mirror that meets an entry of a later program waits to be asked for", (t) => {
  const { time, wires, mirror, accept } = fed()
  const say = accept()
  tellState(say, 5)
  say({ kind: "entries", entries: [{ index: 6, stampMs: 0, data: Uint8Array.of(0xfa, 0x7f, 0) }] })
  t.equal(mirror.resting, undefined)
  time.advance(5000)
  t.equal(wires.dials.length, 1)
  mirror.start()
  t.equal(wires.dials.length, 2)
  mirror.stop()
  t.end()
})

test("of entries that were lost by a recovery nothing is seen as soon as a relay says so", (t) => {
  const { mirror, accept } = fed()
  const say = accept()
  tellState(say, 9)
  say({ kind: "begin", index: 12 })
  t.equal(mirror.resting?.applied, 9, "an older state of the same past is one")
  say({ kind: "begin", index: 7 })
  t.equal(mirror.resting, undefined)
  tellState(say, 7)
  t.equal(mirror.resting?.applied, 7)
  mirror.stop()
  t.end()
})
