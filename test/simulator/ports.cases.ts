import type { Addr } from "@conclave/base"
import type { Ports } from "conclave/ports"
import { test } from "tap"
import {
  keepsClockContract,
  keepsDiskContract,
  keepsNamesContract,
  keepsProcessesContract,
  keepsSecretsContract,
  type Until,
} from "../agent/ports-contract/local.ts"
import { keepsNetworkContract, type Place } from "../agent/ports-contract/network.ts"
import { keepsStoreContract } from "../agent/ports-contract/store.ts"
import { type Bench, bench } from "./bench-world.ts"

const LIMIT_MS = 60_000

/** One contract for each port; the real system keeps the same (`agent/node/ports`). */
function untilOf(world: Bench): Until {
  return async (what, holds) => {
    for (let passedMs = 0; !holds(); passedMs++) {
      if (passedMs === LIMIT_MS) throw new Error(`never happened: ${what}`)
      world.runMs(1)
    }
  }
}

function portsOf(world: Bench, index: number): Ports {
  return world.ports[index] as Ports
}

function place(world: Bench, index: number): Place {
  const { id, addr } = world.member(index).machine
  const { links, datagrams } = portsOf(world, index)
  return { id, addr, links, datagrams }
}

/** The next process on the first machine. */
async function nextLife(world: Bench): Promise<Ports> {
  world.fleet.kill(world.member(0))
  world.runMs(10)
  world.fleet.boot(world.member(0))
  world.runMs(1)
  return portsOf(world, 0)
}

test("the simulated clock keeps the contract of clocks", async (t) => {
  const world = bench(1)
  await keepsClockContract(t, portsOf(world, 0).clock, untilOf(world))
})

test("the simulated data directory keeps the contract of disks", async (t) => {
  const world = bench(1)
  const reopen = async () => (await nextLife(world)).disk
  await keepsDiskContract(t, { disk: portsOf(world, 0).disk, reopen, until: untilOf(world) })
})

test("simulated datagrams and streams keep the contract of networks", async (t) => {
  const world = bench(3)
  world.fleet.kill(world.member(2))
  const nobody = world.member(2).machine.addr as Addr
  const end = (): void => world.fleet.kill(world.member(1))
  await keepsNetworkContract(t, { a: place(world, 0), b: place(world, 1), nobody, end, until: untilOf(world) })
})

test("the simulated thread of a log keeps the contract of logs", async (t) => {
  const world = bench(1)
  const reopen = async () => (await nextLife(world)).store
  await keepsStoreContract(t, { store: portsOf(world, 0).store, reopen, until: untilOf(world) })
})

test("simulated names, processes and secrets keep theirs", async (t) => {
  const world = bench(1)
  const { names, processes, secrets } = portsOf(world, 0)
  await keepsNamesContract(t, names, untilOf(world))
  await keepsProcessesContract(t, processes, untilOf(world))
  keepsSecretsContract(t, secrets)
})
