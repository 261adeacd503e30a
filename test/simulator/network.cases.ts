import type { PathEffect } from "@conclave/sim/network"
import { test } from "tap"
import { type Bench, bench } from "./bench-world.ts"

const SENT = 1000

/** Sends 1000 datagrams from the first to the second under one rule. */
function flow(
  effect: PathEffect | undefined,
  bytes: Uint8Array = new Uint8Array(200),
): Bench & { readonly got: Uint8Array[] } {
  const world = bench(2)
  const got: Uint8Array[] = []
  world.ports[1]?.datagrams.onReceive((_source, body) => got.push(body))
  const all = new Uint8Array([1, 1])
  if (effect !== undefined) world.fleet.network.addRule({ from: all, to: all, effect })
  for (let sent = 0; sent < SENT; sent++) world.ports[0]?.datagrams.send(world.member(1).machine.addr, bytes)
  world.runMs(2000)
  return { ...world, got }
}

test("a healthy network delivers everything", async (t) => {
  const { got, fleet } = flow(undefined)
  t.equal(got.length, SENT)
  t.equal(fleet.at(1).machine.traffic.receivedBytes, SENT * 200)
  t.equal(fleet.network.largestBytes, 200)
})

test("loss, duplication, corruption and the size limit touch the share they say", async (t) => {
  const lossy = flow({ kind: "loss", permille: 300 }).got.length
  t.ok(lossy > 600 && lossy < 800, `${lossy} of 1000 at 30 % loss`)
  const doubled = flow({ kind: "duplicate", permille: 500, withinUs: 1000 }).got.length
  t.ok(doubled > 1400 && doubled < 1600, `${doubled} at 50 % duplication`)
  const damaged = flow({ kind: "corrupt", permille: 500 }).got
  const wrong = damaged.filter((body) => body.length !== 200 || body.some((byte) => byte !== 0)).length
  t.ok(wrong > 400 && wrong < 600, `${wrong} at 50 % corruption`)
  t.equal(flow({ kind: "mtu", bytesMax: 199 }).got.length, 0)
  t.equal(flow({ kind: "mtu", bytesMax: 200 }).got.length, SENT)
})

test("a one-way cut silences one way, and ends with its rule", async (t) => {
  const { fleet, ports, member, runMs } = bench(2)
  let first = 0
  let second = 0
  ports[0]?.datagrams.onReceive(() => first++)
  ports[1]?.datagrams.onReceive(() => second++)
  const rule = {
    from: new Uint8Array([1, 0]),
    to: new Uint8Array([0, 1]),
    effect: { kind: "cut", proto: "both" },
  } as const
  const both = (): void => {
    ports[0]?.datagrams.send(member(1).machine.addr, new Uint8Array(1))
    ports[1]?.datagrams.send(member(0).machine.addr, new Uint8Array(1))
    runMs(10)
  }
  fleet.network.addRule(rule)
  both()
  t.same([first, second], [1, 0])
  fleet.network.removeRule(rule)
  both()
  t.same([first, second], [2, 1])
})

test("held datagrams go on their way when the stall ends", async (t) => {
  const { fleet, ports, member, runMs } = bench(2)
  member(1).machine.held = { outgoing: [], incoming: [] }
  ports[0]?.datagrams.send(member(1).machine.addr, new Uint8Array(1))
  ports[1]?.datagrams.send(member(0).machine.addr, new Uint8Array(1))
  runMs(100)
  t.equal(ports[0]?.datagrams.received(), 0)
  t.equal(ports[1]?.datagrams.received(), 0)
  fleet.network.release(member(1).machine)
  runMs(10)
  t.equal(ports[0]?.datagrams.received(), 1)
  t.equal(ports[1]?.datagrams.received(), 1)
})
