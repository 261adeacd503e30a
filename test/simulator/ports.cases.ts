import type { Addr } from "@conclave/base"
import { frameWire } from "@conclave/sim/apps/frame-wire"
import type { SocketEnd } from "@conclave/sim/apps/local-socket"
import type { SimProcess } from "@conclave/sim/process"
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
import { keepsWireContract, type WireStage } from "../agent/ports-contract/wire.ts"
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

/** The agent's process is that of the first machine, the application's any other. */
async function openWire(world: Bench): Promise<WireStage> {
  const { socket, process } = world.member(0).machine
  const application = world.member(1).machine.process as SimProcess
  const told: string[] = []
  const got: Uint8Array[] = []
  const ends: { own?: SocketEnd; wire?: WireStage["wire"]; isClosed: boolean } = { isClosed: false }
  socket.listen(process as SimProcess, (end) => {
    ends.wire = frameWire(end, {
      received: (bytes) => told.push(bytes.join()),
      drained: () => told.push("drained"),
      closed: () => told.push("closed"),
    })
  })
  socket.connect(application, (end) => {
    if (end === undefined) return
    ends.own = end
    end.on = {
      data: (bytes) => got.push(bytes),
      closed: () => {
        ends.isClosed = true
      },
    }
  })
  await untilOf(world)("both ends are there", () => ends.own !== undefined && ends.wire !== undefined)
  const { own, wire } = ends as Required<typeof ends>
  return {
    wire,
    told,
    client: {
      write: (bytes) => own.write(bytes),
      close: () => own.close(),
      stop: () => application.freeze(),
      goOn: () => application.thaw(),
      got: () => got,
      isClosed: () => ends.isClosed,
    },
  }
}

test("a simulated wire to an application keeps the contract of wires", async (t) => {
  const world = bench(2)
  const until: Until = async (what, holds) => {
    // What was done so far was one turn of both loops, which ends here.
    for (const index of [0, 1]) world.member(index).machine.process?.task(() => {})
    await untilOf(world)(what, holds)
  }
  await keepsWireContract(t, () => openWire(world), until)
})
