import { type FileOperation, SimFiles, SystemError } from "@conclave/sim/sim-files"
import { test } from "tap"
import { keepsFilesContract } from "../agent/wal/files-contract.ts"
import { bench } from "./bench-world.ts"

test("the simulated directory of a log behaves as a real one", (t) => {
  keepsFilesContract(t, new SimFiles(1))
  t.end()
})

function made(seed: number): SimFiles {
  const files = new SimFiles(seed)
  files.make()
  return files
}

test("a power cut keeps what was synced and any part of what was not", (t) => {
  const found = new Set<string>()
  for (let seed = 1; seed <= 100; seed++) {
    const files = made(seed)
    const file = files.create("a")
    file.write(0, new Uint8Array(1024).fill(1))
    file.sync()
    files.sync()
    file.write(0, new Uint8Array(1024).fill(2))
    files.powerCut()
    const bytes = files.bytesOf("a")
    found.add(`${bytes[0]}${bytes[511]}${bytes[512]}${bytes[1023]}`)
  }
  for (const each of ["1111", "2222", "2211", "1122", "2111"]) t.ok(found.has(each), each)
  t.notOk(found.has("1211"), "a sector is written whole, or front to back")
  t.end()
})

test("what a process that was killed had not synced is there, until its machine loses its power", (t) => {
  const world = bench(1)
  const member = world.member(0)
  const { files } = member.machine
  files.make()
  const file = files.create("a")
  file.write(0, new Uint8Array(4000).fill(1))
  file.sync()
  files.sync()
  file.write(4000, new Uint8Array(40_000).fill(2))
  world.fleet.kill(member)
  const written = (): number => files.bytesOf("a").filter((byte) => byte === 2).length
  t.equal(written(), 40_000)
  const darkened: string[] = []
  world.fleet.watchers.push({
    booted: () => {},
    ended: () => t.fail("it had ended before"),
    darkened: ({ machine }) => darkened.push(machine.name),
  })
  world.fleet.cutPower(member)
  world.fleet.cutPower(member)
  t.same(files.unsynced(), [])
  t.ok(written() < 40_000)
  t.same(darkened, [member.machine.name], "once: then it is dark")
  t.end()
})

test("a new name is there after a sync of the directory, and perhaps before", (t) => {
  const found = new Set<number>()
  for (let seed = 1; seed <= 20; seed++) {
    const files = made(seed)
    files.create("a")
    files.sync()
    files.create("b")
    files.powerCut()
    found.add(files.list().length)
  }
  t.same([...found].sort(), [1, 2])
  t.end()
})

test("a sync that failed has lost what it should have written", (t) => {
  const files = made(1)
  const file = files.create("a")
  files.sync()
  file.write(0, new Uint8Array(3000).fill(1))
  files.before = () => {
    throw new SystemError("EIO")
  }
  t.throws(() => file.sync(), { code: "EIO" })
  files.before = () => {}
  file.sync()
  t.equal(file.size(), 3000, "one still reads it")
  files.powerCut()
  t.equal(files.bytesOf("a").length, 0)
  t.end()
})

test("a full disk takes what fits; bytes that are there may be written over", (t) => {
  const files = made(1)
  const file = files.create("a")
  file.write(0, new Uint8Array(100))
  files.capacityBytes = 150
  file.write(0, new Uint8Array(100).fill(1))
  t.throws(() => file.write(50, new Uint8Array(200).fill(2)), { code: "ENOSPC" })
  t.equal(file.size(), 150)
  t.end()
})

test("a process that was killed does nothing any more, its files stay as they are", (t) => {
  const files = made(1)
  const calls: FileOperation[] = []
  files.before = (operation) => {
    calls.push(operation)
    if (operation === "write") files.kill()
  }
  const file = files.create("a")
  t.throws(() => file.write(0, new Uint8Array([1])), "it ends in the middle of this")
  t.throws(() => file.write(0, new Uint8Array([2])))
  t.throws(() => files.remove("a"))
  files.restart()
  t.same(files.bytesOf("a"), new Uint8Array([1]))
  t.same(calls, ["create", "write"])
  t.end()
})
