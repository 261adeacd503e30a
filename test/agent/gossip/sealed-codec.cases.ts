import type { Message } from "@conclave/swim"
import { DATAGRAM_BYTES_MAX, encodePacket } from "@conclave/swim/wire"
import { sealedCodec } from "conclave/gossip/sealed-codec"
import { wireCodec } from "conclave/gossip/swim-codec"
import type { SealMode } from "conclave/seal-mode"
import fc from "fast-check"
import { test } from "tap"
import { anyMessage } from "../../swim/arbitraries.ts"
import { idOf } from "../../swim/stage.ts"
import { sealed, sealOf } from "./seal/stage.ts"

const PING: Message = { kind: "ping", from: idOf(1), target: idOf(2), nonce: 5, digest: 7, updates: [] }
const MODES: readonly SealMode[] = ["accept", "send", "require"]

function codecOf(member: number, mode: SealMode): ReturnType<typeof sealedCodec> {
  return sealedCodec("prod", sealOf(member), () => mode)
}

test("every message is read as it was said, and from whoever sealed it", async (t) => {
  const [a, b] = [codecOf(1, "require"), codecOf(2, "require")]
  fc.assert(
    fc.property(anyMessage, (message) => {
      const bytes = a.encodeMessage({ ...message, from: idOf(1) })
      fc.pre(bytes.length <= DATAGRAM_BYTES_MAX)
      t.same(b.decodeMessage(bytes), { ...message, from: idOf(1) })
    }),
    { numRuns: 200 },
  )
})

test("a sealed ping has 84 bytes, its answer 66, and no envelope more than 116", async (t) => {
  const codec = codecOf(1, "require")
  t.equal(codec.encodeMessage(PING).length, 84)
  t.equal(codec.encodeMessage({ kind: "ack", from: idOf(1), nonce: 1, digest: 1, updates: [] }).length, 66)
  const largest = { nonce: 0xffffffff, digest: 0xffffffff, timeoutMs: 0xffffffff }
  t.ok(codec.encodeMessage({ ...PING, kind: "pingReq", ...largest }).length <= 116)
})

test("an open cluster becomes a sealed one host by host: at each step all hear all", async (t) => {
  const hears = (to: SealMode | "open", from: SealMode | "open"): boolean => {
    const codec = (member: number, mode: SealMode | "open"): ReturnType<typeof sealedCodec> =>
      mode === "open" ? wireCodec("prod") : codecOf(member, mode)
    return codec(2, to).decodeMessage(codec(1, from).encodeMessage(PING)).kind === "ping"
  }
  const steps = ["open", ...MODES] as const
  for (const [index, step] of steps.entries()) {
    const next = steps[index + 1] ?? step
    for (const [a, b] of [
      [step, step],
      [step, next],
      [next, step],
    ] as const)
      t.ok(hears(a, b), `${a} hears ${b}`)
  }
  t.notOk(hears("require", "open"))
  t.notOk(hears("require", "accept"))
  t.notOk(hears("open", "send"))
})

test("what is not said so is refused with its reason", async (t) => {
  const codec = codecOf(2, "require")
  const problem = (bytes: Uint8Array): unknown => codec.decodeMessage(bytes)
  t.same(problem(wireCodec("prod").encodeMessage(PING)), { kind: "unreadable", problem: "unsealed" })
  t.same(problem(wireCodec("test").encodeMessage(PING)), { kind: "unreadable", problem: "label" })
  t.same(problem(Uint8Array.of(1, 2, 3)), { kind: "unreadable", problem: "truncated" })
  t.same(
    problem(sealed(sealOf(1), Uint8Array.of(2, 0))),
    { kind: "unreadable", problem: "malformed" },
    "by one with the key",
  )
  const packet = encodePacket(PING, 40, 16)
  sealOf(1).seal(packet)
  t.equal(codec.decodeMessage(packet).kind, "ping")
  t.same(problem(packet), { kind: "unreadable", problem: "replayed" })
  t.same(codecOf(2, "accept").decodeMessage(Uint8Array.of(1)), { kind: "unreadable", problem: "truncated" })
})

test("the mode may change under way", async (t) => {
  let mode: SealMode = "accept"
  const codec = sealedCodec("prod", sealOf(1), () => mode)
  t.equal(codec.encodeMessage(PING).length, 50)
  mode = "send"
  t.equal(codec.encodeMessage(PING).length, 84)
})
