import { deepStrictEqual, equal, ok } from "node:assert/strict"
import { createHash } from "node:crypto"
import { Random } from "@conclave/base"
import type { SnapshotJson } from "conclave/api/snapshot-schema"
import { test } from "tap"
import { fuzz } from "../../fuzz.ts"
import { damagedJson } from "../../fuzz-values.ts"
import { fileOf, machineWith, readAll } from "../saved-state.ts"

const MACHINE = machineWith(2)
const FILE = fileOf(MACHINE)
const HEAD_BYTES = FILE.indexOf(10) + 1
const HEADER = JSON.parse(Buffer.from(FILE.subarray(0, HEAD_BYTES)).toString()) as SnapshotJson

/** With the sums that octets have, whoever made them. */
function summed(octets: Uint8Array): Uint8Array {
  const sha256 = createHash("sha256").update(octets).digest("hex")
  return Buffer.concat([Buffer.from(`${JSON.stringify({ ...HEADER, bytes: octets.length, sha256 })}\n`), octets])
}

test("no damage of a saved state goes unseen, however the bytes come, and no sums make another state of its records", (t) => {
  const random = new Random(901)
  const decode = (bytes: Uint8Array): boolean => {
    const found = readAll(bytes, 1 + random.below(bytes.length + 1))
    equal("kind" in found, !Buffer.from(bytes).equals(FILE))
    const forged = readAll(summed(bytes.subarray(HEAD_BYTES)))
    if ("kind" in forged) return false
    deepStrictEqual([forged.rev, forged.token, forged.clusterId], [HEADER.rev, HEADER.token, HEADER.clusterId])
    return true
  }
  fuzz(t, 902, { corpus: [FILE], decode, inGate: 1000 })
  t.end()
})

test("whatever a header says, what is believed of it is what a program writes", (t) => {
  const random = new Random(903)
  const decode = (bytes: Uint8Array): boolean => {
    const said = Buffer.concat([bytes, Buffer.from("\n"), FILE.subarray(HEAD_BYTES)])
    const change = damagedJson(random, HEADER) as Partial<SnapshotJson>
    const found = readAll(random.chance(1, 4) ? said : fileOf(MACHINE, change))
    if ("kind" in found) return false
    for (const text of [found.index, found.term, found.rev, found.token]) ok(/^\d+$/.test(text))
    ok(Number.isFinite(Date.parse(found.time)) && Number.isSafeInteger(found.bytes))
    return true
  }
  fuzz(t, 904, { corpus: [FILE.subarray(0, HEAD_BYTES - 1)], decode, inGate: 700 })
  t.end()
})
