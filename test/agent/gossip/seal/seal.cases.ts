import { createCipheriv, hkdfSync } from "node:crypto"
import { AssertionError, hashText, nodeIdBytes, Random } from "@conclave/base"
import { fingerprintOf } from "conclave/gossip/seal/seal-key"
import fc from "fast-check"
import { test } from "tap"
import { FUZZ_INPUTS } from "../../../fuzz.ts"
import { idOf } from "../../../swim/stage.ts"
import { CIPHERS, said, sealed, sealOf, secretOf } from "./stage.ts"

test("what one member seals another opens, and knows from whom it is", async (t) => {
  const [a, b] = [sealOf(1), sealOf(2)]
  const opened = b.open(sealed(a, "hello"))
  t.equal(said(opened), "hello")
  t.equal(opened.ok && opened.from, idOf(1))
  t.equal(said(a.open(sealed(b, "hello yourself"))), "hello yourself")
})

test("any body comes out as it went in, and is not to be read on the way", async (t) => {
  const [a, b] = [sealOf(1), sealOf(2)]
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 1400 }), (body) => {
      const packet = sealed(a, body)
      const isHidden = body.length < 8 || !Buffer.from(packet).includes(Buffer.from(body))
      const opened = b.open(packet)
      return isHidden && packet.length === body.length + 56 && opened.ok && Buffer.from(opened.body).equals(body)
    }),
  )
  t.pass("for all bodies")
})

test("the frame is what the document says, made here from its words alone", async (t) => {
  const boot = Buffer.from("b007b007b007b007", "hex")
  const secret = Buffer.alloc(32, 7)
  const seal = sealOf(1, { secrets: [secretOf(7)], ciphers: { ...CIPHERS, random: () => boot } })
  sealed(seal, "first")
  const packet = Buffer.from(sealed(seal, "body"))
  const sender = Buffer.from(nodeIdBytes(idOf(1)))
  const derive = (salt: Buffer, info: string, length: number): Buffer =>
    Buffer.from(hkdfSync("sha256", secret, salt, info, length))
  const print = derive(Buffer.alloc(0), "conclave fingerprint 1", 8)
  t.equal(fingerprintOf(secretOf(7), CIPHERS), print.toString("hex"))
  const header = Buffer.concat([
    Buffer.of(0xc1, 1 + ((print[0] as number) % 255), (hashText("prod") >>> 8) & 255, hashText("prod") & 255),
    Buffer.from("000000000002", "hex"),
    sender,
    boot,
    packet.subarray(34, 40),
  ])
  const nonce = Buffer.from("000000000000000000000002", "hex")
  const key = derive(Buffer.concat([sender, boot]), "conclave gossip 1 prod", 32)
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(header)
  const body = Buffer.concat([cipher.update("body"), cipher.final(), cipher.getAuthTag()])
  t.equal(packet.toString("hex"), Buffer.concat([header, body]).toString("hex"))
  t.equal(packet.toString("hex"), VECTOR, "as it was yesterday")
})

test("every changed bit is refused", async (t) => {
  const packet = sealed(sealOf(1), "the sun also rises")
  const other = sealOf(2)
  const passed: number[] = []
  for (let bit = 0; bit < packet.length * 8; bit++) {
    const changed = Uint8Array.from(packet)
    changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7))
    if (other.open(changed).ok) passed.push(bit)
  }
  t.same(passed, [])
  t.equal(said(other.open(packet)), "the sun also rises", "none of them used its counter up")
})

test("every cut and every longer one is refused", async (t) => {
  const packet = sealed(sealOf(1), "the sun also rises")
  const other = sealOf(2)
  for (let length = 0; length < packet.length; length++) t.notOk(other.open(packet.subarray(0, length)).ok, `${length}`)
  t.notOk(other.open(Uint8Array.from([...packet, 0])).ok)
  t.equal(said(other.open(new Uint8Array(1473).fill(0xc1))), "- oversize")
})

test("a datagram is taken once, and up to 1,023 others late", async (t) => {
  const [a, b] = [sealOf(1), sealOf(2)]
  const packets = Array.from({ length: 1100 }, (_, index) => sealed(a, String(index)))
  const at = (index: number): string => said(b.open(packets[index] as Uint8Array))
  t.equal(at(1050), "1050")
  t.equal(at(1050), "- replayed")
  t.equal(at(1049), "1049", "two that changed places are both taken")
  t.equal(at(27), "27")
  t.equal(at(26), "- replayed", "older than the window")
})

test("a process that starts anew seals under another key, and its counters begin anew", async (t) => {
  const b = sealOf(2)
  const [first, second] = [sealOf(1), sealOf(1)]
  const [x, y] = [sealed(first, "same"), sealed(second, "same")]
  t.equal(said(b.open(x)), "same")
  t.equal(said(b.open(y)), "same")
  t.not(Buffer.from(x.subarray(40)).toString("hex"), Buffer.from(y.subarray(40)).toString("hex"))
  t.equal(said(b.open(x)), "- replayed", "those of the life before are known, too")
})

test("of a machine that was copied while it ran the two go on with keys of their own", async (t) => {
  const bootOf = (packet: Uint8Array): string => Buffer.from(packet.subarray(26, 34)).toString("hex")
  const counterOf = (packet: Uint8Array): number => Buffer.from(packet).readUIntBE(4, 6)
  const clocks = { nowMs: 5000, aheadMs: 1_700_000_000_000 }
  const a = sealOf(1, { clock: { now: () => clocks.nowMs, wallMs: () => clocks.nowMs + clocks.aheadMs } })
  const b = sealOf(2)
  const boots = new Set<string>()
  let sent = 0
  const isNew = (why: string): boolean => {
    const packet = sealed(a, why)
    t.equal(said(b.open(packet)), why)
    t.equal(said(b.open(packet)), "- replayed")
    t.equal(counterOf(packet), ++sent, "and the counter never begins anew")
    return boots.size < boots.add(bootOf(packet)).size
  }
  t.ok(isNew("the first"))
  a.stood(1900)
  for (let second = 0; second < 3590; second++) {
    clocks.nowMs += 1000
    // As of a bad quartz.
    clocks.aheadMs += 1
    if (second % 100 === 0) t.notOk(isNew("awake"))
    else {
      sealed(a, "")
      sent++
    }
  }
  clocks.nowMs += 10_000
  t.ok(isNew("an hour"))
  a.stood(2000)
  t.ok(isNew("it stood still"))
  t.notOk(isNew("once"))
  clocks.aheadMs += 1500
  t.ok(isNew("the wall clock was set"))
  clocks.aheadMs -= 86_400_000
  t.ok(isNew("and back"))
  t.notOk(isNew("once"))
  clocks.nowMs += 3_600_000
  t.ok(isNew("another hour"))
  a.setKeys([secretOf(2)])
  t.equal(said(b.open(sealed(a, "x"))), "- sealed")
  sent++
})

test("each kind of stranger has its own problem", async (t) => {
  const own = sealOf(2)
  t.equal(said(own.open(sealed(sealOf(1, { secrets: [secretOf(2)] }), "x"))), "- sealed", "another key")
  t.equal(said(own.open(sealed(sealOf(1, { cluster: "test" }), "x"))), "- label", "another cluster, the same key")
  t.equal(said(own.open(new Uint8Array(0))), "- truncated")
  const bytes = sealed(sealOf(1), "x")
  const changed = (at: number, value: number): Uint8Array => {
    const copy = Uint8Array.from(bytes)
    copy[at] = value
    return copy
  }
  t.equal(said(own.open(changed(0, 0x16))), "- foreign")
  t.equal(said(own.open(changed(0, 0xc2))), "- version")
  t.equal(said(own.open(changed(1, 0))), "- unsealed")
  t.equal(said(own.open(changed(9, 7))), "- forged", "the counter")
  t.equal(said(own.open(changed(12, 7))), "- forged", "the sender")
  t.equal(said(own.open(changed(40, (bytes[40] as number) ^ 1))), "- forged", "the body")
})

test("two clusters with one label tag and one key do not hear each other", async (t) => {
  // Labels whose hashes end with the same 16 bits, found by search.
  const tags = new Map<number, string>()
  let pair: readonly [string, string] | undefined
  for (let index = 0; pair === undefined; index++) {
    const [label, tag] = [`c${index}`, hashText(`c${index}`) & 0xffff]
    const other = tags.get(tag)
    if (other !== undefined) pair = [other, label]
    tags.set(tag, label)
  }
  const [mine, theirs] = [sealOf(1, { cluster: pair[0] }), sealOf(2, { cluster: pair[1] })]
  t.equal(said(mine.open(sealed(theirs, "x"))), "- forged")
})

test("every key of the ring opens, the first one seals", async (t) => {
  const [old, fresh] = [secretOf(1), secretOf(2)]
  const [a, b] = [sealOf(1, { secrets: [old] }), sealOf(2, { secrets: [fresh, old] })]
  t.equal(said(b.open(sealed(a, "old"))), "old")
  t.equal(said(a.open(sealed(b, "new"))), "- sealed")
  a.setKeys([old, fresh])
  t.equal(said(a.open(sealed(b, "new"))), "new")
  const before = sealed(a, "again")
  t.equal(said(b.open(before)), "again")
  b.setKeys([fresh, old, secretOf(3)])
  t.equal(said(b.open(before)), "- replayed", "a change of the ring lets nothing in again")
  b.setKeys([fresh])
  t.equal(said(b.open(sealed(a, "late"))), "- sealed")
  a.setKeys([fresh])
  t.equal(said(b.open(sealed(a, "on time"))), "on time")
})

test("two keys with one short number are both tried", async (t) => {
  const numbers = Array.from({ length: 250 }, (_, index) => index)
  const ids = new Map<number, number>()
  let pair: readonly [number, number] | undefined
  for (const number of numbers) {
    const id = sealed(sealOf(1, { secrets: [secretOf(number)] }), "x")[1] as number
    const twin = ids.get(id)
    if (twin !== undefined) pair = [twin, number]
    ids.set(id, number)
  }
  if (pair === undefined) throw new Error("no two of 250 keys share a number of 255")
  const [one, two] = pair
  const ring = sealOf(2, { secrets: [secretOf(one), secretOf(two)] })
  for (const number of [one, two])
    t.equal(said(ring.open(sealed(sealOf(1, { secrets: [secretOf(number)] }), "x"))), "x")
})

test("a ring has one to four keys", async (t) => {
  t.throws(() => sealOf(1, { secrets: [] }), AssertionError)
  t.throws(() => sealOf(1, { secrets: [1, 2, 3, 4, 5].map(secretOf) }), AssertionError)
})

test("no bytes make it throw, and none that were changed are taken", async (t) => {
  const random = new Random(77)
  const a = sealOf(1)
  const corpus = Array.from({ length: 200 }, (_, index) => sealed(a, "x".repeat(index * 7)))
  const own = sealOf(2)
  const counts: Record<string, number> = {}
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  for (let input = 0; input < FUZZ_INPUTS; input++) {
    const result = said(own.open(damaged(random, random.pick(corpus))))
    const kind = result.startsWith("- ") ? result : "taken"
    counts[kind] = (counts[kind] ?? 0) + 1
  }
  Error.stackTraceLimit = limit
  t.equal(counts["taken"] ?? 0, 0)
  for (const problem of ["truncated", "oversize", "foreign", "version", "label", "sealed", "forged", "unsealed"])
    t.ok((counts[`- ${problem}`] ?? 0) > 0, `${problem}: ${counts[`- ${problem}`]}`)
  for (const packet of corpus) t.ok(own.open(packet).ok, "what nobody changed is taken still")
})

/** Never what it was before. */
function damaged(random: Random, source: Uint8Array): Uint8Array {
  const kind = random.below(8)
  if (kind === 0) return source.subarray(0, random.below(Math.min(source.length, 80)))
  if (kind === 1) return Uint8Array.from([...source, ...new Uint8Array(1 + random.below(40))])
  if (kind === 2) return Uint8Array.from({ length: random.below(1600) }, () => random.below(256))
  const bytes = Uint8Array.from(source)
  const [from, to] = kind === 3 ? [34, 40] : kind === 4 ? [0, 4] : kind < 7 ? [0, 40] : [0, bytes.length]
  for (let change = random.below(3); change >= 0; change--) {
    const at = from + random.below(to - from)
    bytes[at] = (bytes[at] as number) ^ (1 + random.below(255))
  }
  return Buffer.from(bytes).equals(source) ? bytes.fill(0) : bytes
}

const VECTOR =
  "c18e6572000000000002da84d977c2d761206b0f347bcbfb7570b007b007b007b0074b5dd99f608d6ae9856fb7c584193ee81fac6c1cfcf31e397746"
