import type { ChannelEvent, RequestResult } from "conclave/ports"
import { test } from "tap"
import { type Bench, bench } from "./bench-world.ts"

const BODY = new Uint8Array([1])
const PAGE = new Uint8Array([2])

function answering(world: Bench): void {
  world.ports[1]?.links.onRequest((_source, _body, reply) => reply([PAGE]))
}

function ask(world: Bench, limitMs: number): RequestResult[] {
  const results: RequestResult[] = []
  world.ports[0]?.links.request(world.member(1).machine.addr, BODY, limitMs, (result) => results.push(result))
  return results
}

function watch(world: Bench, id: string = world.member(1).machine.id): string[] {
  const events: string[] = []
  world.ports[0]?.links.watch(world.member(1).machine.addr, id, (event) => events.push(event))
  return events
}

test("a request is answered exactly once", async (t) => {
  const world = bench(2)
  answering(world)
  const results = ask(world, 1000)
  world.runMs(5000)
  t.same(results, [{ ok: true, pages: [PAGE] }])
})

test("a request fails with its reason: refused, reset, timed out", async (t) => {
  const refused = bench(2)
  refused.fleet.kill(refused.member(1))
  const first = ask(refused, 1000)
  refused.runMs(20)
  t.same(first, [{ ok: false, why: "refused" }])

  const silent = bench(2)
  silent.ports[1]?.links.onRequest(() => {})
  const second = ask(silent, 1000)
  silent.runMs(20)
  t.same(second, [])
  silent.fleet.kill(silent.member(1))
  silent.runMs(20)
  t.same(second, [{ ok: false, why: "reset" }])

  const off = bench(2)
  off.fleet.cutPower(off.member(1))
  const third = ask(off, 1000)
  off.runMs(2000)
  t.same(third, [{ ok: false, why: "timeout" }])
})

test("a stopped process accepts and does not answer before it wakes", async (t) => {
  const world = bench(2)
  answering(world)
  world.member(1).machine.process?.freeze()
  const results = ask(world, 5000)
  world.runMs(3000)
  t.same(results, [])
  world.member(1).machine.process?.thaw()
  world.runMs(100)
  t.equal(results[0]?.ok, true)
})

test("a watch link tells of the end of its peer's process at once, and of nothing else", async (t) => {
  const world = bench(2)
  const events = watch(world)
  world.runMs(100)
  t.same(events, ["up"])
  world.member(1).machine.process?.freeze()
  world.runMs(60_000)
  t.same(events, ["up"], "a stopped process keeps its links")
  world.fleet.kill(world.member(1))
  world.runMs(10)
  t.same(events, ["up", "down"])
  const again = watch(world)
  world.runMs(10)
  t.same(again, ["refused"])
})

test("a power cut is silent, a new dial runs into its limit", async (t) => {
  const world = bench(2)
  const events = watch(world)
  world.runMs(100)
  world.fleet.cutPower(world.member(1))
  world.runMs(60_000)
  t.same(events, ["up"])
  const again = watch(world)
  world.runMs(10_000)
  t.same(again, ["failed"])
})

test("another member at the address refuses, a closed link says nothing, a broken one is down", async (t) => {
  const world = bench(2)
  const wrong = watch(world, world.member(0).machine.id)
  world.runMs(100)
  t.same(wrong, ["refused"])
  const events: string[] = []
  const link = world.ports[0]?.links.watch(world.member(1).machine.addr, world.member(1).machine.id, (event) =>
    events.push(event),
  )
  world.runMs(100)
  link?.close()
  world.fleet.kill(world.member(1))
  world.runMs(100)
  t.same(events, ["up"])
  world.fleet.boot(world.member(1))
  const broken = watch(world)
  world.runMs(100)
  world.member(1).links?.breakAll()
  world.runMs(100)
  t.same(broken, ["up", "down"])
})

test("a cut delays a stream until it heals", async (t) => {
  const world = bench(2)
  answering(world)
  const rule = {
    from: new Uint8Array([1, 0]),
    to: new Uint8Array([0, 1]),
    effect: { kind: "cut", proto: "tcp" },
  } as const
  world.fleet.network.addRule(rule)
  const results = ask(world, 10_000)
  world.runMs(1000)
  t.same(results, [])
  world.fleet.network.removeRule(rule)
  world.runMs(3000)
  t.equal(results[0]?.ok, true)
})

test("with whom an operator has removed nothing stands any more, and nothing begins, from either side", async (t) => {
  const world = bench(2)
  const [removed, other] = [world.member(0), world.member(1)]
  const watched = watch(world)
  const [ours, theirs] = [[] as string[], [] as string[]]
  const noting = (events: string[]) => (event: ChannelEvent) =>
    events.push(event.kind === "over" ? event.why : event.kind)
  world.ports[1]?.links.onDial(() => noting(theirs))
  world.ports[0]?.links.dial(other.machine.addr, noting(ours))
  world.runMs(100)
  t.same([watched, ours, other.links?.channels.speaksWith(removed.machine.key)], [["up"], ["up"], true])

  other.host = { ...other.host, consensus: { removed: new Set([removed.machine.key]) } } as never
  other.links?.endPeer(removed.machine.key)
  t.equal(other.links?.channels.speaksWith(removed.machine.key), false, "at once")
  world.runMs(100)
  t.same([watched, ours, theirs], [["up", "down"], ["up", "down"], ["down"]])

  const [results, again, back] = [ask(world, 1000), watch(world), [] as string[]]
  world.ports[0]?.links.dial(other.machine.addr, noting(back))
  world.ports[1]?.links.dial(removed.machine.addr, noting(theirs))
  world.ports[1]?.links.watch(removed.machine.addr, removed.machine.id, (event) => theirs.push(event))
  world.runMs(100)
  t.same(results, [{ ok: false, why: "removed" }])
  t.same([again, back], [["failed"], ["failed"]])
  t.same(theirs, ["down", "refused", "refused"])
})
