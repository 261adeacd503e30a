import type { Addr } from "@conclave/base"
import type { ClusterId, ReplicaId } from "@conclave/consensus"
import { hashedLine } from "conclave/replica/hashed-line"
import { ReplicaFile } from "conclave/replica/replica-file"
import { test } from "tap"
import { ScriptedDisk } from "../scripted-disk.ts"

const CLUSTER = "c1" as ClusterId
const MINTED = "r1" as ReplicaId
const PEERS = new Map([["r2" as ReplicaId, "10.0.0.2:7951" as Addr]])
const NAME = "replica.json"

function load(disk: ScriptedDisk): ReturnType<typeof ReplicaFile.load> {
  return ReplicaFile.load(disk, () => MINTED)
}

test("a fresh host belongs to nobody and has an id to offer; nothing is written for that", (t) => {
  const disk = new ScriptedDisk()
  const { file, problem } = load(disk)
  t.same(file.facts, { cluster: undefined, replica: MINTED, isActive: false, isFounding: false, peers: new Map() })
  t.equal(problem, undefined)
  t.equal(disk.writes.length, 0)
  t.end()
})

test("what was changed is there in the next life", (t) => {
  const disk = new ScriptedDisk()
  load(disk).file.change({
    cluster: CLUSTER,
    replica: "r7" as ReplicaId,
    isActive: true,
    isFounding: true,
    peers: PEERS,
  })
  const { file } = load(disk)
  t.same(file.facts, { cluster: CLUSTER, replica: "r7", isActive: true, isFounding: true, peers: PEERS })
  t.end()
})

test("what ended is known in the next life, and by what", (t) => {
  const disk = new ScriptedDisk()
  load(disk).file.change({ ended: "r7" as ReplicaId, endedBy: "replica-disk" })
  t.match(load(disk).file.facts, { replica: MINTED, ended: "r7", endedBy: "replica-disk" })
  t.end()
})

test("changes are in force at once and told when they are durable; those of one write together", (t) => {
  const disk = new ScriptedDisk(false)
  const { file } = load(disk)
  const told: string[] = []
  file.change({ cluster: CLUSTER }, () => told.push("first"))
  file.change({ isFounding: true }, () => told.push("second"))
  file.change({ isActive: true }, ({ ok }) => told.push(`third ${ok}`))
  t.ok(file.facts.isActive)
  t.equal(disk.waiting, 1)
  t.equal(file.kept.cluster, undefined, "it is not on disk")
  disk.finish()
  t.match(file.kept, { cluster: CLUSTER, isActive: false }, "what was asked for later is not")
  t.same(told, ["first"])
  disk.finish({ ok: false, code: "EIO", message: "broken" })
  t.same(told, ["first", "second", "third false"])
  t.notOk(file.kept.isActive, "nobody knows what of it is there")
  t.end()
})

test("a file that cannot be read is said to be one, and its host offers a new id", (t) => {
  const disk = new ScriptedDisk()
  load(disk).file.change({ cluster: CLUSTER, replica: "r7" as ReplicaId })
  const whole = disk.files.get(NAME) as Uint8Array
  const damaged = whole.slice()
  damaged[20] = (damaged[20] ?? 0) ^ 1
  for (const bytes of [damaged, whole.subarray(0, whole.length - 2), new Uint8Array(0), Uint8Array.of(200, 200)]) {
    disk.files.set(NAME, bytes)
    const { file, problem } = load(disk)
    t.match(problem, /replica\.json cannot be read/)
    t.equal(file.facts.replica, MINTED)
  }
  for (const text of ["null", "7", "{", "{}", '{"replica":"r7","peers":null}']) {
    disk.files.set(NAME, hashedLine(text))
    t.match(load(disk).problem, /not what this program writes/, text)
  }
  const throwing = new ScriptedDisk()
  throwing.read = () => {
    throw new Error("EIO")
  }
  t.match(load(throwing).problem, /EIO/)
  t.end()
})
