import { SimDisk } from "@conclave/sim/sim-disk"
import { World } from "@conclave/sim/world"
import type { DiskResult } from "conclave/ports"
import { test } from "tap"

const client = { over: false, task: (run: () => void): void => run() }

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function text(disk: SimDisk): string | undefined {
  const found = disk.file("f")
  return found === undefined ? undefined : new TextDecoder().decode(found)
}

test("writes complete in the order they were asked for", async (t) => {
  const world = new World(1)
  const disk = new SimDisk(world)
  const port = disk.portFor(client)
  const done: string[] = []
  port.replace("f", bytes("one"), () => done.push("replace"))
  port.append("f", bytes("two"), () => done.push("append"))
  t.equal(text(disk), undefined, "nothing is there before its time")
  world.run(1e6)
  t.same(done, ["replace", "append"])
  t.equal(text(disk), "onetwo")
})

test("a crash at every byte of an append keeps the synced part and that prefix", async (t) => {
  for (let keep = 0; keep <= 4; keep++) {
    const world = new World(1)
    const disk = new SimDisk(world)
    disk.putFile("f", bytes("old"))
    const port = disk.portFor(client)
    port.append("f", bytes("NEW!"), () => t.fail("a crash answers nobody"))
    port.append("f", bytes("lost"), () => t.fail("a crash answers nobody"))
    t.equal(disk.unsyncedBytes, 4)
    disk.crashAt(keep)
    world.run(1e6)
    t.equal(text(disk), `old${"NEW!".slice(0, keep)}`)
  }
})

test("a crash leaves the old or the new of a replacement, never a mixture", async (t) => {
  for (let keep = 0; keep <= 3; keep++) {
    const disk = new SimDisk(new World(1))
    disk.putFile("f", bytes("old"))
    disk.portFor(client).replace("f", bytes("new"), () => {})
    disk.crashAt(keep)
    t.equal(text(disk), keep === 3 ? "new" : "old")
  }
})

test("a disk in trouble says so, and works again afterwards", async (t) => {
  const world = new World(1)
  const disk = new SimDisk(world)
  const port = disk.portFor(client)
  const results: DiskResult[] = []
  disk.setTrouble({ code: "ENOSPC" })
  port.replace("f", bytes("one"), (result) => results.push(result))
  world.run(1e6)
  disk.setTrouble(undefined)
  port.replace("f", bytes("two"), (result) => results.push(result))
  world.run(2e6)
  t.match(results, [{ ok: false, code: "ENOSPC" }, { ok: true }])
  t.equal(text(disk), "two")
})
