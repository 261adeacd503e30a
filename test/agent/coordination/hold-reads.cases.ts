import type { Millis } from "@conclave/base"
import type { Acquire, Command, SessionId } from "@conclave/consensus"
import type { HoldJson, SessionJson } from "conclave/api/hold-objects"
import { APPLICATION } from "conclave/api/principal"
import { holdReads } from "conclave/coordination/hold-reads"
import { ReplicatedTime } from "conclave/coordination/replicated-time"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"
import { clockOf } from "../fake-links.ts"
import { memberId } from "../fake-view.ts"
import { LoneCluster } from "./lone-cluster.ts"

const ID = `${"s".repeat(25)}a` as SessionId
const OPEN: Command = {
  ...{ kind: "open", session: ID, secretHash: new Uint8Array(32), host: memberId("a"), boot: 1, attachment: 1 },
  ...{ ttlMs: 300_000, liveness: "heartbeat", member: "a", app: "web", pid: 7 },
}

/** A host whose clock goes on by a millisecond at each look, so that anything long takes several turns. */
class Stage {
  readonly cluster: LoneCluster = new LoneCluster(clockOf(new FakeClock()))
  readonly turns: (() => void)[] = []
  readonly reads: ReturnType<typeof holdReads>
  readonly caller = {
    principal: APPLICATION,
    timeoutMs: 5000,
    seen: { rev: 0 },
    speaker: undefined,
    seq: undefined,
    floor: 0,
  } as const
  #seq = 0

  constructor() {
    let ms = 0
    const clock = {
      ...clockOf(new FakeClock()),
      now: () => ++ms as Millis,
      afterTurn: (act: () => void) => void this.turns.push(act),
    }
    this.reads = holdReads({ cluster: this.cluster, clock }, new ReplicatedTime(() => this.cluster.machine.walls))
    this.cluster.apply(OPEN)
  }

  lock(name: string, hold: Acquire["hold"] = "lock"): void {
    this.cluster.apply({
      ...{ kind: "acquire", session: ID, seq: ++this.#seq, floor: 0, hold, names: [name], mode: "exclusive" },
      ...{ priority: 0, waitMs: undefined, maxHoldMs: undefined, lockDelayMs: 0, note: undefined, value: undefined },
    } as unknown as Acquire)
  }

  /** Goes on until all turns are over. */
  finish(between: () => void = () => {}): number {
    let turns = 0
    for (let next = this.turns.shift(); next !== undefined; next = this.turns.shift(), turns++) {
      between()
      next()
    }
    return turns
  }
}

test("a long list is read over many turns, and shows the revision at which it began", (t) => {
  const stage = new Stage()
  for (let at = 0; at < 500; at++) stage.lock(`n${at}`)
  const { rev } = stage.cluster.machine
  let answer: { readonly rev: string; readonly items: readonly HoldJson[] } | undefined
  stage.reads["hold.list"]({ kind: "lock" }, stage.caller, (out) => {
    answer = out as never
  })
  let more = 0
  const turns = stage.finish(() => stage.lock(`later${more++}`))
  t.ok(turns > 10, `${turns} turns`)
  t.equal(answer?.rev, String(rev))
  t.equal(answer?.items.length, 500)
  t.same(
    answer?.items.map(({ name }) => name),
    stage.cluster.machine.names("lock", "n"),
  )
  t.match(answer?.items[0], { name: "n0", rev: String(rev), holders: [{ app: "web", pid: 7 }], waiters: [] })
  t.end()
})

test("a name with very many waiters is written down over many turns, as it was when it was asked for", (t) => {
  const stage = new Stage()
  for (let at = 0; at < 1000; at++) stage.lock("busy")
  const { rev } = stage.cluster.machine
  let answer: HoldJson | undefined
  stage.reads["hold.get"]({ kind: "lock", name: "busy" }, stage.caller, (out) => {
    answer = out as HoldJson
  })
  t.equal(answer, undefined)
  const turns = stage.finish(() => stage.lock("busy"))
  t.ok(turns > 3, `${turns} turns`)
  t.match(answer, { rev: String(rev), holders: [{ seq: 1 }] })
  t.strictSame(
    answer?.waiters.map(({ seq, position }) => [seq, position]),
    Array.from({ length: 999 }, (_, at) => [at + 2, at + 1]),
  )
  t.end()
})

test("of a list, too, a name with very many places is written down over many turns", (t) => {
  const stage = new Stage()
  for (let at = 0; at < 1000; at++) stage.lock("busy")
  let items: readonly HoldJson[] = []
  stage.reads["hold.list"]({ kind: "lock" }, stage.caller, (out) => {
    items = (out as { readonly items: readonly HoldJson[] }).items
  })
  let last = 0
  const turns = stage.finish(() => {
    last = items.length
  })
  // Four for the records of it, a look for 64 places each.
  t.ok(turns > 8, `${turns} turns`)
  t.same([last, items.length, items[0]?.waiters.length], [0, 1, 999])
  t.end()
})

test("who stands at a name is told as they were, also those who have gone since", (t) => {
  const stage = new Stage()
  for (let at = 0; at < 1000; at++) stage.lock("busy")
  let answer: HoldJson | undefined
  stage.reads["hold.get"]({ kind: "lock", name: "busy" }, stage.caller, (out) => {
    answer = out as HoldJson
  })
  stage.cluster.apply({ kind: "end", session: ID, of: undefined, cause: "closed", isGone: false })
  t.equal(stage.cluster.machine.session(ID), undefined)
  stage.finish()
  t.same([answer?.holders.length, answer?.waiters.length], [1, 999])
  t.match(answer?.waiters.at(-1), { session: ID, app: "web", seq: 1000 })
  t.end()
})

test("a list by its prefix, of one kind, and one name", (t) => {
  const stage = new Stage()
  for (const name of ["a/1", "a/2", "b/1"]) stage.lock(name)
  stage.lock("a/3", "election")
  const listed = (input: { readonly kind: string; readonly prefix?: string }): readonly string[] => {
    let names: readonly string[] = []
    stage.reads["hold.list"](input, stage.caller, (out) => {
      names = (out as { readonly items: readonly HoldJson[] }).items.map(({ name }) => name)
    })
    stage.finish()
    return names
  }
  t.same(listed({ kind: "lock", prefix: "a/" }), ["a/1", "a/2"])
  t.same(listed({ kind: "election" }), ["a/3"])
  stage.reads["hold.list"]({ kind: "mutex" }, stage.caller, (out) => t.match(out, { code: "NOT_FOUND" }))
  stage.reads["hold.get"]({ kind: "lock", name: "a/1" }, stage.caller, (out) =>
    t.match(out, { holders: [{ app: "web" }] }),
  )
  t.end()
})

test("sessions are listed with what they hold and wait for", (t) => {
  const stage = new Stage()
  stage.lock("a")
  stage.lock("a")
  let items: readonly SessionJson[] = []
  stage.reads["sessions.list"]({}, stage.caller, (out) => {
    items = (out as { readonly items: readonly SessionJson[] }).items
  })
  stage.finish()
  t.match(items, [{ id: ID, ttlMs: 300_000, grants: [{ name: "a" }], waits: [{ kind: "lock", name: "a" }] }])
  stage.reads["sessions.get"]({ id: ID }, stage.caller, (out) => t.match(out, { id: ID, state: "attached" }))
  const other = `${"t".repeat(25)}a`
  stage.reads["sessions.get"]({ id: other }, stage.caller, (out) => t.match(out, { code: "NOT_FOUND" }))
  t.end()
})
