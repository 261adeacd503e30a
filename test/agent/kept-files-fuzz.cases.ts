import { deepStrictEqual, ok } from "node:assert/strict"
import { type Addr, type Generation, hashText, isNodeId, type NodeId, Random } from "@conclave/base"
import type { ClusterId, FoundingRecord, ReplicaId } from "@conclave/consensus"
import { MemberFile, type Tags } from "conclave/gossip/member-file"
import { numericHostPort } from "conclave/host-port"
import { openFoundingFile } from "conclave/replica/founding-file"
import { hashedLine } from "conclave/replica/hashed-line"
import { type ReplicaFacts, ReplicaFile } from "conclave/replica/replica-file"
import { test } from "tap"
import { fuzz } from "../fuzz.ts"
import { damagedJson } from "../fuzz-values.ts"
import { FakeClock } from "./fake-clock.ts"
import { memberId } from "./fake-view.ts"
import { ScriptedDisk } from "./scripted-disk.ts"

const ADDR = "10.0.0.1:7951" as Addr
const GENERATION = 40
const DAMAGE_MARGIN = 1000

function diskWith(name: string, bytes: Uint8Array): ScriptedDisk {
  const disk = new ScriptedDisk()
  disk.files.set(name, bytes)
  return disk
}

function membersFile(): Uint8Array {
  const disk = new ScriptedDisk()
  const { file } = MemberFile.load(disk, new FakeClock())
  file.raiseGeneration(GENERATION as Generation, () => {})
  for (const letter of ["a", "b", "c"]) file.remember({ id: memberId(letter), name: letter, addr: ADDR })
  file.setTags({ dc: "a" })
  file.forget(memberId("c"))
  file.close()
  return disk.files.get("members.log") ?? new Uint8Array(0)
}

test("no damage of the file of members makes one up, sets other tags, or takes a generation that was never reached", (t) => {
  const whole = membersFile()
  const decode = (bytes: Uint8Array): boolean => {
    const { members, tags, generation, problem } = MemberFile.load(diskWith("members.log", bytes), new FakeClock())
    for (const { id, name, addr } of members) deepStrictEqual([id, addr], [memberId(name), ADDR])
    ok(tags === undefined || (tags as Tags)["dc"] === "a")
    ok(generation <= GENERATION + DAMAGE_MARGIN)
    return problem === undefined
  }
  fuzz(t, 801, { corpus: [whole], decode, inGate: 8000 })
  t.end()
})

test("whatever a line of it says whose hash is right, what is believed can be kept again", (t) => {
  const random = new Random(802)
  const entries = [
    { kind: "generation", generation: GENERATION },
    { kind: "member", id: memberId("a"), name: "a", addr: ADDR },
    { kind: "tags", tags: { dc: "a", rack: "7" } },
    { kind: "forget", id: memberId("b") },
  ]
  const line = (text: string): string => `${hashText(text).toString(16).padStart(8, "0")} ${text}\n`
  const decode = (bytes: Uint8Array): boolean => {
    const said = entries.map((each) => JSON.stringify(damagedJson(random, each)))
    const text = said.map((each) => line(each.replace(/[\u007f-\uffff]/g, "~"))).join("")
    const odd = Buffer.from(bytes).toString("latin1").replaceAll("\n", " ")
    const disk = diskWith("members.log", Buffer.from(`${text}${line(odd)}`, "latin1"))
    const { file, ...loaded } = MemberFile.load(disk, new FakeClock())
    for (const { id, addr } of loaded.members) ok(isNodeId(id) && numericHostPort(addr) !== undefined)
    ok(!Array.isArray(loaded.tags))
    file.raiseGeneration(0 as Generation, () => {})
    const kept = MemberFile.load(disk, new FakeClock())
    deepStrictEqual(kept.members, loaded.members)
    deepStrictEqual([kept.tags, kept.generation, kept.problem], [loaded.tags, loaded.generation, undefined])
    return loaded.members.length > 0
  }
  fuzz(t, 803, { corpus: entries.map((each) => Buffer.from(JSON.stringify(each))), decode, inGate: 3000 })
  t.end()
})

const FACTS: Omit<ReplicaFacts, "peers"> & { readonly peers: readonly (readonly [ReplicaId, Addr])[] } = {
  ...{ cluster: "c1" as ClusterId, replica: "r7" as ReplicaId, ended: "r6" as ReplicaId, endedBy: "replica-disk" },
  ...{ isActive: true, isFounding: false, peers: [["r2" as ReplicaId, ADDR]] },
}
const PLEDGE = { founder: memberId("a") as NodeId, name: "n1", addr: ADDR, line: "l", number: 4 }
const RECORD: FoundingRecord = { line: "own", number: 7, isOpen: true, pledge: PLEDGE }

/** Damaged bytes, or damaged JSON behind its right hash. */
function spoilt(
  random: Random,
  bytes: Uint8Array,
  said: object,
): { readonly bytes: Uint8Array; readonly isRaw: boolean } {
  if (random.chance(1, 2)) return { bytes, isRaw: true }
  const text = random.chance(1, 8) ? Buffer.from(bytes).toString() : JSON.stringify(damagedJson(random, said))
  return { bytes: hashedLine(text.replaceAll("\n", " ")), isRaw: false }
}

test("whatever stands in the file of a replica, it is what was written, or what could be, or said to be unreadable", (t) => {
  const random = new Random(804)
  const whole = hashedLine(JSON.stringify(FACTS))
  const mint = (): ReplicaId => "minted" as ReplicaId
  const decode = (input: Uint8Array): boolean => {
    const { bytes, isRaw } = spoilt(random, input, FACTS)
    const disk = diskWith("replica.json", bytes)
    const { file, problem } = ReplicaFile.load(disk, mint)
    if (problem !== undefined) return false
    if (isRaw) deepStrictEqual(Buffer.from(bytes), Buffer.from(whole))
    file.change({})
    deepStrictEqual(ReplicaFile.load(disk, mint).file.facts, file.facts)
    return true
  }
  fuzz(t, 805, { corpus: [whole], decode, inGate: 8000 })
  t.end()
})

test("whatever stands in the file of a founding, it is what was promised, or could be, or said to be unreadable", (t) => {
  const random = new Random(806)
  const whole = hashedLine(JSON.stringify(RECORD))
  const decode = (input: Uint8Array): boolean => {
    const { bytes, isRaw } = spoilt(random, input, RECORD)
    const disk = diskWith("founding.json", bytes)
    const { record, problem, save } = openFoundingFile(disk, () => 7)
    if (problem !== undefined) return false
    if (isRaw) deepStrictEqual(Buffer.from(bytes), Buffer.from(whole))
    save(record, () => {})
    deepStrictEqual(openFoundingFile(disk, () => 8).record, record)
    return true
  }
  fuzz(t, 807, { corpus: [whole], decode, inGate: 8000 })
  t.end()
})
