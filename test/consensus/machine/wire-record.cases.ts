import type { Token } from "@conclave/consensus"
import { HISTORY_MAX } from "@conclave/consensus/machine/holds"
import {
  APP_BYTES_MAX,
  MEMBER_CHARACTERS_MAX,
  NAME_CHARACTERS_MAX,
  NOTE_BYTES_MAX,
  REASON_BYTES_MAX,
  TAGS_BYTES_MAX,
  VALUE_BYTES_MAX,
  ZONE_BYTES_MAX,
} from "@conclave/consensus/machine/limits"
import { RECORD_BYTES_MAX } from "@conclave/consensus/machine/state-hash"
import { decodeRecord, encodeRecord, type StateRecord } from "@conclave/consensus/machine/wire-record"
import { test } from "tap"
import { EVERY_RECORD } from "./every-record.ts"
import { sessionId } from "./stage.ts"

const BIG = Number.MAX_SAFE_INTEGER
const token = BIG as Token
const BIGGEST = { sum: BIG, max: BIG }
const LARGEST = {
  ...{ grants: BIG, lost: BIG, asked: BIG },
  ...{ held: BIGGEST, waited: BIGGEST, letGo: BIGGEST, queue: BIGGEST },
}

test("every record survives its way through bytes, and every field makes other bytes", (t) => {
  const seen = new Set<string>()
  for (const record of EVERY_RECORD) {
    const bytes = encodeRecord(record)
    t.same(decodeRecord(bytes), record)
    seen.add(bytes.join())
  }
  t.equal(seen.size, EVERY_RECORD.length)
  t.end()
})

test("no record that the limits allow is longer than what one counts as until it is weighed", (t) => {
  const text = (bytes: number): string => "x".repeat(bytes)
  const asked = { by: text(NAME_CHARACTERS_MAX), reason: text(REASON_BYTES_MAX), untilMs: BIG }
  const past = { member: text(MEMBER_CHARACTERS_MAX), app: text(APP_BYTES_MAX), sinceMs: BIG, untilMs: BIG }
  const times = {
    queuedAtMs: BIG,
    waitUntilMs: BIG,
    maxHoldMs: BIG,
    lockDelayMs: BIG,
    grantedAtMs: BIG,
    askedAtMs: BIG,
  }
  const hold: StateRecord = {
    kind: "hold",
    hold: {
      ...{
        session: sessionId(1),
        seq: BIG,
        kind: "lock",
        mode: "shared",
        weight: BIG,
        order: BIG,
        priority: BIG,
        token,
      },
      ...{ ...times, names: new Array(64).fill(text(NAME_CHARACTERS_MAX)), revoking: asked },
      ...{ note: text(NOTE_BYTES_MAX), value: text(VALUE_BYTES_MAX), id: text(NAME_CHARACTERS_MAX), ready: false },
      // As many tags as their bytes allow.
      worker: {
        ...{ capacity: BIG, zone: text(ZONE_BYTES_MAX) },
        tags: new Array(TAGS_BYTES_MAX).fill({ key: "k", value: "" }),
        isLeaving: true,
      },
    },
  }
  const name: StateRecord = {
    kind: "name",
    name: {
      ...{ kind: "lock", name: text(NAME_CHARACTERS_MAX), limit: BIG, quietUntilMs: BIG, askedAtMs: BIG, freedAt: BIG },
      history: new Array(HISTORY_MAX).fill({ ...past, token, reason: "released" }),
      figures: LARGEST,
    },
  }
  for (const record of [hold, name]) t.ok(encodeRecord(record).length <= RECORD_BYTES_MAX, record.kind)
  t.end()
})
