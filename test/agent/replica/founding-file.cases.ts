import type { Addr, NodeId } from "@conclave/base"
import type { FoundingRecord } from "@conclave/consensus"
import { openFoundingFile } from "conclave/replica/founding-file"
import { hashedLine } from "conclave/replica/hashed-line"
import { mintId } from "conclave/wal/replica-id"
import { test } from "tap"
import { ScriptedDisk } from "../scripted-disk.ts"

const PLEDGE = { founder: "a".repeat(26) as NodeId, name: "n1", addr: "10.0.0.1:7951" as Addr, line: "l", number: 4 }
const RECORD: FoundingRecord = { line: "own", number: 7, isOpen: true, pledge: PLEDGE }

/** Right hashes of what no program writes. */
const UNWRITTEN = ["{}", "[1]", "null", "7", "{", '{"line":"l","number":1,"pledge":null}'].map(hashedLine)

test("what a host has promised and asked for is there in the next life", (t) => {
  const disk = new ScriptedDisk()
  const file = openFoundingFile(disk, () => 7)
  t.same(
    [file.record, file.problem],
    [{ line: mintId(() => 7), number: 0, isOpen: false, pledge: undefined }, undefined],
  )
  for (const record of [RECORD, { ...RECORD, isOpen: false, pledge: undefined }]) {
    const told: boolean[] = []
    file.save(record, (isDurable) => told.push(isDurable))
    t.same(told, [true])
    t.same(openFoundingFile(disk, () => 8).record, record)
  }
  t.end()
})

test("what cannot be read is said to be that: what was promised is not known", (t) => {
  const disk = new ScriptedDisk()
  openFoundingFile(disk, () => 7).save(RECORD, () => {})
  const whole = disk.files.get("founding.json") as Uint8Array
  const text = new TextDecoder().decode(whole)
  for (const bytes of [whole.subarray(1), whole.subarray(0, whole.length - 1), ...UNWRITTEN]) {
    disk.files.set("founding.json", bytes)
    t.match(openFoundingFile(disk, () => 7).problem, /founding\.json cannot be read/)
  }
  for (const [from, to] of [
    ["10.0.0.1:7951", "nowhere"],
    [PLEDGE.founder, "nobody"],
    ['"number":4', '"number":-4'],
  ] as const) {
    disk.files.set("founding.json", hashedLine(text.slice(text.indexOf(" ") + 1, -1).replace(from, to)))
    t.match(openFoundingFile(disk, () => 7).problem, /not what this program writes/, to)
  }
  t.end()
})
