import { type Acquire, type Command, NO_TERMS, type SessionId, type Token } from "@conclave/consensus"
import { judge } from "@conclave/sim/check/judge"
import type { Shown } from "@conclave/sim/check/lines"
import { test } from "tap"
import { Scripted } from "./scripted.ts"

const HOST = "h".repeat(26)
const KEY = "election/e"

function open(life: string): Command {
  return {
    ...{
      kind: "open",
      session: `s-${life}` as SessionId,
      secretHash: new Uint8Array(32),
      host: HOST as never,
      boot: 1,
    },
    ...{ attachment: 1, ttlMs: 100_000, liveness: "heartbeat", member: "a1", app: life, pid: undefined },
  }
}

function acquire(life: string, seq: number): Acquire {
  return {
    ...{ kind: "acquire", session: `s-${life}` as SessionId, seq, floor: 0, hold: "election", names: ["e"] },
    ...{
      mode: "exclusive",
      waitMs: undefined,
      priority: 0,
      maxHoldMs: undefined,
      lockDelayMs: 0,
      ...NO_TERMS,
      note: undefined,
    },
    value: `"${life}"`,
  }
}

/** Two stand for election; the first leads, hands back, and the second leads. */
class Story extends Scripted {
  readonly a: number
  readonly b: number
  readonly revs: { readonly first: number; readonly second: number }

  constructor() {
    super()
    this.commit(1, open("a")).commit(2, open("b"))
    this.a = this.acquire(3, "a", { value: "a" }, KEY)
    this.commit(4, acquire("a", this.a))
    const first = this.rev
    this.granted(5, this.a, 1)
    this.b = this.acquire(6, "b", { value: "b" }, KEY)
    this.commit(7, acquire("b", this.b)).queued(8, this.b)
    const release = { kind: "release", session: "s-a" as SessionId, seq: 90, floor: 0, token: 1 as Token } as const
    this.release(20, this.a, 25).commit(21, release).granted(24, this.b, 2)
    this.revs = { first, second: this.rev }
  }

  /** Who leads, as a read shows it. */
  look(fromMs: number, toMs: number, rev: number, holders: readonly Shown[], waiters: Shown[] = []): this {
    const read = this.invoke(fromMs, "r", "hold.get", KEY)
    return this.end(toMs, read, "ok", { rev, r: { holders, waiters } })
  }

  /** The log grants what its client is told has failed. */
  grantedAndFailed(e: string): void {
    const c = this.acquire(40, "a", {}, KEY)
    this.commit(40, acquire("a", c))
    this.end(50, c, "fail", { e })
    this.commit(60, { kind: "release", session: "s-b" as SessionId, seq: 91, floor: 0, token: 2 as Token })
  }

  get led(): { readonly byA: Shown; readonly byB: Shown } {
    return { byA: this.shown(this.a, 1, "a"), byB: this.shown(this.b, 2, "b") }
  }
}

function rules(write: (story: Story) => void, calmFromUs?: number): readonly string[] {
  const story = new Story()
  write(story)
  return [...new Set(judge(story.lines, calmFromUs).map(({ rule }) => rule))].sort()
}

const CASES: Readonly<Record<string, { readonly write: (story: Story) => void; readonly broken: readonly string[] }>> =
  {
    "reads that show what was": {
      write: (story) => {
        const { byB } = story.led
        story.look(30, 31, story.revs.second, [byB])
      },
      broken: [],
    },
    "a read names a revision at which it was otherwise": {
      write: (story) => story.look(30, 31, story.revs.second, [story.led.byA]),
      broken: ["histories-are-linearizable", "the-log-says-so"],
    },
    "a read leaves out who waits": {
      write: (story) => story.look(9, 10, story.revs.first + 1, [story.led.byA]),
      broken: ["the-log-says-so"],
    },
    "a read shows the past, and says so": {
      write: (story) => story.look(30, 31, story.revs.first, [story.led.byA]),
      broken: ["histories-are-linearizable", "nobody-is-told-the-past"],
    },
    "an answer names a revision that was never committed": {
      write: (story) => story.look(30, 31, story.revs.second + 1, [story.led.byB]),
      broken: ["the-log-says-so"],
    },
    "a grant that the log does not know": {
      write: (story) => story.granted(50, story.acquire(40, "a", {}, "lock/y"), 3),
      broken: ["the-log-says-so"],
    },
    "a certain failure that the log grants": {
      write: (story) => story.grantedAndFailed("NO_QUORUM"),
      broken: ["the-log-says-so"],
    },
    "a grant that was lost before it was told": {
      write: (story) => story.grantedAndFailed("GRANT_LOST"),
      broken: [],
    },
    "who was revoked still holds": {
      write: (story) => {
        const revoke = story.revoke(30, KEY, { graceMs: 0, reason: "o.1" })
        story.end(31, revoke, "ok", { rev: story.revs.second, r: { revoked: ["2"] } })
      },
      broken: ["the-log-says-so"],
    },
    "a log that two would read in two ways": {
      write: (story) => {
        story.commit(60, { kind: "tick" })
        const last = story.lines.findLast(({ k }) => k === "log")
        Object.assign(last as object, { rev: story.rev + 1 })
      },
      broken: ["the-log-means-one-thing"],
    },
  }

for (const [name, { write, broken }] of Object.entries(CASES)) {
  test(`beside its log: ${name}`, (t) => {
    t.same(rules(write), broken)
    t.end()
  })
}

test("where nothing is wrong the next has it at once after a release or a proven death, and after the last promise else", (t) => {
  const after = (write: (history: Scripted, b: number) => void): readonly string[] => {
    const history = new Scripted()
    const a = history.acquire(0, "a", { ttlMs: 2000 })
    history.granted(1, a, 1, 5000)
    const b = history.acquire(2, "b", { ttlMs: 2000 })
    history.queued(3, b)
    write(history, b)
    return judge(history.lines, 0).map(({ rule }) => rule)
  }
  const late = ["the-next-does-not-wait"]
  t.same(
    after((history, b) => history.release(100, 1, 101).granted(1100, b, 2)),
    [],
  )
  t.same(
    after((history, b) => history.release(100, 1, 101).granted(1102, b, 2)),
    late,
  )
  t.same(
    after((history, b) => history.granted(6200, b, 2)),
    [],
  )
  t.same(
    after((history, b) => history.granted(6300, b, 2)),
    late,
  )
  const killed = (provable: boolean, grantedMs: number): readonly string[] =>
    after((history, b) => {
      history.killed(100, "a", provable).granted(grantedMs, b, 2)
    })
  t.same([killed(true, 1100), killed(true, 1102)], [[], late])
  t.same([killed(false, 3300), killed(false, 3400)], [[], late])
  t.end()
})

test("whose release nobody answered while things were wrong has it for one time to live after that", (t) => {
  const next = (grantedMs: number): readonly string[] => {
    const history = new Scripted()
    const held = history.acquire(0, "a", { ttlMs: 2000 })
    history.granted(10, held, 1, 1500).lost(20, held, "released")
    history.end(100, history.invoke(20, "a", "release", "lock/x", { of: held }), "info")
    const b = history.acquire(5000, "b")
    history.queued(5001, b).granted(grantedMs, b, 2)
    return judge(history.lines, 5_000_000).map(({ rule }) => rule)
  }
  t.same([next(8200), next(8300)], [[], ["the-next-does-not-wait"]])
  t.end()
})

test("who hears so late of its grant that it has it no more has it for the cluster as long as it asked for", (t) => {
  const next = (grantedMs: number): readonly string[] => {
    const history = new Scripted()
    const held = history.acquire(2900, "a", { ttlMs: 2000, maxHoldMs: 1500 })
    history.granted(3000, held, 1, 3000).lost(3000, held, "max-hold")
    const b = history.acquire(3001, "b", { ttlMs: 2000 })
    history.queued(3002, b).granted(grantedMs, b, 2)
    return judge(history.lines, 0).map(({ rule }) => rule)
  }
  t.same([next(5700), next(5800)], [[], ["the-next-does-not-wait"]])
  t.end()
})

test("who asked earlier for several names stands in the way as long as it waits for the others", (t) => {
  const late = ["the-next-does-not-wait"]
  const behind = (mode: "shared" | "exclusive", askedMs: number, grantedMs: number): readonly string[] => {
    const history = new Scripted()
    const holder = history.acquire(0, "h", {}, "lock/y")
    history.granted(1, holder, 1)
    const several = history.acquire(askedMs, "s", { names: ["x", "y"], mode })
    history.queued(askedMs + 1, several)
    const next = history.acquire(10, "n", { mode })
    history.queued(11, next)
    history.end(2000, several, "fail", { e: "WAIT_TIMEOUT" }).granted(grantedMs, next, 2)
    return judge(history.lines, 0).map(({ rule }) => rule)
  }
  for (const mode of ["shared", "exclusive"] as const) {
    t.same([behind(mode, 5, 3000), behind(mode, 5, 3002)], [[], late], mode)
    t.same(behind(mode, 12, 2000), late, "one that asked later does not")
  }
  t.end()
})

test("a writer that waits stands in the way of readers who asked later, also when it gives up", (t) => {
  const behind = (askedMs: number, grantedMs: number): readonly string[] => {
    const history = new Scripted()
    const reader = history.acquire(0, "h", { mode: "shared" })
    history.granted(1, reader, 1)
    const writer = history.acquire(askedMs, "w", { mode: "exclusive" })
    history.queued(askedMs + 1, writer)
    const next = history.acquire(10, "n", { mode: "shared" })
    history.queued(11, next)
    history.end(2000, writer, "fail", { e: "WAIT_TIMEOUT" }).granted(grantedMs, next, 2)
    return judge(history.lines, 0).map(({ rule }) => rule)
  }
  const late = ["the-next-does-not-wait"]
  t.same([behind(5, 3000), behind(5, 3002), behind(12, 2000)], [[], late, late])
  t.end()
})

test("a lock delay behind a reader that was lost against its will keeps other readers away, too", (t) => {
  const behind = (reason: string, grantedMs: number): readonly string[] => {
    const history = new Scripted()
    const reader = history.acquire(0, "h", { mode: "shared", ttlMs: 2000, lockDelayMs: 1400 })
    history.granted(1, reader, 1, 1500).lost(100, reader, reason)
    const next = history.acquire(300, "n", { mode: "shared" })
    history.queued(301, next).granted(grantedMs, next, 2)
    return judge(history.lines, 0).map(({ rule }) => rule)
  }
  const late = ["the-next-does-not-wait"]
  t.same([behind("max-hold", 1800), behind("max-hold", 4200)], [[], late])
  t.same(behind("released", 1800), late)
  t.end()
})

test("a lock delay goes on when the process that lost the lock dies while it lasts; one that dies with the lock leaves none", (t) => {
  const behind = (lostMs: number | undefined, grantedMs: number): readonly string[] => {
    const history = new Scripted()
    const holder = history.acquire(0, "h", { ttlMs: 2000, lockDelayMs: 1600 })
    history.granted(1, holder, 1, 1500)
    if (lostMs !== undefined) history.lost(lostMs, holder, "max-hold")
    history.killed(200, "h")
    const next = history.acquire(300, "n")
    history.queued(301, next).granted(grantedMs, next, 2)
    return judge(history.lines, 0).map(({ rule }) => rule)
  }
  const late = ["the-next-does-not-wait"]
  t.same([behind(100, 1700), behind(100, 9000)], [[], late])
  t.same([behind(undefined, 1200), behind(undefined, 1700)], [[], late])
  t.end()
})
