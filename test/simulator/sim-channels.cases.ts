import type { Channel, ChannelEvent } from "conclave/ports"
import { test } from "tap"
import { type Bench, bench } from "./bench-world.ts"

interface Side {
  readonly channel: Channel
  readonly events: ChannelEvent[]
}

function dial(world: Bench): Side {
  const events: ChannelEvent[] = []
  const channel = world.ports[0]?.links.dial(world.member(1).machine.addr, (event) => events.push(event)) as Channel
  return { channel, events }
}

function accepting(world: Bench): Side[] {
  const accepted: Side[] = []
  world.ports[1]?.links.onDial((_source, channel) => {
    const events: ChannelEvent[] = []
    accepted.push({ channel, events })
    return (event) => events.push(event)
  })
  return accepted
}

function bodies(side: Side | undefined): number[] {
  return (side?.events ?? []).flatMap((event) => (event.kind === "frame" ? [event.body[0] ?? -1] : []))
}

function cutBetween(world: Bench): { heal: () => void } {
  const from = new Uint8Array(2).fill(1)
  const rule = { from, to: from, effect: { kind: "cut", proto: "both" } as const }
  world.fleet.network.addRule(rule)
  return { heal: () => world.fleet.network.removeRule(rule) }
}

test("a channel carries frames both ways in order", async (t) => {
  const world = bench(2)
  const accepted = accepting(world)
  const side = dial(world)
  for (let sent = 0; sent < 50; sent++) side.channel.send(Uint8Array.of(sent))
  world.runMs(100)
  t.same(
    bodies(accepted[0]),
    Array.from({ length: 50 }, (_, sent) => sent),
  )
  t.same(side.events, [{ kind: "up" }])
  accepted[0]?.channel.send(Uint8Array.of(7))
  world.runMs(100)
  t.same(bodies(side), [7])
  t.equal(side.channel.waitingBytes(), 0)
})

test("a channel is refused where nobody runs, and fails where the power is off", async (t) => {
  const world = bench(2)
  world.fleet.kill(world.member(1))
  const refused = dial(world)
  world.runMs(100)
  t.same(refused.events, [{ kind: "over", why: "refused" }])
  world.fleet.cutPower(world.member(1))
  const failed = dial(world)
  world.runMs(4000)
  t.same(failed.events, [])
  world.runMs(2000)
  t.same(failed.events, [{ kind: "over", why: "failed" }])
})

test("a cut holds a channel up and loses nothing of it", async (t) => {
  const world = bench(2)
  const accepted = accepting(world)
  const side = dial(world)
  world.runMs(100)
  const cut = cutBetween(world)
  side.channel.send(Uint8Array.of(1))
  side.channel.send(Uint8Array.of(2))
  world.runMs(10_000)
  t.same(bodies(accepted[0]), [])
  t.equal(side.channel.waitingBytes(), 2)
  cut.heal()
  world.runMs(4000)
  t.same(bodies(accepted[0]), [1, 2])
})

test("a killed process resets its channels; one that lost its power leaves them hanging", async (t) => {
  const killed = bench(2)
  accepting(killed)
  const first = dial(killed)
  killed.runMs(100)
  killed.fleet.kill(killed.member(1))
  killed.runMs(100)
  t.same(first.events.at(-1), { kind: "over", why: "down" })
  t.notOk(first.channel.send(Uint8Array.of(1)))

  const off = bench(2)
  accepting(off)
  const second = dial(off)
  off.runMs(100)
  off.fleet.cutPower(off.member(1))
  t.ok(second.channel.send(Uint8Array.of(1)))
  off.runMs(10_000)
  t.same(second.events, [{ kind: "up" }])
  off.fleet.boot(off.member(1))
  off.runMs(10_000)
  t.same(second.events.at(-1), { kind: "over", why: "down" }, "its machine is back and knows no such connection")
})

test("a channel that is closed tells the other side, and its owner nothing", async (t) => {
  const world = bench(2)
  const accepted = accepting(world)
  const side = dial(world)
  world.runMs(100)
  side.channel.send(Uint8Array.of(1))
  side.channel.close()
  world.runMs(100)
  t.same(side.events, [{ kind: "up" }])
  t.same(accepted[0]?.events, [
    { kind: "frame", body: Uint8Array.of(1) },
    { kind: "over", why: "down" },
  ])
})

test("a stopped process accepts channels and reads them when it wakes", async (t) => {
  const world = bench(2)
  const accepted = accepting(world)
  world.member(1).machine.process?.freeze()
  const side = dial(world)
  side.channel.send(Uint8Array.of(4))
  world.runMs(3000)
  t.same([side.events, accepted], [[], []])
  world.member(1).machine.process?.thaw()
  world.runMs(100)
  t.same(bodies(accepted[0]), [4])
  t.same(side.events, [{ kind: "up" }])
})
