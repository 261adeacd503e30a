import { type Acquire, type Command, NO_TERMS, type SessionId, type Token } from "@conclave/consensus"
import { judge } from "@conclave/sim/check/judge"
import { test } from "tap"
import { Scripted } from "./scripted.ts"

const POOL = "w"
const TTL_MS = 2000

const sessionOf = (life: string): SessionId => `s-${life}` as SessionId

function open(life: string): Command {
  const secretHash = new Uint8Array(32)
  return {
    ...{ kind: "open", session: sessionOf(life), secretHash, host: "h".repeat(26) as never, boot: 1, attachment: 1 },
    ...{ ttlMs: TTL_MS, liveness: "heartbeat", member: "a1", app: life, pid: undefined },
  }
}

function join(life: string, seq: number, capacity: number | undefined): Acquire {
  const worker = { capacity, zone: undefined, tags: {} } as never
  return {
    ...{ kind: "acquire", session: sessionOf(life), seq, floor: 0, hold: "work", names: [POOL], mode: "exclusive" },
    ...{ waitMs: undefined, priority: 0, maxHoldMs: undefined, lockDelayMs: 0, note: undefined, value: undefined },
    ...{ ...NO_TERMS, worker },
  }
}

/** Workers of one pool, as the log has them: nobody says what their clients are told. */
class Crew extends Scripted {
  readonly #seqs: Map<string, number> = new Map()

  joins(atMs: number, life: string, capacity?: number): this {
    const seq = this.acquire(atMs, life, {}, `work/${POOL}`)
    this.#seqs.set(life, seq)
    return this.commit(atMs, open(life)).commit(atMs, join(life, seq, capacity))
  }

  put(atMs: number, item: string): this {
    const about = { pool: POOL, item, payload: undefined, weight: 1, pin: undefined, request: undefined }
    return this.commit(atMs, { kind: "workPut", ...about } as Command)
  }

  given(atMs: number, item: string, life: string): this {
    const to = { session: sessionOf(life), seq: this.#seqs.get(life) ?? 0 }
    return this.commit(atMs, {
      kind: "workAssign",
      pool: POOL,
      moves: [{ item, to, token: undefined, reason: "test" }],
    })
  }

  fails(atMs: number, item: string, life: string, token: number): this {
    const request = { session: sessionOf(life), seq: 90, floor: 0 }
    const about = { pool: POOL, item, token: token as Token, result: "failed", message: undefined }
    return this.commit(atMs, { kind: "workSettle", request, ...about } as Command)
  }

  leaves(atMs: number, life: string): this {
    return this.commit(atMs, { kind: "cancel", session: sessionOf(life), seq: this.#seqs.get(life) ?? 0, floor: 0 })
  }

  /** Nothing happens, at these times; all hosts are heard of. */
  passes(...timesMs: readonly number[]): this {
    for (const atMs of timesMs) {
      const items = [{ host: "h".repeat(26) as never, boot: 1, attempt: atMs }]
      this.commit(atMs, { kind: "renewHosts", items } as Command)
    }
    return this
  }
}

const IDLE = "a-free-item-is-given"
const OWNING = "the-gone-have-nothing"

const CASES: Readonly<Record<string, readonly [(crew: Crew) => void, ...(readonly string[])]>> = {
  "an item is given": [(crew) => crew.joins(1, "a").put(10, "t").given(900, "t", "a").passes(1500, 3000)],
  "an item lies about": [(crew) => crew.joins(1, "a").put(10, "t").passes(500, 1100), IDLE],
  "nobody is there for an item": [(crew) => crew.put(10, "t").passes(500, 1100, 1900)],
  "whoever is there is full": [
    (crew) => crew.joins(1, "a", 1).put(10, "t").given(12, "t", "a").put(14, "u").passes(500, 1100, 1900),
  ],
  "one of two has room": [
    (crew) => crew.joins(1, "a", 1).joins(1, "b", 1).put(10, "t").given(12, "t", "a").put(14, "u").passes(500, 1100),
    IDLE,
  ],
  "whoever is there is leaving": [
    (crew) => {
      crew.joins(1, "a").put(2, "u").given(3, "u", "a").put(10, "t").leaves(900, "a").passes(1100, 1900)
    },
  ],
  "an item that has failed rests": [
    (crew) => crew.joins(1, "a").put(2, "t").given(3, "t", "a").fails(20, "t", "a", 2).passes(500, 1010, 1900),
  ],
  "an item has rested, and lies about": [
    (crew) => crew.joins(1, "a").put(2, "t").given(3, "t", "a").fails(20, "t", "a", 2).passes(500, 1030, 1900, 2100),
    IDLE,
  ],
  "a dead process has an item for a moment": [
    (crew) => crew.joins(1, "a").put(2, "t").given(3, "t", "a").killed(100, "a").passes(500, 1050),
  ],
  "a process that is proven dead has an item": [
    (crew) => crew.joins(1, "a").put(2, "t").given(3, "t", "a").killed(100, "a").passes(500, 1150),
    OWNING,
  ],
  "a process that is proven dead has an item by a session that it had left behind": [
    (crew) => {
      crew.joins(1, "a").put(2, "t").given(3, "t", "a")
      crew.invoke(50, "a", "heartbeat", "session/s-a2", { s: "s-a2" })
      crew.killed(100, "a").passes(500, 1150, 2100)
    },
  ],
  "a process of which nobody knows has an item as long as its session may live": [
    (crew) => crew.joins(1, "a").put(2, "t").given(3, "t", "a").killed(100, "a", false).passes(1500, 3000, 3300),
  ],
  "a process of which nobody knows has an item for ever": [
    (crew) => crew.joins(1, "a").put(2, "t").given(3, "t", "a").killed(100, "a", false).passes(1500, 3000, 3400),
    OWNING,
  ],
  "a process that stands still has an item for ever": [
    (crew) => crew.joins(1, "a").put(2, "t").given(3, "t", "a").stopped(100, "a").passes(1500, 3000, 3400),
    OWNING,
  ],
  "a process that stood still goes on": [
    (crew) => {
      crew.joins(1, "a").put(2, "t").given(3, "t", "a").stopped(100, "a").continued(1400, "a").passes(1500, 3000, 3400)
    },
  ],
}

test("work that lies about is found, and what the dead still have, and nothing else", (t) => {
  for (const [name, [write, ...broken]] of Object.entries(CASES)) {
    const play = (fromUs: number): readonly string[] => {
      const crew = new Crew()
      write(crew)
      return [...new Set(judge(crew.lines, fromUs).map(({ rule }) => rule))]
    }
    t.same(play(0), broken, name)
    t.same(play(Number.POSITIVE_INFINITY), [], "while anything may be wrong nothing is promised")
  }
  t.end()
})

test("of a death that was proven while things were wrong the proof may be lost: its session's time decides", (t) => {
  const play = (...timesMs: readonly number[]): readonly string[] => {
    const crew = new Crew()
    crew
      .joins(1, "a")
      .put(2, "t")
      .given(3, "t", "a")
      .killed(100, "a")
      .passes(...timesMs)
    return [...new Set(judge(crew.lines, 200_000).map(({ rule }) => rule))]
  }
  t.same(play(500, 1500, 3400), [])
  t.same(play(500, 1500, 3500), [OWNING])
  t.end()
})
