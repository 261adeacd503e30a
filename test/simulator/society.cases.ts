import { judge } from "@conclave/sim/check/judge"
import type { EndLine, Input } from "@conclave/sim/check/lines"
import { test } from "tap"
import { Scripted } from "./scripted.ts"

const GROUP = "group/g"
const BARRIER = "barrier/b"
const PERMITS = "semaphore/s"

/** Members, parties and permits, written by hand. */
class Society extends Scripted {
  joined(atMs: number, life: string, token: number, a: Input = {}): number {
    const op = this.acquire(atMs, life, { id: "m", value: life, ready: true, ...a }, GROUP)
    this.granted(atMs + 1, op, token)
    return op
  }

  /** Who is there by the id `m`, as a read shows it. */
  seen(
    atMs: number,
    op: number,
    token: number,
    more: { readonly value?: string; readonly ready?: boolean } = {},
  ): this {
    const member = { id: "m", ready: true, value: "b", ...more }
    return this.read(atMs, atMs + 1, [{ ...this.shown(op, token), ...member }], GROUP)
  }

  comes(atMs: number, life: string, parties = 2): number {
    return this.invoke(atMs, life, "barrier", BARRIER, { parties })
  }

  through(atMs: number, op: number, index: number, generation = 7): this {
    return this.end(atMs, op, "ok", { rev: 1, r: { generation: String(generation), index } })
  }

  permit(atMs: number, life: string, weight: number, limit = 3): number {
    return this.acquire(atMs, life, { weight, limit }, PERMITS)
  }

  resized(call: number, end: number, limit: number, k: EndLine["k"] = "ok"): this {
    return this.end(end, this.invoke(call, "r", "semaphore.resize", PERMITS, { limit }), k)
  }

  guarded(call: number, end: number, key: string, token: number, e?: string): this {
    const slash = key.indexOf("/")
    const guard = { kind: key.slice(0, slash), name: key.slice(slash + 1), token: String(token) }
    const op = this.invoke(call, "w", "kv.put", "kv/k", { value: `v${call}`, guard })
    return e === undefined ? this.end(end, op, "ok", { rev: call }) : this.end(end, op, "fail", { e })
  }
}

type Case = readonly [(society: Society) => void, ...(readonly string[])]

const LINEAR = "histories-are-linearizable"

const CASES: Readonly<Record<string, Case>> = {
  "the newest join of an id wins, and the older one hears of it": [
    (society) => {
      const a = society.joined(1, "a", 1)
      const b = society.joined(10, "b", 2)
      society.lost(11, a, "fenced").seen(20, b, 2)
    },
  ],
  "the older join of an id wins": [
    (society) => {
      const a = society.joined(1, "a", 1)
      const b = society.joined(10, "b", 2)
      society.lost(11, b, "fenced").seen(20, a, 1, { value: "a" })
    },
    LINEAR,
    "only-a-newer-join-fences",
    "who-is-fenced-hears-of-it",
  ],
  "two are there by one id": [
    (society) => {
      const [a, b] = [society.joined(1, "a", 1), society.joined(10, "b", 2)]
      const member = { id: "m", ready: true }
      const [first, second] = [society.shown(a, 1, "a"), society.shown(b, 2, "b")]
      society.lost(30, a, "fenced").read(
        20,
        21,
        [first, second].map((each) => ({ ...each, ...member })),
        GROUP,
      )
    },
    LINEAR,
  ],
  "who is fenced does not hear of it": [
    (society) => {
      society.joined(1, "a", 1)
      society.seen(20, society.joined(10, "b", 2), 2)
    },
    "who-is-fenced-hears-of-it",
  ],
  "who is fenced stands still, and hears of it later": [
    (society) => {
      society.joined(1, "a", 1)
      society.joined(10, "b", 2)
      society.stopped(5, "a")
    },
  ],
  "who fences is fenced before it has heard that it joined": [
    (society) => {
      const a = society.joined(1, "a", 1)
      const b = society.invoke(10, "b", "acquire", GROUP, { id: "m" })
      society.lost(11, a, "fenced").joined(20, "a", 3)
      society.end(30, b, "fail", { e: "GRANT_LOST" })
    },
  ],
  "who is said to fence was refused": [
    (society) => {
      const a = society.joined(1, "a", 1)
      const b = society.invoke(10, "b", "acquire", GROUP, { id: "m" })
      society.lost(11, a, "fenced").end(30, b, "fail", { e: "RESOURCE_EXHAUSTED" })
    },
    "only-a-newer-join-fences",
  ],
  "somebody is fenced by nobody": [
    (society) => {
      society.joined(1, "b", 2, { id: "other" })
      society.lost(50, society.joined(10, "a", 3), "fenced")
    },
    "only-a-newer-join-fences",
  ],
  "what a member says of itself is shown": [
    (society) => {
      const b = society.joined(1, "b", 1)
      const about = { of: b, token: "1", value: "new", ready: false }
      society.seen(3, b, 1).end(8, society.invoke(5, "b", "hold.update", GROUP, about), "ok")
      society.seen(10, b, 1, { value: "new", ready: false })
    },
  ],
  "that a member is not ready is not shown": [
    (society) => {
      const b = society.joined(1, "b", 1)
      const about = { of: b, token: "1", value: "b", ready: false }
      society.end(8, society.invoke(5, "b", "hold.update", GROUP, about), "ok").seen(10, b, 1)
    },
    LINEAR,
  ],
  "a worker is fenced, and its item another's, while it believes": [
    (society) => {
      const a = society.acquire(1, "a", { id: "w" }, "work/w")
      society.granted(2, a, 1).end(4, society.invoke(3, "p", "work.put", "work/w", { item: "t" }), "ok")
      const about = { item: "t", rev: 1, attempt: 1 }
      society.item(5, a, "assigned", { ...about, token: "2" })
      society.item(5, a, "until", { item: "t", token: "2", until: 1_000_000_000 })
      const b = society.acquire(10, "b", { id: "w" }, "work/w")
      society.granted(11, b, 3).item(12, b, "assigned", { ...about, token: "4" })
      society.item(12, b, "until", { item: "t", token: "4", until: 1_000_000_000 })
      society.lost(15, a, "fenced")
    },
  ],
  "a barrier opens when both have come": [
    (society) => {
      const [a, b] = [society.comes(1, "a"), society.comes(20, "b")]
      society.queued(2, a).through(22, a, 0).through(23, b, 1)
      const [c, d] = [society.comes(30, "c"), society.comes(30, "d")]
      society.through(32, c, 1, 9).through(33, d, 0, 9)
    },
  ],
  "a barrier opens one party early": [
    (society) => {
      society.through(5, society.comes(1, "a"), 0)
      society.cancelled(30, society.comes(20, "b"))
    },
    "a-barrier-opens-with-all",
  ],
  "a barrier opens with one who was not answered": [
    (society) => {
      const [a, b] = [society.comes(1, "a"), society.comes(2, "b")]
      society.through(5, a, 0).end(9, b, "info", { e: "KILLED" })
    },
  ],
  "a barrier opens with one who certainly was not there": [
    (society) => {
      const [a, b] = [society.comes(1, "a"), society.comes(2, "b")]
      society.through(5, a, 0).end(9, b, "fail", { e: "WAIT_TIMEOUT" })
    },
    "a-barrier-opens-with-all",
  ],
  "one is through before the other has come": [
    (society) => {
      const a = society.comes(1, "a")
      society.through(5, a, 0).through(9, society.comes(6, "b"), 1)
    },
    "generations-grow",
    "nobody-is-through-before-all-have-come",
  ],
  "two have one place": [
    (society) => {
      const [a, b] = [society.comes(1, "a"), society.comes(1, "b")]
      society.through(5, a, 0).through(5, b, 0)
    },
    "each-party-has-its-place",
  ],
  "a third gets a place of two": [
    (society) => {
      const [a, b, c] = [society.comes(1, "a"), society.comes(1, "b"), society.comes(1, "c")]
      society.through(5, a, 0).through(5, b, 1).through(5, c, 2)
    },
    "each-party-has-its-place",
  ],
  "a generation comes again": [
    (society) => {
      const [a, b] = [society.comes(1, "a"), society.comes(1, "b")]
      society.through(5, a, 0, 7).through(5, b, 1, 7)
      const [c, d] = [society.comes(10, "c"), society.comes(10, "d")]
      society.through(12, c, 0, 6).through(12, d, 1, 6)
    },
    "generations-grow",
  ],
  "a barrier does not open": [
    (society) => {
      const [a, b] = [society.comes(1, "a"), society.comes(1, "b")]
      society.queued(2, a).queued(3, b).end(2000, a, "fail", { e: "WAIT_TIMEOUT" })
    },
    "a-barrier-opens-as-soon-as-all-are-there",
  ],
  "permits fit what there is at their time": [
    (society) => {
      const a = society.permit(1, "a", 3)
      society
        .granted(2, a, 1)
        .resized(5, 6, 4)
        .granted(11, society.permit(10, "b", 1, 4), 2)
      society.resized(20, 21, 2).release(30, a, 31)
    },
  ],
  "a permit is granted beyond a limit that shrank": [
    (society) => {
      const a = society.permit(1, "a", 2)
      const b = society.permit(3, "b", 2, 2)
      society.granted(2, a, 1).resized(2.5, 2.6, 2).queued(4, b).granted(6, b, 2)
    },
    LINEAR,
    "permits-fit",
  ],
  "a permit is granted that a limit has grown for": [
    (society) => {
      const a = society.permit(1, "a", 2)
      const b = society.permit(3, "b", 2)
      society.granted(2, a, 1).queued(4, b).resized(10, 12, 4).granted(11, b, 2)
    },
  ],
  "a semaphore that has grown forgets who waits": [
    (society) => {
      const a = society.permit(1, "a", 2)
      const b = society.permit(3, "b", 2)
      society.granted(2, a, 1).queued(4, b).resized(10, 12, 4).release(3000, a, 3001).granted(3002, b, 2)
    },
    "the-next-does-not-wait",
  ],
  "a light permit waits behind a heavy one, and fits beside it": [
    (society) => {
      const [a, b] = [society.permit(1, "a", 2), society.permit(3, "b", 2)]
      const c = society.permit(5, "c", 1)
      society.granted(2, a, 1).queued(4, b).queued(6, c)
      society.release(3000, a, 3001).granted(3002, b, 2).granted(3002, c, 3)
    },
  ],
  "a light permit that fits waits for who holds": [
    (society) => {
      const [a, b] = [society.permit(1, "a", 2), society.permit(3, "b", 1)]
      society.granted(2, a, 1).queued(4, b).release(3000, a, 3001).granted(3002, b, 2)
    },
    "the-next-does-not-wait",
  ],
  "who waits for more than there is now is told": [
    (society) => {
      const [a, b] = [society.permit(1, "a", 1), society.permit(3, "b", 3)]
      society.granted(2, a, 1).queued(4, b).resized(10, 12, 2).end(13, b, "fail", { e: "CONFLICT" })
    },
  ],
  "who waits for more than there is now is forgotten": [
    (society) => {
      const [a, b] = [society.permit(1, "a", 1), society.permit(3, "b", 3)]
      society.granted(2, a, 1).queued(4, b).resized(10, 12, 2).cancelled(5000, b)
    },
    "who-waits-for-too-much-hears-of-it",
  ],
  "a write is guarded by who holds": [
    (society) => {
      const a = society.acquire(1, "a")
      society.granted(2, a, 1).guarded(3, 4, "lock/x", 1).guarded(9, 12, "lock/x", 1, "GRANT_LOST")
      society.release(10, a, 11).guarded(20, 21, "lock/x", 1, "GRANT_LOST")
    },
  ],
  "a write is done under a grant that has moved": [
    (society) => {
      const a = society.acquire(1, "a")
      society.granted(2, a, 1).release(3, a, 4).granted(6, society.acquire(5, "b"), 2).guarded(7, 8, "lock/x", 1)
    },
    LINEAR,
  ],
  "a write under a grant that holds is refused": [
    (society) => {
      society.granted(2, society.acquire(1, "a"), 1).guarded(3, 4, "lock/x", 1, "GRANT_LOST")
    },
    LINEAR,
  ],
  "what an operator takes is lost": [
    (society) => {
      const a = society.acquire(1, "a")
      society.granted(2, a, 1).revoke(5, "lock/x", { graceMs: 0, reason: "o.1" })
      society.lost(6, a, "revoked")
    },
  ],
  "a restore takes all": [
    (society) => {
      const a = society.acquire(1, "a")
      society
        .granted(2, a, 1)
        .end(9, society.invoke(5, "o", "restore", "state/"), "ok")
        .lost(8, a, "revoked")
    },
  ],
  "what is told after a restore as granted and lost was granted before it": [
    (society) => {
      const a = society.acquire(1, "a")
      society
        .end(6, society.invoke(5, "o", "restore", "state/"), "ok")
        .granted(7, a, 1)
        .lost(8, a, "revoked")
    },
  ],
  "what is asked for after a restore is lost by another revoke": [
    (society) => {
      society.end(3, society.invoke(2, "o", "restore", "state/"), "ok")
      const a = society.acquire(5, "a")
      society.granted(7, a, 1).lost(8, a, "revoked")
    },
    "only-what-is-revoked-is-lost-so",
  ],
  "what another one had is lost with it": [
    (society) => {
      const [a, b] = [society.acquire(1, "a"), society.acquire(1, "b", {}, "lock/y")]
      society.granted(2, a, 1).granted(2, b, 2).revoke(5, "lock/x", { graceMs: 0, reason: "o.1" })
      society.lost(6, a, "revoked").lost(6, b, "revoked")
    },
    "only-what-is-revoked-is-lost-so",
  ],
}

test("what is wrong among members, parties and permits is found, and nothing else", (t) => {
  for (const [name, [write, ...broken]] of Object.entries(CASES)) {
    const society = new Society()
    write(society)
    t.same([...new Set(judge(society.lines, 0).map(({ rule }) => rule))].sort(), [...broken].sort(), name)
  }
  t.end()
})

/** A worker with two items, of which somebody takes the first. */
function taken(lost: readonly number[], token?: string): readonly string[] {
  const society = new Society()
  const a = society.acquire(1, "a", { id: "w" }, "work/w")
  society.granted(2, a, 1)
  for (const index of [0, 1]) {
    const item = `t${index}`
    society.end(4, society.invoke(3, "p", "work.put", "work/w", { item }), "ok")
    society.item(5, a, "assigned", { item, rev: 1, attempt: 1, token: String(2 + index) })
    society.item(5, a, "until", { item, token: String(2 + index), until: 1_000_000_000 })
  }
  const about = { graceMs: 0, reason: "o.1", ...(token === undefined ? {} : { token }) }
  const revoked = token === undefined ? ["1"] : [token]
  society.end(9, society.revoke(8, "work/w", about), "ok", { r: { revoked } })
  for (const index of lost)
    society.item(10, a, "lost", { item: `t${index}`, token: String(2 + index), reason: "revoked" })
  return judge(society.lines).map(({ rule }) => rule)
}

test("an item that is revoked takes no other with it; a worker takes all that it has", (t) => {
  t.same(taken([0], "2"), [])
  t.same(taken([0, 1], "2"), ["only-what-is-revoked-is-lost-so"])
  t.same(taken([0, 1]), [], "its worker")
  t.same(taken([0, 1], "1"), [], "its worker, by its token")
  t.end()
})
