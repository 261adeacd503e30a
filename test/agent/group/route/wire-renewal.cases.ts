import { logIndex, type Renewal } from "@conclave/consensus"
import {
  decodeReadIndex,
  decodeRenewal,
  decodeRenewed,
  encodeReadIndex,
  encodeRenewal,
  encodeRenewed,
  type Renewed,
} from "conclave/group/route/wire-renewal"
import { test } from "tap"
import { memberId } from "../../fake-view.ts"

const LARGE = Number.MAX_SAFE_INTEGER
const EMPTY = new Uint8Array(0)

test("renewals, their outcomes and indexes are read as they were written", async (t) => {
  const renewal: Renewal = { host: memberId("a"), boot: LARGE, attempt: 7 }
  t.same(decodeRenewal(encodeRenewal(renewal)), renewal)
  for (const isCurrent of [true, false]) {
    const outcome: Renewed = { host: memberId("b"), attempt: LARGE, timeMs: LARGE - 2, isCurrent, rev: LARGE - 1 }
    t.same(decodeRenewed(encodeRenewed(outcome)), outcome)
  }
  t.equal(decodeReadIndex(encodeReadIndex(logIndex(LARGE))), LARGE)
})

test("a time that was not said may have been any: it is as late as can be", async (t) => {
  const silent = { host: memberId("b"), attempt: 1, timeMs: undefined as never, isCurrent: true, rev: 3 }
  t.equal(decodeRenewed(encodeRenewed(silent))?.timeMs, LARGE)
})

test("what names no host, or no index, is nothing", async (t) => {
  t.equal(decodeRenewal(EMPTY), undefined)
  t.equal(decodeRenewal(Uint8Array.of(10, 3, 1, 2, 3)), undefined)
  t.equal(decodeRenewal(encodeRenewal({ host: memberId("a"), boot: 1, attempt: 1 }).subarray(0, 9)), undefined)
  t.equal(decodeRenewed(EMPTY), undefined)
  t.equal(decodeReadIndex(EMPTY), undefined)
  t.equal(decodeReadIndex(Uint8Array.of(255)), undefined)
})
