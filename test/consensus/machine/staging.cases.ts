import type { Command, RestoreId, Token } from "@conclave/consensus"
import { ChunkWriter } from "@conclave/consensus/machine/chunks"
import { ENTRY_VALUE_BYTES_MAX, NAME_CHARACTERS_MAX, NOTE_BYTES_MAX } from "@conclave/consensus/machine/limits"
import { STAGED_BYTES_MAX, STAGED_KEPT_MS } from "@conclave/consensus/machine/staging"
import { RECORD_BYTES_MAX } from "@conclave/consensus/machine/state-hash"
import { encodeRecord } from "@conclave/consensus/machine/wire-record"
import {
  ATTEMPTS_MAX,
  CHECKPOINT_BYTES_MAX,
  DECISIONS_MAX,
  MESSAGE_BYTES_MAX,
  PAYLOAD_BYTES_MAX,
  WEIGHT_MAX,
} from "@conclave/consensus/machine/work/limits"
import type { Item } from "@conclave/consensus/machine/work/types"
import { test } from "tap"
import { Stage, sessionId } from "./stage.ts"

const FIRST = sessionId(101) as string as RestoreId
const SECOND = sessionId(102) as string as RestoreId

function part(restore: RestoreId, number: number, bytes = 10): Command {
  return { kind: "stage", restore, part: number, data: new Uint8Array(bytes) }
}

const SUPERSEDED = { kind: "refused", refusal: { kind: "conflict", reason: "superseded" } }

test("parts come in order, each once; another restore takes their place", (t) => {
  const stage = new Stage()
  t.match(stage.result(part(FIRST, 1)), SUPERSEDED)
  t.match(stage.result(part(FIRST, 0)), { kind: "done" })
  const { hash } = stage.machine
  t.match(stage.result(part(FIRST, 0)), { kind: "done" }, "sent again")
  t.equal(stage.machine.hash, hash)
  t.match(stage.result(part(FIRST, 2)), SUPERSEDED)
  t.match(stage.result(part(FIRST, 1)), { kind: "done" })
  t.match(stage.result(part(SECOND, 0)), { kind: "done" })
  t.match(stage.result(part(FIRST, 2)), SUPERSEDED, "whose parts are gone")
  const when = { wallMs: 8e12, savedWallMs: 0, quietMs: 0 }
  t.match(stage.result({ kind: "restore", restore: FIRST, parts: 2, ...when }), SUPERSEDED)
  t.match(stage.result({ kind: "restore", restore: SECOND, parts: 2, ...when }), SUPERSEDED, "one is missing")
  t.end()
})

test("a part has a size, and all of them together", (t) => {
  const stage = new Stage({ stateBytes: Math.ceil((3 * STAGED_BYTES_MAX) / 1.25) })
  const invalid = { refusal: { kind: "invalid", field: "data" } }
  t.match(stage.result(part(FIRST, 0, 0)), invalid)
  t.match(stage.result(part(FIRST, 0, STAGED_BYTES_MAX + 1)), invalid)
  for (let number = 0; number < 3; number++) {
    t.match(stage.result(part(FIRST, number, STAGED_BYTES_MAX)), { kind: "done" })
  }
  t.match(stage.result(part(FIRST, 3, 1)), { refusal: { kind: "exhausted", limit: "state" } })
  t.end()
})

test("a part has room for the longest entry, item, and record that waits to be weighed", (t) => {
  const big = Number.MAX_SAFE_INTEGER
  const name = "n".repeat(NAME_CHARACTERS_MAX)
  const told = "x".repeat(NAME_CHARACTERS_MAX + MESSAGE_BYTES_MAX)
  const entry = { key: name, value: "x".repeat(ENTRY_VALUE_BYTES_MAX), modRev: big, createRev: big }
  const item: Item = {
    ...{ pool: name, item: name, order: big, weight: WEIGHT_MAX, pin: name, state: "revoking", target: name },
    ...{ keptUntilMs: big, attempt: ATTEMPTS_MAX, losses: ATTEMPTS_MAX, sinceMs: big },
    payload: "x".repeat(PAYLOAD_BYTES_MAX),
    checkpoint: "x".repeat(CHECKPOINT_BYTES_MAX),
    owner: { session: sessionId(1), seq: big, id: name, token: big as Token, note: "x".repeat(NOTE_BYTES_MAX) },
    revoking: { by: told, reason: told, untilMs: big },
    decisions: Array(DECISIONS_MAX).fill({ rev: big, atMs: big, from: name, to: name, reason: told }),
  }
  for (const record of [{ kind: "entry", entry } as const, { kind: "item", item } as const]) {
    const chunks = new ChunkWriter(STAGED_BYTES_MAX)
    chunks.add(encodeRecord(record))
    t.ok((chunks.take()?.length ?? 0) <= STAGED_BYTES_MAX, record.kind)
  }
  t.ok(RECORD_BYTES_MAX < STAGED_BYTES_MAX)
  t.end()
})

test("what was staged goes when it is called off, or when nobody goes on with it", (t) => {
  const stage = new Stage()
  const { stateBytes } = stage.machine
  stage.apply(part(FIRST, 0))
  stage.apply({ kind: "unstage", restore: SECOND })
  t.ok(stage.machine.stateBytes > stateBytes, "another's")
  stage.apply({ kind: "unstage", restore: FIRST })
  t.equal(stage.machine.stateBytes, stateBytes)
  stage.apply(part(FIRST, 0))
  stage.pass(STAGED_KEPT_MS - 1)
  stage.apply(part(FIRST, 1))
  stage.pass(STAGED_KEPT_MS - 1)
  t.ok(stage.machine.stateBytes > stateBytes)
  stage.pass(1)
  t.equal(stage.machine.stateBytes, stateBytes)
  t.end()
})

test("what is staged takes no room from sessions and holds", (t) => {
  const stage = new Stage({ stateBytes: 20_000 })
  const session = stage.open(1)
  const data = new Uint8Array(10_000)
  t.match(stage.result({ kind: "stage", restore: FIRST, part: 0, data }), { kind: "done" })
  t.match(stage.result({ kind: "stage", restore: FIRST, part: 1, data }), { kind: "done" })
  t.match(stage.result({ kind: "stage", restore: FIRST, part: 2, data }), { refusal: { limit: "state" } })
  t.ok(stage.machine.stateBytes > 20_000)
  t.match(stage.acquire(session, 1), { kind: "granted" })
  t.ok(stage.machine.session(stage.open(2)))
  t.end()
})
