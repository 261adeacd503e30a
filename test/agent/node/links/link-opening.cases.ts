import type { Addr } from "@conclave/base"
import { encodeOpening, type Opening, readOpening } from "conclave/node/links/link-opening"
import { test } from "tap"
import { memberId } from "../member-id.ts"

const REQUEST: Opening = { kind: "request", label: 0xfedcba98, source: "10.0.0.1:7951" as Addr, target: undefined }
const WATCH: Opening = { kind: "watch", label: 7, source: "[fd00::1]:1" as Addr, target: memberId("q") }

test("an opening is read back with what follows it, and its first byte is not that of TLS", (t) => {
  for (const opening of [REQUEST, WATCH]) {
    const bytes = encodeOpening(opening)
    t.not(bytes[0], 0x16)
    t.same(readOpening(Uint8Array.of(...bytes, 1, 2)), { kind: "opening", opening, rest: Uint8Array.of(1, 2) })
    for (let length = 0; length < bytes.length; length++) {
      if (readOpening(bytes.subarray(0, length)).kind !== "more") t.fail(`${length} bytes are not enough`)
    }
  }
  t.end()
})

test("an opening at an offset of its buffer is read right", (t) => {
  const whole = Uint8Array.of(9, 9, 9, ...encodeOpening(REQUEST))
  t.match(readOpening(whole.subarray(3)), { kind: "opening", opening: REQUEST })
  t.end()
})

test("another version is told from garbage", (t) => {
  const bytes = encodeOpening(REQUEST)
  bytes[4] = 2
  t.same(readOpening(bytes), { kind: "otherVersion" })
  bytes[0] = 0x16
  t.same(readOpening(bytes), { kind: "garbage" })
  t.end()
})

test("what an opening may not say is garbage", (t) => {
  const wrong: Partial<Opening>[] = [
    { source: "name:1" as Addr },
    { source: "10.0.0.1:0" as Addr },
    { source: "" as Addr },
    { target: memberId("a") },
    { kind: "watch" },
    { kind: "watch", target: "short" as Opening["target"] },
  ]
  for (const each of wrong)
    t.same(readOpening(encodeOpening({ ...REQUEST, ...each })), { kind: "garbage" }, JSON.stringify(each))
  t.end()
})
