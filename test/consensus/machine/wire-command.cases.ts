import { type Command, decodeCommand, encodeCommand, type RestoreId } from "@conclave/consensus"
import fc from "fast-check"
import { test } from "tap"
import { anyCommand } from "./history.ts"
import { acquireOf, hostId, secretOf, sessionId } from "./stage.ts"

const BIG = Number.MAX_SAFE_INTEGER
const RESTORE = sessionId(9) as string as RestoreId

/** One of each kind with every field at an unusual value. */
const FULL: readonly Command[] = [
  { kind: "tick" },
  { kind: "tick", wallMs: 0 },
  { kind: "tick", wallMs: 2 ** 53 - 1 },
  { kind: "renewHosts", items: [{ host: hostId(1), boot: BIG, attempt: BIG }] },
  {
    kind: "open",
    session: sessionId(1),
    secretHash: secretOf(sessionId(1)),
    host: hostId(2 ** 32 - 1),
    boot: BIG,
    attachment: BIG,
    ttlMs: 2 ** 32 - 1,
    liveness: "connection",
    member: "m".repeat(300),
    app: "é 𝒳",
    pid: 4_194_304,
  },
  { kind: "attach", session: sessionId(1), secretHash: new Uint8Array(32), host: hostId(1), boot: 0, attachment: 0 },
  { kind: "detach", session: sessionId(1), boot: 3, attachment: BIG },
  { kind: "end", session: sessionId(1), of: undefined, cause: "left", isGone: true },
  { kind: "end", session: sessionId(1), of: { boot: 0, attachment: 0 }, cause: "silent", isGone: false },
  { kind: "endHost", host: hostId(1), boot: BIG, isGone: true },
  { kind: "removeHost", host: hostId(1) },
  acquireOf(sessionId(1), BIG, {
    floor: BIG,
    hold: "election",
    names: ["a", "b"],
    mode: "shared",
    waitMs: 0,
    priority: -1_000_000,
    maxHoldMs: BIG,
    lockDelayMs: 60_000,
    note: "",
    value: '{"a":1}',
    limit: BIG,
    weight: BIG,
    id: "w-1",
    ready: false,
    worker: { capacity: undefined, zone: undefined, tags: [{ key: "a", value: "b" }], isLeaving: false },
  }),
  acquireOf(sessionId(1), 1, { hold: "work", worker: { capacity: 1, zone: "", tags: [], isLeaving: false } }),
  acquireOf(sessionId(1), 1, { hold: "semaphore", limit: 1, weight: 1 }),
  acquireOf(sessionId(1), 1, { hold: "group", id: "", ready: true }),
  acquireOf(sessionId(1), 1, { hold: "barrier", limit: 0 }),
  { kind: "cancel", session: sessionId(1), seq: 1, floor: 0 },
  { kind: "release", session: sessionId(1), seq: 1, floor: 1, token: BIG as never },
  {
    kind: "update",
    session: sessionId(1),
    seq: 1,
    floor: 1,
    token: 1 as never,
    note: "",
    value: undefined,
    ready: undefined,
  },
  { kind: "transfer", session: sessionId(1), seq: 1, floor: 1, token: 1 as never, to: "" },
  { kind: "revoke", what: { kind: "session", id: sessionId(3) }, graceMs: BIG, by: "me", reason: "r" },
  { kind: "revoke", what: { kind: "lock", name: "n", token: 0 as never }, graceMs: 0, by: "", reason: "" },
  { kind: "found", clusterId: "c", wallMs: BIG },
  { kind: "recover", wallMs: BIG, snapshotWallMs: 1 },
  { kind: "stage", restore: RESTORE, part: 2 ** 32 - 1, data: Uint8Array.of(0, 255) },
  { kind: "unstage", restore: RESTORE },
  { kind: "restore", restore: RESTORE, parts: 2 ** 32 - 1, wallMs: BIG, savedWallMs: BIG - 1, quietMs: 300_000 },
  { kind: "checkHash", index: BIG, hash: "0123456789abcdef" },
]

test("every command survives its way through bytes", (t) => {
  for (const command of FULL) t.same(decodeCommand(encodeCommand(command)), { ok: true, command }, command.kind)
  fc.assert(
    fc.property(anyCommand, (command) => {
      const decoded = decodeCommand(encodeCommand(command))
      t.same(decoded, { ok: true, command })
    }),
  )
  t.end()
})

test("a decoded command holds on to none of the bytes", (t) => {
  const [open] = FULL.filter(({ kind }) => kind === "open")
  const bytes = encodeCommand(open as Command)
  const decoded = decodeCommand(bytes)
  bytes.fill(0)
  t.same(decoded, { ok: true, command: open })
  t.end()
})

test("whatever the bytes, decoding answers: a command, malformed or unknown", (t) => {
  const samples = FULL.map(encodeCommand)
  const anyDamage = fc.tuple(fc.constantFrom(...samples), fc.array(fc.tuple(fc.nat(80), fc.nat(255)), { maxLength: 4 }))
  const seen = new Set<string>()
  const look = (bytes: Uint8Array): void => {
    const decoded = decodeCommand(bytes)
    seen.add(decoded.ok ? "ok" : decoded.problem)
    if (decoded.ok) t.same(decodeCommand(encodeCommand(decoded.command)), decoded)
  }
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), look), { numRuns: 1500 })
  fc.assert(
    fc.property(anyDamage, ([sample, hits]) => {
      const bytes = Uint8Array.from(sample)
      for (const [at, value] of hits) bytes[at % bytes.length] = value
      look(bytes)
      look(bytes.subarray(0, hits[0]?.[0] ?? 0))
    }),
    { numRuns: 1500 },
  )
  t.same([...seen].sort(), ["malformed", "ok", "unknown"])
  t.end()
})

test("what a newer program wrote is unknown, and what none did is malformed", (t) => {
  const problem = (...bytes: readonly number[]): unknown => {
    const decoded = decodeCommand(Uint8Array.from(bytes))
    return decoded.ok ? decoded.command : decoded.problem
  }
  t.equal(problem(0xa2, 0x06, 0x00), "unknown", "a command of another number")
  t.equal(problem(0x0a, 0x02, 0x10, 0x01), "unknown", "a field that a tick does not have")
  const release = encodeCommand(FULL[10] as Command)
  t.equal(problem(...release.subarray(0, 1), (release[1] ?? 0) + 2, ...release.subarray(2), 0x78, 0x01), "unknown")
  t.equal(problem(), "malformed", "nothing at all")
  t.equal(problem(0x2a, 0x00), "malformed", "a detach of no session")
  t.equal(problem(0x4a, 0x00), "malformed", "a cancel of no request")
  t.equal(problem(0x0a, 0x05), "malformed", "cut off")
  const acquire = encodeCommand(acquireOf(sessionId(1), 1))
  const at = 4 + (acquire[3] as number)
  t.equal(acquire[at + 1], 1, "the kind of the hold")
  acquire[at + 1] = 9
  t.equal(problem(...acquire), "unknown", "a kind of hold that came later")
  t.end()
})
