import { judge } from "@conclave/sim/check/judge"
import { test } from "tap"
import { Scripted } from "./scripted.ts"

/** What a history that was written by hand breaks. */
function rules(write: (history: Scripted) => void): readonly string[] {
  const history = new Scripted()
  write(history)
  return [...new Set(judge(history.lines).map(({ rule }) => rule))].sort()
}

/** Two clients, one after the other, as it should be. */
function handOver(history: Scripted): { readonly a: number; readonly b: number } {
  const a = history.acquire(0, "a")
  history.granted(10, a, 1)
  const b = history.acquire(20, "b")
  history.queued(25, b).release(100, a, 110).granted(112, b, 2)
  return { a, b }
}

const GOOD: Readonly<Record<string, (history: Scripted) => void>> = {
  "one after the other": (history) => {
    const { b } = handOver(history)
    history.act(120, b, 2).release(200, b, 205).read(300, 301, [])
  },
  "a reader sees either side of a release that overlaps it": (history) => {
    const { a } = handOver(history)
    history.read(101, 115, [history.shown(a, 1)])
  },
  "readers share": (history) => {
    const [a, b] = [history.acquire(0, "a", { mode: "shared" }), history.acquire(1, "b", { mode: "shared" })]
    history
      .granted(10, a, 1)
      .granted(11, b, 2)
      .read(12, 13, [history.shown(a, 1), history.shown(b, 2)])
  },
  "a release that nobody acknowledged may have been done": (history) => {
    const a = history.acquire(0, "a")
    history.granted(10, a, 1).release(50, a)
    history.granted(70, history.acquire(60, "b"), 2)
  },
  "and may never have been done": (history) => {
    const a = history.acquire(0, "a")
    history
      .granted(10, a, 1)
      .release(50, a)
      .read(5000, 5001, [history.shown(a, 1)])
  },
  "a client that was killed is followed by another": (history) => {
    history.granted(10, history.acquire(0, "a"), 1).killed(50, "a").ended(55, "a", "exited")
    history.granted(60, history.acquire(20, "b"), 2)
  },
  "one whose promise ran out is followed by another": (history) => {
    history.granted(10, history.acquire(0, "a"), 1, 500)
    history.granted(501, history.acquire(20, "b"), 2)
  },
  "one that handed over and asks for that once more is followed by another": (history) => {
    const a = history.acquire(0, "a", {}, "election/x")
    const b = history.acquire(20, "b", {}, "election/x")
    const about = { of: a, token: "1" }
    history.granted(10, a, 1).queued(25, b).until(50, a, 50)
    history.end(55, history.invoke(50, "a", "hold.transfer", "election/x", about), "ok").granted(60, b, 2)
    const again = history.invoke(70, "a", "hold.transfer", "election/x", about)
    history.end(75, again, "fail", { e: "GRANT_LOST" })
  },
  "one that was revoked before it could hear of that is followed by another": (history) => {
    const a = history.acquire(0, "a")
    history.granted(10, a, 1).end(55, history.revoke(50, "lock/x", { graceMs: 0, reason: "o.1" }), "ok")
    const b = history.acquire(20, "b")
    history.queued(21, b).granted(54, b, 2).act(60, b, 2).act(61, a, 1).lost(70, a, "revoked")
  },
  "and so is one whose session was": (history) => {
    history.granted(10, history.acquire(0, "a"), 1)
    history.revoke(50, "session/s-a", { graceMs: 0, reason: "o.1" })
    history.granted(60, history.acquire(20, "b"), 2)
  },
  "one that was asked to finish is followed by another when its grace is over": (history) => {
    const a = history.acquire(0, "a")
    history.granted(10, a, 1)
    history.revoke(50, "lock/x", { graceMs: 1000, reason: "o.1" })
    history.revoking(60, a, "o.1").until(60, a, 1030)
    history.granted(1050, history.acquire(20, "b"), 2)
  },
  "what a restore ends is held by nobody, and its client believes in it until its promise has run out": (history) => {
    history.granted(10, history.acquire(0, "a"), 1, 500)
    history.end(60, history.invoke(50, "o", "restore", "state/"), "ok")
    history.read(70, 71, [])
    history.granted(501, history.acquire(80, "b"), 2)
  },
  "a request that was given up may have been granted for a moment": (history) => {
    const a = history.acquire(0, "a")
    history
      .cancelled(10, a)
      .read(15, 16, [history.shown(a, 1)])
      .read(30, 31, [])
    history.granted(50, history.acquire(40, "b"), 2)
  },
  "a preferred candidate overtakes": (history) => {
    const key = "election/e"
    const first = history.acquire(0, "a", { priority: 0 }, key)
    history.granted(1, first, 1)
    const [low, high] = [history.acquire(2, "b", { priority: 0 }, key), history.acquire(9, "c", { priority: 5 }, key)]
    history.queued(3, low).queued(10, high).release(20, first, 21).granted(22, high, 2).release(30, high, 31)
    history.granted(32, low, 3)
  },
  "a value that may have been written is shown or not": (history) => {
    const key = "election/e"
    const a = history.acquire(0, "a", { value: "1" }, key)
    history.granted(10, a, 1).read(11, 12, [history.shown(a, 1, "1")], key)
    history.end(40, history.invoke(20, "a", "hold.update", key, { token: "1", value: "2" }), "info", { e: "TIMEOUT" })
    history.read(50, 51, [history.shown(a, 1, "1")], key).read(60, 61, [history.shown(a, 1, "2")], key)
  },
  "a session that was promised nothing any more expires": (history) => {
    history.session(0, "a", 500).ended(501, "a", "expired")
  },
}

for (const [name, write] of Object.entries(GOOD)) {
  test(`a history is in order: ${name}`, (t) => {
    t.same(rules(write), [])
    t.end()
  })
}

const BAD: Readonly<
  Record<string, { readonly write: (history: Scripted) => void; readonly broken: readonly string[] }>
> = {
  "two hold at once": {
    write: (history) => {
      history.granted(10, history.acquire(0, "a"), 1)
      history.granted(30, history.acquire(20, "b"), 2)
    },
    broken: ["histories-are-linearizable", "one-holder-believes"],
  },
  "a reader and a writer hold at once": {
    write: (history) => {
      history.granted(10, history.acquire(0, "a", { mode: "shared" }), 1)
      history.granted(30, history.acquire(20, "b"), 2)
    },
    broken: ["histories-are-linearizable", "one-holder-believes"],
  },
  "permits weigh more than there is": {
    write: (history) => {
      const permit = (atMs: number, life: string, weight: number): number =>
        history.acquire(atMs, life, { weight, limit: 3 }, "semaphore/s")
      history.granted(10, permit(0, "a", 2), 1).granted(30, permit(20, "b", 1), 2)
      history.granted(50, permit(40, "c", 1), 3)
    },
    broken: ["histories-are-linearizable", "permits-fit"],
  },
  "a permit is granted before the promise to a silent one has run out": {
    write: (history) => {
      const permit = { weight: 2, limit: 3 }
      history.granted(10, history.acquire(0, "a", permit, "semaphore/s"), 1, 500)
      history.granted(499, history.acquire(20, "b", permit, "semaphore/s"), 2)
    },
    broken: ["histories-are-linearizable", "permits-fit"],
  },
  "a group shows a member that has left": {
    write: (history) => {
      const a = history.acquire(0, "a", {}, "group/g")
      const b = history.acquire(0, "b", {}, "group/g")
      history.granted(10, a, 1).granted(11, b, 2).release(20, a, 25)
      history.read(
        30,
        31,
        [
          { s: "s-a", seq: a, token: "1" },
          { s: "s-b", seq: b, token: "2" },
        ],
        "group/g",
      )
    },
    broken: ["histories-are-linearizable"],
  },
  "the next is granted before the promise to a silent one has run out": {
    write: (history) => {
      history.granted(10, history.acquire(0, "a"), 1, 500)
      history.granted(499, history.acquire(20, "b"), 2)
    },
    broken: ["histories-are-linearizable", "one-holder-believes"],
  },
  "what was held before a restore that certainly failed is held by nobody": {
    write: (history) => {
      history.granted(10, history.acquire(0, "a"), 1)
      history.end(60, history.invoke(50, "o", "restore", "state/"), "fail").read(70, 71, [])
    },
    broken: ["histories-are-linearizable"],
  },
  "the next is granted after a restore before the promise of before has run out": {
    write: (history) => {
      history.granted(10, history.acquire(0, "a"), 1, 500)
      history.end(60, history.invoke(50, "o", "restore", "state/"), "ok")
      history.granted(499, history.acquire(80, "b"), 2)
    },
    broken: ["one-holder-believes"],
  },
  "the next is granted before the release was asked for": {
    write: (history) => {
      const a = history.acquire(0, "a")
      history.granted(10, a, 1).granted(50, history.acquire(20, "b"), 2).release(51, a, 60)
    },
    broken: ["histories-are-linearizable", "one-holder-believes"],
  },
  "a token is used twice": {
    write: (history) => {
      const a = history.acquire(0, "a")
      history.granted(10, a, 1).release(20, a, 25).granted(40, history.acquire(30, "b"), 1)
    },
    broken: ["first-come-first-served", "histories-are-linearizable", "tokens-are-used-once", "tokens-grow"],
  },
  "a token falls, over another name": {
    write: (history) => {
      history.granted(10, history.acquire(0, "a"), 7)
      history.granted(40, history.acquire(30, "b", {}, "lock/y"), 6)
    },
    broken: ["tokens-grow"],
  },
  "a read shows a holder that has released": {
    write: (history) => {
      const { a } = handOver(history)
      history.read(300, 301, [history.shown(a, 1)])
    },
    broken: ["histories-are-linearizable"],
  },
  "a read shows nobody while somebody holds": {
    write: (history) => {
      handOver(history)
      history.read(300, 301, [])
    },
    broken: ["histories-are-linearizable"],
  },
  "an acknowledged release is undone": {
    write: (history) => {
      const a = history.acquire(0, "a")
      history
        .granted(10, a, 1)
        .release(20, a, 25)
        .read(100, 101, [])
        .read(200, 201, [history.shown(a, 1)])
    },
    broken: ["histories-are-linearizable"],
  },
  "an acknowledged value is lost": {
    write: (history) => {
      const key = "election/e"
      const a = history.acquire(0, "a", { value: "1" }, key)
      history.granted(10, a, 1)
      history.end(30, history.invoke(20, "a", "hold.update", key, { token: "1", value: "2" }), "ok", { rev: 2 })
      history.read(50, 51, [history.shown(a, 1, "1")], key)
    },
    broken: ["histories-are-linearizable"],
  },
  "a read goes back behind an earlier one": {
    write: (history) => {
      const key = "election/e"
      const a = history.acquire(0, "a", { value: "1" }, key)
      history.granted(10, a, 1)
      history.end(90, history.invoke(20, "a", "hold.update", key, { token: "1", value: "2" }), "ok", { rev: 2 })
      history.read(30, 31, [history.shown(a, 1, "2")], key).read(40, 41, [history.shown(a, 1, "1")], key)
    },
    broken: ["histories-are-linearizable"],
  },
  "two lead, as a read shows": {
    write: (history) => {
      const key = "election/e"
      const [a, b] = [history.acquire(0, "a", {}, key), history.acquire(1, "b", {}, key)]
      history
        .granted(10, a, 1)
        .cancelled(20, b)
        .read(30, 31, [history.shown(a, 1), history.shown(b, 2)], key)
    },
    broken: ["histories-are-linearizable"],
  },
  "what was given up is granted": {
    write: (history) => {
      const a = history.acquire(0, "a")
      history.cancelled(10, a).granted(20, a, 1)
    },
    broken: ["what-was-given-up-is-not-granted"],
  },
  "what certainly failed is granted": {
    write: (history) => {
      const a = history.acquire(0, "a", { waitMs: 5 })
      history.end(10, a, "fail", { e: "WAIT_TIMEOUT" }).granted(20, a, 1)
    },
    broken: ["what-was-given-up-is-not-granted"],
  },
  "who came later is granted first": {
    write: (history) => {
      const a = history.acquire(0, "a")
      history.granted(1, a, 1)
      const [b, c] = [history.acquire(2, "b"), history.acquire(9, "c")]
      history.queued(3, b).release(20, a, 21).granted(22, c, 2).release(30, c, 31).granted(32, b, 3)
    },
    broken: ["first-come-first-served"],
  },
  "a reader overtakes a writer that waits": {
    write: (history) => {
      const a = history.acquire(0, "a", { mode: "shared" })
      history.granted(1, a, 1)
      const [b, c] = [history.acquire(2, "b"), history.acquire(9, "c", { mode: "shared" })]
      history.queued(3, b).granted(10, c, 2).release(20, a, 21).release(20, c, 21).granted(22, b, 3)
    },
    broken: ["first-come-first-served"],
  },
  "one that was asked to finish believes beyond its grace": {
    write: (history) => {
      const a = history.acquire(0, "a")
      history.granted(10, a, 1).revoking(60, a, "o.1")
      const revoke = history.revoke(50, "lock/x", { graceMs: 1000, reason: "o.1" })
      history.end(1060, revoke, "ok", { r: { revoked: ["1"] } })
      history.granted(1050, history.acquire(20, "b"), 2)
    },
    broken: ["one-holder-believes"],
  },
  "the next is granted before the grace is over": {
    write: (history) => {
      history.granted(10, history.acquire(0, "a"), 1)
      history.revoke(50, "lock/x", { graceMs: 1000, reason: "o.1" })
      history.granted(1030, history.acquire(20, "b"), 2)
    },
    broken: ["histories-are-linearizable", "one-holder-believes"],
  },
  "a revoke that was certainly not done breaks a grant": {
    write: (history) => {
      history.granted(10, history.acquire(0, "a"), 1)
      history.end(51, history.revoke(50, "lock/x", { graceMs: 0, reason: "o.1" }), "fail")
      history.granted(60, history.acquire(20, "b"), 2)
    },
    broken: ["histories-are-linearizable", "one-holder-believes"],
  },
  "a revoke breaks another grant than it names": {
    write: (history) => {
      history.granted(10, history.acquire(0, "a"), 1)
      history.revoke(50, "lock/x", { graceMs: 0, reason: "o.1", token: "9" })
      history.granted(60, history.acquire(20, "b"), 2)
    },
    broken: ["histories-are-linearizable", "one-holder-believes"],
  },
  "a revoke breaks what it did not find": {
    write: (history) => {
      history.end(51, history.revoke(50, "lock/x", { graceMs: 0, reason: "o.1" }), "ok", { r: { revoked: [] } })
      history.granted(70, history.acquire(60, "a"), 1)
      history.granted(90, history.acquire(80, "b"), 2)
    },
    broken: ["histories-are-linearizable", "one-holder-believes"],
  },
  "an older holder works after a newer one": {
    write: (history) => {
      const { a, b } = handOver(history)
      history.act(120, b, 2).act(121, a, 1)
    },
    broken: ["work-is-in-the-order-of-tokens"],
  },
  "a session expires while it is still believed in": {
    write: (history) => {
      history.session(0, "a", 500).ended(499, "a", "expired")
    },
    broken: ["no-session-ends-early"],
  },
  "a session is ended for silence while it is still believed in": {
    write: (history) => {
      history.session(0, "a", 500).session(100, "a", 700).ended(600, "a", "silent")
    },
    broken: ["no-session-ends-early"],
  },
  "a living process is said to be gone": {
    write: (history) => {
      history.session(0, "a", 500).ended(100, "a", "exited")
    },
    broken: ["only-the-dead-have-exited"],
  },
}

for (const [name, { write, broken }] of Object.entries(BAD)) {
  test(`a history is refused: ${name}`, (t) => {
    t.same(rules(write), broken)
    t.end()
  })
}
