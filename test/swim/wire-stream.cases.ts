import { deepStrictEqual } from "node:assert/strict"
import type { StreamReply } from "@conclave/swim"
import { decodeReply, decodeRequest, encodeReply, encodeRequest } from "@conclave/swim/wire"
import { PAGE_BYTES_MAX, PAGE_UPDATES_MAX, REASON_CHARS_MAX } from "@conclave/swim/wire-stream"
import fc from "fast-check"
import protobuf from "protobufjs/minimal.js"
import { test } from "tap"
import { anyId, anyRecord, anyReply, anyRequest } from "./arbitraries.ts"

const ID = new Uint8Array(16).fill(9)

function written(write: (writer: protobuf.Writer) => void): Uint8Array {
  const writer = new protobuf.Writer()
  write(writer)
  return writer.finish()
}

test("a request is read as it was written", async (t) => {
  fc.assert(
    fc.property(anyRequest, (request) => {
      deepStrictEqual(decodeRequest(encodeRequest(request)), { ok: true, request })
    }),
  )
  t.pass("for all requests")
})

test("a page of a reply is read as it was written", async (t) => {
  fc.assert(
    fc.property(anyReply, (reply) => {
      deepStrictEqual(decodeReply(encodeReply(reply)), { ok: true, reply })
    }),
  )
  t.pass("for all replies")
})

test("requests and replies of a later version are unknown, not malformed", async (t) => {
  t.same(
    decodeRequest(
      written((w) =>
        w
          .uint32(10)
          .bytes(ID)
          .uint32(15 * 8 + 2)
          .string("later"),
      ),
    ),
    {
      ok: false,
      problem: "unknown",
    },
  )
  t.same(decodeReply(written((w) => w.uint32(15 * 8).uint32(1))), { ok: false, problem: "unknown" })
})

test("requests that cannot be are malformed", async (t) => {
  const [record] = fc.sample(anyRecord, 1)
  const refused: Record<string, Uint8Array> = {
    nothing: new Uint8Array(0),
    "no sender": written((w) => w.uint32(18).bytes(ID)),
    "short sender": written((w) => w.uint32(10).bytes(ID.subarray(1)).uint32(18).bytes(ID)),
    "short target": written((w) => w.uint32(10).bytes(ID).uint32(18).bytes(ID.subarray(1))),
    "somebody else's record": written((w) =>
      w
        .uint32(10)
        .bytes(ID)
        .uint32(26)
        .bytes(record?.bytes ?? ID),
    ),
    "damaged record": written((w) => w.uint32(10).bytes(ID).uint32(26).bytes(ID)),
    "63 buckets": written((w) => {
      w.uint32(10).bytes(ID).uint32(34).fork()
      w.uint32(10).bytes(new Uint8Array(252)).uint32(18).bytes(new Uint8Array(8)).ldelim()
    }),
    "63 settled bits": written((w) => {
      w.uint32(10).bytes(ID).uint32(34).fork()
      w.uint32(10).bytes(new Uint8Array(256)).uint32(18).bytes(new Uint8Array(7)).ldelim()
    }),
    "half a length": Uint8Array.of(10, 16, 1),
  }
  for (const [name, bytes] of Object.entries(refused)) {
    t.same(decodeRequest(bytes), { ok: false, problem: "malformed" }, name)
  }
})

test("replies that cannot be are malformed", async (t) => {
  const long = written((w) => w.uint32(50).string("x".repeat(REASON_CHARS_MAX + 1)))
  t.same(decodeReply(long), { ok: false, problem: "malformed" })
  t.same(decodeReply(written((w) => w.uint32(42).bytes(ID))), { ok: false, problem: "malformed" })
  t.same(decodeReply(written((w) => w.uint32(34).bytes(new Uint8Array(0)))), {
    ok: false,
    problem: "malformed",
  })
})

test("a page over its limit is refused unread", async (t) => {
  const bytes = new Uint8Array(PAGE_BYTES_MAX + 1)
  t.same(decodeRequest(bytes), { ok: false, problem: "oversize" })
  t.same(decodeReply(bytes), { ok: false, problem: "oversize" })
})

test("a page with a forged number of rows is refused at the first too many", async (t) => {
  const rows = new Uint8Array(2 * (PAGE_UPDATES_MAX + 1))
  for (let at = 0; at < rows.length; at += 2) rows[at] = 66
  const request = written((w) => w.uint32(10).bytes(ID).uint32(42).bytes(rows))
  t.same(decodeRequest(request), { ok: false, problem: "malformed" })
  const allowed = written((w) => w.uint32(10).bytes(ID).uint32(42).bytes(rows.subarray(2)))
  t.ok(decodeRequest(allowed).ok)
})

test("a long reason is cut, half a surrogate pair at its end replaced", async (t) => {
  const reason = `${"x".repeat(REASON_CHARS_MAX - 1)}\u{1f600}`
  const cut: StreamReply = { kind: "refused", reason: `${"x".repeat(REASON_CHARS_MAX - 1)}\ufffd` }
  t.same(decodeReply(encodeReply({ kind: "refused", reason })), { ok: true, reply: cut })
})

test("what was read does not hold on to the buffer it came in", async (t) => {
  const [from] = fc.sample(anyId, 1)
  const [record] = fc.sample(anyRecord, 1)
  if (from === undefined || record === undefined) throw new Error("no samples")
  const bytes = encodeReply({
    kind: "rows",
    from,
    updates: [
      { kind: "alive", record },
      { kind: "opaque", bytes: Uint8Array.of(1, 2, 3), hops: 1 },
    ],
    wanted: [],
  })
  const before = decodeReply(bytes)
  const copy = structuredClone(before)
  bytes.fill(0)
  t.same(before, copy)
})
