import { type Command, decodeCommand, encodeCommand } from "@conclave/consensus"
import { test } from "tap"
import { sessionId } from "./stage.ts"

const BIG = Number.MAX_SAFE_INTEGER
const request = { session: sessionId(1), seq: BIG, floor: BIG }
const guard = { kind: "election", name: "e", token: BIG as never } as const
const WRITES: readonly Command[] = [
  { kind: "kvPut", request, key: "k", value: '"é 𝒳"', ifRev: BIG, guard },
  { kind: "kvPut", request: undefined, key: "k".repeat(255), value: "0", ifRev: 0, guard: undefined },
  { kind: "kvPut", request: undefined, key: "k", value: "x".repeat(65_536), ifRev: undefined, guard: undefined },
  { kind: "kvDelete", request, key: "k", ifRev: BIG, guard },
  { kind: "resize", request, name: "s", limit: BIG },
  { kind: "resize", request: undefined, name: "", limit: 0 },
  { kind: "kvDelete", request: undefined, key: "k", ifRev: 0, guard: undefined },
  { kind: "kvDelete", request: undefined, key: "k", ifRev: undefined, guard: undefined },
]

test("every write survives its way through bytes, with a number and without; none and 0 are not the same", (t) => {
  for (const command of WRITES) t.same(decodeCommand(encodeCommand(command)), { ok: true, command })
  t.equal(new Set(WRITES.map((each) => String(encodeCommand(each)))).size, WRITES.length)
  t.end()
})

test("a guard of a kind that came later is unknown, and a request without a number malformed", (t) => {
  const bytes = encodeCommand(WRITES[3] as Command)
  const at = bytes.lastIndexOf(2, bytes.indexOf("e".charCodeAt(0)))
  bytes[at] = 99
  t.match(decodeCommand(bytes), { ok: false, problem: "unknown" })
  const numberless = encodeCommand({ kind: "kvDelete", request: { ...request, seq: 0 }, key: "k", ifRev: 0, guard })
  t.match(decodeCommand(numberless), { ok: false, problem: "malformed" })
  t.end()
})
