import { deepStrictEqual, equal, ok } from "node:assert/strict"
import { setImmediate as turn } from "node:timers/promises"
import { FrameReader, frame, Random } from "@conclave/base"
import { type Command, decodeCommand, encodeCommand } from "@conclave/consensus"
import { FAILURE } from "conclave/api/objects"
import { ADMIN } from "conclave/api/principal"
import { FRAMED, isFramedName, isOpName, OPS } from "conclave/api/schema"
import { Coordinator } from "conclave/coordination/coordinator"
import { FRAME_BYTES_MAX } from "conclave/frames/agent-frame"
import { FrameSession, type FrameWire } from "conclave/frames/frame-session"
import { Journal } from "conclave/journal"
import { NO_KEYRING } from "conclave/keyring/keyring"
import { PATIENCE } from "conclave/node/patience"
import { WatchHub } from "conclave/watch-hub"
import { WatchSlots } from "conclave/watch-slots"
import fc from "fast-check"
import { test } from "tap"
import type { z } from "zod"
import { anyCommand } from "../../consensus/machine/history.ts"
import { EVERY_WORK_COMMAND } from "../../consensus/machine/work/every-work.ts"
import { damaged, fuzzInputs } from "../../fuzz.ts"
import { damagedJson, damagedValue } from "../../fuzz-values.ts"
import { FakeProcesses, fakeSecrets, LoneCluster } from "../coordination/lone-cluster.ts"
import { FakeClock } from "../fake-clock.ts"
import { FakeAgent } from "../fake-view.ts"
import { NO_GROUP } from "../outside.ts"

const HELLO = { op: "hello", in: { protocol: 1, app: "test", process: { pid: 7, startTime: 9 } } }
const LOCK = { kind: "lock", name: "a" }
const ITEM = { name: "p", item: "x" }
/** What applications and operators ask for. */
const ASKED: readonly { readonly op: string; readonly in?: object; readonly seq?: number }[] = [
  { op: "session.open", in: { ttlMs: 10_000, label: "l" }, seq: 1 },
  { op: "heartbeat", in: {} },
  { op: "session.bind", in: { processGroup: 7 } },
  { op: "session.close", in: {} },
  { op: "hold", in: { ...LOCK, waitMs: 1000, names: ["b"], mode: "shared", lockDelayMs: 5, note: "n" }, seq: 1 },
  { op: "hold", in: { kind: "election", name: "e", value: { a: [1, "é"] }, priority: 3, maxHoldMs: 9000 }, seq: 2 },
  { op: "hold", in: { kind: "semaphore", name: "s", limit: 3, weight: 2 }, seq: 3 },
  { op: "hold", in: { kind: "group", name: "g", id: "w", ready: false, value: null }, seq: 4 },
  { op: "hold", in: { kind: "work", name: "p", id: "w", capacity: 2, zone: "z", tags: { k: "v" } }, seq: 5 },
  { op: "barrier", in: { name: "r", parties: 2, waitMs: 10 }, seq: 6 },
  { op: "hold.release", in: { ...LOCK, token: "1740800000000001" }, seq: 7 },
  { op: "hold.update", in: { ...LOCK, token: "1740800000000001", note: "m", ready: true }, seq: 8 },
  { op: "hold.transfer", in: { name: "e", token: "1740800000000002", to: "a" }, seq: 9 },
  { op: "semaphore.resize", in: { name: "s", limit: 4 }, seq: 10 },
  { op: "hold.list", in: { kind: "lock", prefix: "a", stale: true } },
  { op: "hold.get", in: { kind: "semaphore", name: "s" } },
  { op: "revoke", in: { ...LOCK, token: "1740800000000001", graceMs: 0, reason: "why" } },
  { op: "revoke", in: { kind: "session", name: "a".repeat(26), graceMs: 1000, reason: "why" } },
  { op: "sessions.list", in: {} },
  { op: "sessions.get", in: { id: `${"a".repeat(25)}a` } },
  { op: "kv.get", in: { key: "k" } },
  { op: "kv.list", in: { prefix: "k" } },
  { op: "kv.put", in: { key: "k", value: { a: 1 }, ifRev: "0", guard: { ...LOCK, token: "1" } }, seq: 11 },
  { op: "kv.put", in: { key: "k", value: "v" }, seq: 12 },
  { op: "kv.delete", in: { key: "k" }, seq: 13 },
  { op: "work.configure", in: { name: "q", partitions: 2, spread: "zone", maxAttempts: 3, restartGraceMs: 5 } },
  { op: "work.put", in: { ...ITEM, payload: [1], weight: 2, pin: "w" }, seq: 14 },
  { op: "work.items", in: { name: "p" } },
  { op: "work.retry", in: ITEM },
  { op: "work.settle", in: { ...ITEM, token: "1", result: "failed", message: "m" }, seq: 15 },
  { op: "work.checkpoint", in: { ...ITEM, token: "1", value: 7 }, seq: 16 },
  { op: "work.explain", in: ITEM },
  { op: "work.remove", in: ITEM, seq: 17 },
  { op: "watch", in: { kind: "lock", name: "a", by: "holder" } },
  { op: "watch", in: { kind: "kv", prefix: "k", from: "3" } },
  { op: "watch", in: { kind: "members" } },
  { op: "watch", in: { kind: "work", name: "p" } },
  { op: "events", in: { follow: true, kind: "member", since: "2026-03-01T12:00:00.000Z" } },
  { op: "status", in: {} },
  { op: "members.list", in: { status: ["alive"], tag: "dc=a" } },
  { op: "members.get", in: { name: "a" } },
  { op: "ping", in: { name: "a", count: 2 } },
  { op: "join", in: { addrs: ["127.0.0.1:7951"] } },
  { op: "leave", in: { name: "b", prune: true, force: true, graceMs: 0 } },
  { op: "faults", in: { drop: ["b"], in: true, out: false } },
  { op: "config.show", in: {} },
  { op: "raft.status", in: {} },
  { op: "raft.transfer", in: { to: "b" } },
  { op: "keyring", in: { verb: "list" } },
]

/** What other hosts have in the log: who has a key may say there what no agent of ours would. */
const OTHERS: readonly Command[] = [...fc.sample(anyCommand, { numRuns: 300, seed: 1 }), ...EVERY_WORK_COMMAND]

/** Undefined: it cannot be said, or nobody but a leader says it. */
function ofAnother(random: Random): Command | undefined {
  try {
    const decoded = decodeCommand(encodeCommand(damagedValue(random, random.pick(OTHERS))))
    return decoded.ok ? decoded.command : undefined
  } catch {
    return undefined
  }
}

/** One client, all of whose words are looked at, and what it is told. */
class Client {
  readonly session: FrameSession
  readonly #ops: Map<number, string> = new Map()
  readonly #answered: Set<number> = new Set()
  readonly #reader: FrameReader = new FrameReader(FRAME_BYTES_MAX)
  isOver = false
  id = 0

  constructor(options: ConstructorParameters<typeof FrameSession>[1]) {
    const wire: FrameWire = {
      isWritable: () => !this.isOver,
      send: (...body) => this.#told(Buffer.concat(body)),
      unsentBytes: () => 0,
      end: () => {
        this.isOver = true
      },
      destroy: () => {
        this.isOver = true
      },
    }
    this.session = new FrameSession(wire, options, () => {})
    this.session.start(new Uint8Array(0))
    this.say({ ...HELLO, id: ++this.id })
  }

  say(message: object): void {
    const { id, op } = message as { readonly id?: unknown; readonly op?: unknown }
    if (typeof id === "number" && typeof op === "string" && !this.#ops.has(id)) this.#ops.set(id, op)
    this.push(frame(Buffer.from(JSON.stringify(message))))
  }

  push(bytes: Uint8Array): void {
    if (!this.isOver) this.session.received(bytes)
  }

  close(): void {
    this.isOver = true
    this.session.closed()
  }

  #told(body: Uint8Array): void {
    const bodies = this.#reader.push(frame(body))
    ok(bodies !== "oversize" && bodies.length === 1)
    const { id, ev, ...last } = JSON.parse(Buffer.from(body).toString()) as { id?: number; ev?: object; error?: object }
    if ("error" in last) conforms(FAILURE, { error: last.error }, "error")
    if (id === undefined) return
    const op = this.#ops.get(id)
    if (op === undefined || op === "hello") return
    // Who waits at a barrier is told what one who waits for a hold is.
    if (ev !== undefined) return isOpName(op) ? conforms(OPS[op === "barrier" ? "hold" : op].output, ev, op) : undefined
    // The last word on a call; there is no other.
    ok(!this.#answered.has(id), `call ${id} was answered twice`)
    this.#answered.add(id)
    if (!("out" in last)) return
    const { out } = last
    if (isFramedName(op)) conforms(FRAMED[op].output, out, op)
    // Who gives up waiting at a barrier has let go of a place, as of a hold.
    else if (isOpName(op) && !OPS[op].stream && !(op === "barrier" && isLetGo(out))) conforms(OPS[op].output, out, op)
  }
}

function isLetGo(out: unknown): boolean {
  return typeof out === "object" && out !== null && "released" in out && out.released === false
}

function conforms(schema: z.ZodType, said: unknown, what: string): void {
  const { error } = schema.safeParse(said)
  equal(error, undefined, `${what}: ${JSON.stringify(said)}: ${error?.message}`)
}

/** Bytes that may stand for another call than the one that was meant. */
function odd(random: Random, message: object): Uint8Array {
  return damaged(random, [frame(Buffer.from(JSON.stringify(message)))])
}

const FRAMES_EACH = 50
const CLIENTS_EACH = 10

test("whatever is said in frames, each call has at most one answer, all is as the schema says, and the state is sound", async (t) => {
  const random = new Random(1001)
  const count = { inputs: 0, ends: 0, answers: 0 }
  for (const inputs = fuzzInputs(2500); count.inputs < inputs; ) {
    const clock = new FakeClock()
    const cluster = new LoneCluster(clock)
    const { view } = new FakeAgent()
    const journal = new Journal(view)
    const hub = new WatchHub(view, clock)
    const coordination = new Coordinator({
      ...{ cluster, clock, secrets: fakeSecrets(), processes: new FakeProcesses(), ttlMs: 10_000 },
      ...{ member: () => "a", audit: () => {}, tell: () => {} },
    })
    const feeds: ConstructorParameters<typeof FrameSession>[1]["context"]["feeds"] = {
      members: (query, onReadable) => hub.watch(query, onReadable),
      events: (query, onReadable) => journal.read(query, onReadable),
    }
    const context = { view, feeds, coordination, raft: NO_GROUP, keyring: NO_KEYRING }
    const slots = new WatchSlots()
    const clients: Client[] = []
    for (let left = CLIENTS_EACH * FRAMES_EACH; left > 0; left--, count.inputs++) {
      const client = clients.at(-1)
      if (client === undefined || client.isOver || random.chance(1, FRAMES_EACH)) {
        if (client?.isOver) count.ends++
        if (clients.length > 2) clients.shift()?.close()
        const next = new Client({ context, principal: ADMIN, slots, clock, patience: PATIENCE })
        clients.push(next)
        next.say({ id: ++next.id, op: "session.open", in: {} })
        continue
      }
      const asked = { ...random.pick(ASKED), id: ++client.id }
      switch (random.below(8)) {
        case 0:
          client.push(odd(random, asked))
          break
        case 1:
          client.say(
            random.pick([
              { id: random.below(client.id), end: true },
              { id: random.below(client.id), credit: 9 },
            ]),
          )
          break
        case 2:
          client.say(damagedJson(random, asked) as object)
          break
        case 3:
          client.say(asked)
          break
        default:
          client.say({ ...asked, in: damagedJson(random, asked.in ?? {}) })
      }
      const other = random.chance(1, 2) ? ofAnother(random) : undefined
      if (other !== undefined) cluster.apply(other)
      if (random.chance(1, 8)) await turn()
      if (random.chance(1, 8)) clock.advance(random.pick([1, 60, 1000, 11_000]))
      if (random.chance(1, 16)) deepStrictEqual(cluster.machine.problems(), [])
    }
    for (const client of clients) client.close()
    coordination.stop()
    cluster.stop()
    journal.close()
    hub.close()
    count.answers += cluster.commands.length
  }
  t.ok(count.ends > 0 && count.answers > count.inputs / 20, JSON.stringify(count))
})
