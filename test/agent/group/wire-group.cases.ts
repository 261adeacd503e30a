import type { RaftStatusJson } from "conclave/api/raft-schema"
import {
  decodeTold,
  decodeWish,
  encodeTold,
  encodeWish,
  type GroupRefusal,
  type GroupWish,
} from "conclave/group/wire-group"
import { test } from "tap"

const EMPTY = new Uint8Array(0)
const SEAT = { name: "a", id: "i", addr: "10.0.0.1:7951" }
const STATUS: RaftStatusJson = {
  ...{ term: "3", leader: "a", commitIndex: "9", appliedIndex: "8", quorum: 2, canLose: 1 },
  items: [
    { ...SEAT, role: "leader", up: true, matchIndex: "10", lag: 0, lastContactMs: 0 },
    { ...SEAT, name: "b", role: "voter", up: false, matchIndex: null, lag: null, lastContactMs: null },
    { ...SEAT, name: "c", role: "learner", up: true, matchIndex: "0", lag: 10, lastContactMs: 100 },
  ],
}
const REFUSAL: GroupRefusal = {
  code: "CONFLICT",
  message: "no",
  hint: "add another",
  details: { reason: "quorum-at-risk", current: 3, name: null },
}

test("wishes are read as they were written", async (t) => {
  const wishes: GroupWish[] = [
    { what: "add", name: "b" },
    { what: "remove", name: "b", force: true },
    { what: "remove", name: "b", force: false },
    { what: "transfer", to: "c" },
    { what: "transfer", to: undefined },
  ]
  for (const wish of wishes) t.same(decodeWish(encodeWish(wish)), wish)
  for (const bytes of [EMPTY, Uint8Array.of(8, 9), Uint8Array.of(8, 1), Uint8Array.of(8, 2), Uint8Array.of(255)]) {
    t.equal(decodeWish(bytes), undefined)
  }
})

test("what is told of the group is read as it was written", async (t) => {
  for (const refusal of [undefined, REFUSAL, { code: "INTERNAL", message: "", details: {} } as const]) {
    t.same(decodeTold(encodeTold({ status: STATUS, refusal })), { status: STATUS, refusal })
    const unled = { ...STATUS, leader: null, items: [] }
    t.same(decodeTold(encodeTold({ status: unled, refusal })), { status: unled, refusal })
  }
  t.equal(decodeTold(EMPTY), undefined)
  const bytes = encodeTold({ status: STATUS, refusal: REFUSAL })
  for (let at = 0; at < bytes.length; at++) decodeTold(bytes.subarray(0, at))
})

test("a code and a role of a later program are taken for the least that they may be", async (t) => {
  const told = decodeTold(Uint8Array.of(10, 4, 0x6a, 2, 32, 9, 18, 2, 8, 99))
  t.match(told?.status.items, [{ role: "learner" }])
  t.match(told?.refusal, { code: "INTERNAL" })
})
