import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Addr, millis, type NodeId } from "@conclave/base"
import { openClock } from "conclave/node/clock"
import { openDatagrams } from "conclave/node/datagrams"
import { openNames } from "conclave/node/discovery/names"
import { openDisk } from "conclave/node/disk"
import { type LinkDoor, OPEN_DOOR } from "conclave/node/links/link-door"
import { openLinks } from "conclave/node/links/links"
import { SealedDoor } from "conclave/node/links/sealed-door"
import { openLogStore } from "conclave/node/log-store"
import { openProcesses } from "conclave/node/processes"
import { openSecrets } from "conclave/node/secrets"
import { type Test, test } from "tap"
import {
  keepsClockContract,
  keepsDiskContract,
  keepsNamesContract,
  keepsProcessesContract,
  keepsSecretsContract,
} from "../ports-contract/local.ts"
import { keepsNetworkContract, type Place } from "../ports-contract/network.ts"
import { keepsStoreContract } from "../ports-contract/store.ts"
import { A, B, CLUSTER, freePort } from "./link-stage.ts"
import { newKey, proofOf } from "./sealed-stage.ts"
import { until } from "./until.ts"

/** One contract for each port; the simulated system keeps the same (`simulator/ports`). */
function folderFor(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function place(
  t: Test,
  id: NodeId,
  door: LinkDoor = OPEN_DOOR,
): Promise<Place & { readonly end: () => Promise<unknown> }> {
  for (let tries = 0; ; tries++) {
    const datagrams = await openDatagrams({ host: "127.0.0.1", port: 0 })
    const { port } = datagrams.bound
    const addr = `127.0.0.1:${port}` as Addr
    try {
      const links = await openLinks({ host: "127.0.0.1", port, id, cluster: CLUSTER, advertised: addr, door })
      const end = (): Promise<unknown> => Promise.all([links.close(), datagrams.close()])
      t.teardown(end)
      return { id, addr, links, datagrams, end }
    } catch (cause) {
      await datagrams.close()
      if (tries === 20) throw cause
    }
  }
}

test("the clock keeps the contract of clocks", async (t) => {
  await keepsClockContract(t, openClock(), until)
})

test("the data directory keeps the contract of disks", async (t) => {
  const folder = folderFor(t)
  const disk = openDisk(folder)
  const reopen = async () => {
    await disk.close()
    const next = openDisk(folder)
    t.teardown(() => next.close())
    return next
  }
  await keepsDiskContract(t, { disk, reopen, until })
})

test("datagrams and streams keep the contract of networks", async (t) => {
  const [a, b] = [await place(t, A), await place(t, B)]
  const nobody = `127.0.0.1:${await freePort()}` as Addr
  await keepsNetworkContract(t, { a, b, nobody, until, end: async () => void (await b.end()) })
})

test("streams under TLS keep it, too", async (t) => {
  const proof = await proofOf()
  const places = [newKey(), newKey()].map((identity) => {
    const door = new SealedDoor({ identity, proof: () => proof, mode: () => "require" })
    return place(t, identity.id, door)
  })
  const [a, b] = await Promise.all(places)
  if (a === undefined || b === undefined) throw new Error("there are two")
  const nobody = `127.0.0.1:${await freePort()}` as Addr
  await keepsNetworkContract(t, { a, b, nobody, until, end: async () => void (await b.end()) })
})

test("the log's thread keeps the contract of logs", async (t) => {
  const folder = folderFor(t)
  const open = () => openLogStore(folder, () => millis(performance.now()))
  const store = open()
  const reopen = async () => {
    await new Promise<void>((resolve) => store.close(resolve))
    return open()
  }
  await keepsStoreContract(t, { store, reopen, until })
})

test("names, processes and secrets keep theirs", async (t) => {
  await keepsNamesContract(t, openNames(), until)
  await keepsProcessesContract(t, openProcesses(), until)
  keepsSecretsContract(t, openSecrets())
})
