import type { SessionId } from "@conclave/consensus"
import { test } from "tap"
import { hostId, Stage, secretOf, sessionId, TTL_MS } from "./stage.ts"

function attach(session: SessionId, fields: object = {}): Parameters<Stage["result"]>[0] {
  const ids = { session, secretHash: secretOf(session), host: hostId(1) }
  return { kind: "attach", ...ids, boot: 1, attachment: 2, ...fields }
}

const renewBy = (host: number, boot: number): Parameters<Stage["result"]>[0] => {
  return { kind: "renewHosts", items: [{ host: hostId(host), boot, attempt: 9 }] }
}

test("an attached session expires one time to live after the last renewal of its host, each by its own", (t) => {
  const stage = new Stage()
  const [short, long] = [stage.open(1, { ttlMs: 2000 }), stage.open(2, { host: hostId(1) })]
  stage.nowMs = 1000
  stage.renew(1)
  stage.pass(1999)
  t.ok(stage.machine.session(short))
  t.equal(stage.machine.nextDueMs, 3000)
  const applied = stage.pass(1)
  t.match(applied.changes, [{ kind: "session", before: { id: short }, after: undefined, end: "expired" }])
  t.equal(stage.machine.nextDueMs, 1000 + TTL_MS)
  stage.pass(7999)
  t.ok(stage.machine.session(long))
  stage.pass(1)
  t.same([...stage.machine.sessions()], [])
  t.same([...stage.machine.hosts()], [], "a host without sessions is of no interest")
  t.end()
})

test("renewals are never deduplicated: the same one prolongs again, and the answer names each attempt", (t) => {
  const stage = new Stage()
  const session = stage.open(1)
  for (let times = 0; times < 5; times++) {
    stage.nowMs += 4000
    t.match(stage.apply(renewBy(1, 1)), { result: { items: [{ attempt: 9, isCurrent: true }] }, isRepeat: false })
  }
  t.ok(stage.machine.session(session))
  t.equal(stage.machine.host(hostId(1))?.renewedAtMs, 20_000)
  t.equal(stage.machine.rev, 1, "and nobody who watches hears of it")
  t.end()
})

test("a renewal of a host without sessions prolongs nothing, and is kept nowhere", (t) => {
  const stage = new Stage()
  const result = stage.result(renewBy(5, 3))
  t.match(result, { kind: "renewed", items: [{ host: hostId(5), attempt: 9, isCurrent: false }] })
  t.equal(stage.machine.host(hostId(5)), undefined)
  t.end()
})

test("a new boot of the agent detaches its sessions, and its former renewals are void", (t) => {
  const stage = new Stage()
  const [one, two] = [stage.open(1), stage.open(2, { host: hostId(1), ttlMs: 20_000 })]
  stage.nowMs = 4000
  const { changes } = stage.apply(renewBy(1, 2))
  t.match(changes, [
    { before: { id: one }, after: { detachedUntilMs: 14_000 } },
    { before: { id: two }, after: { detachedUntilMs: 24_000 } },
  ])
  stage.nowMs = 13_000
  t.match(stage.apply(renewBy(1, 1)).result, { items: [{ isCurrent: false }] })
  t.match(stage.apply(renewBy(1, 2)).result, { items: [{ isCurrent: true }] })
  t.match(stage.result(attach(one, { boot: 1 })), { kind: "refused", refusal: { kind: "outdated" } })
  t.match(stage.result(attach(two, { boot: 2, attachment: 1 })), { kind: "attached", ttlMs: 20_000 })
  stage.nowMs = 14_000
  stage.apply(renewBy(1, 2))
  t.equal(stage.machine.session(one), undefined, "renewals of the host do not save who has not attached")
  stage.nowMs = 30_000
  stage.apply(renewBy(1, 2))
  t.ok(stage.machine.session(two))
  t.end()
})

test("a restart of the agent loses nothing within the time to live", (t) => {
  const stage = new Stage()
  const [one, two] = [stage.open(1), stage.open(2)]
  const token = stage.granted(one, 1)
  stage.acquire(two, 1)
  stage.nowMs = 9000
  stage.renew(2)
  stage.apply(renewBy(1, 2))
  stage.nowMs = 18_000
  stage.renew(2)
  stage.result(attach(one, { boot: 2, attachment: 1 }))
  stage.nowMs = 26_000
  stage.renew(2)
  stage.apply(renewBy(1, 2))
  t.match(stage.acquire(one, 1), { kind: "granted", token })
  t.end()
})

test("a session moves to another host, and lives by that", (t) => {
  const stage = new Stage()
  const session = stage.open(1)
  stage.nowMs = 5000
  t.match(stage.result(attach(session, { host: hostId(7), attachment: 1 })), { kind: "attached" })
  t.equal(stage.machine.host(hostId(1)), undefined)
  stage.nowMs = 14_000
  stage.renew(1)
  t.ok(stage.machine.session(session))
  stage.nowMs = 15_000
  stage.renew(1)
  t.equal(stage.machine.session(session), undefined)
  t.end()
})

test("of two attachments the later counts, also when it arrives first; a late one ends nothing", (t) => {
  const stage = new Stage()
  const session = stage.open(1)
  t.match(stage.result(attach(session, { attachment: 3 })), { kind: "attached" })
  t.match(stage.result(attach(session, { attachment: 2 })), { kind: "refused", refusal: { kind: "outdated" } })
  t.match(stage.apply(attach(session, { attachment: 3 })), { result: { kind: "attached" }, changes: [] })
  const late = { of: { boot: 1, attachment: 2 } }
  t.match(stage.end(session, late), { kind: "refused", refusal: { kind: "outdated" } })
  t.match(stage.result({ kind: "detach", session, boot: 1, attachment: 2 }), { refusal: { kind: "outdated" } })
  t.equal(stage.machine.session(session)?.detachedUntilMs, undefined)
  t.match(stage.result({ kind: "detach", session, boot: 1, attachment: 3 }), { kind: "done" })
  t.equal(stage.machine.session(session)?.detachedUntilMs, TTL_MS)
  t.match(stage.result(attach(session, { attachment: 3 })), { refusal: { kind: "outdated" } }, "that one is over")
  t.match(stage.end(session, { of: { boot: 1, attachment: 3 } }), { kind: "done" })
  t.end()
})

test("the wrong secret neither attaches nor opens, and tells nothing", (t) => {
  const stage = new Stage()
  const session = stage.open(1)
  const wrong = { secretHash: new Uint8Array(32) }
  t.match(stage.result(attach(session, wrong)), { kind: "refused", refusal: { kind: "not-yours" } })
  const open = { kind: "open", session, host: hostId(1), boot: 1, attachment: 1, ttlMs: TTL_MS } as const
  const about = { liveness: "heartbeat", member: "m1", app: "app", pid: undefined } as const
  t.match(stage.result({ ...open, ...about, ...wrong }), { kind: "refused", refusal: { kind: "not-yours" } })
  t.same(stage.machine.verify(session, wrong.secretHash), { kind: "wrong-secret" })
  t.same(stage.machine.verify(session, secretOf(session)), { kind: "ok" })
  t.end()
})

test("opening again is the same session; one that is over does not come back", (t) => {
  const stage = new Stage()
  const session = stage.open(1)
  const before = stage.machine.rev
  stage.open(1)
  t.equal(stage.machine.rev, before)
  stage.end(session, { cause: "exited" })
  stage.open(1)
  t.equal(stage.machine.session(session), undefined)
  t.match(stage.result(attach(session)), { refusal: { kind: "session-lost", cause: "exited" } })
  t.same(stage.machine.verify(session, secretOf(session)), { kind: "lost", cause: "exited" })
  stage.pass(60_000)
  t.same(stage.machine.verify(session, secretOf(session)), { kind: "lost", cause: undefined }, "known for a minute")
  t.end()
})

test("the end of a session takes its places with it, granted and waiting, in the same entry", (t) => {
  const stage = new Stage()
  const [one, two, three] = [stage.open(1), stage.open(2), stage.open(3)]
  stage.granted(one, 1, { names: ["a"] })
  stage.granted(three, 1, { names: ["b"] })
  stage.acquire(one, 2, { names: ["b"] })
  stage.acquire(two, 1, { names: ["a"] })
  stage.acquire(two, 2, { names: ["b"] })
  stage.end(one)
  t.same([stage.holders("a"), stage.holders("b"), stage.waiters("b")], [[two], [three], [two]])
  t.equal(stage.machine.hold(one, 1), undefined)
  t.end()
})

test("a waiter whose session is over is never granted, though its turn came in the same entry", (t) => {
  const stage = new Stage()
  const [one, two, three] = [stage.open(1, { ttlMs: 5000 }), stage.open(2, { ttlMs: 5000 }), stage.open(3)]
  for (const host of [4, 5, 6, 7]) stage.open(host)
  stage.granted(one, 1)
  stage.acquire(two, 1)
  stage.acquire(three, 1)
  const { changes } = stage.pass(5000)
  t.same(stage.holders("a"), [three])
  t.notOk(changes.some((each) => each.kind === "hold" && each.after?.session === two))
  t.end()
})

test("a host that departs ends all its sessions, those of a former boot alone excepted", (t) => {
  const stage = new Stage()
  const [one, two] = [stage.open(1, { boot: 2 }), stage.open(2, { host: hostId(1), boot: 2 })]
  const end = { kind: "endHost", host: hostId(1), isGone: false } as const
  t.match(stage.result({ ...end, boot: 1 }), { refusal: { kind: "outdated" } })
  const { changes } = stage.apply({ ...end, boot: 2 })
  t.match(changes, [
    { before: { id: one }, end: "left" },
    { before: { id: two }, end: "left" },
  ])
  t.match(stage.result({ ...end, boot: 2 }), { kind: "done" }, "again")
  t.end()
})

test("what a session is made of has limits", (t) => {
  const stage = new Stage({ sessions: 2 })
  const opened = (number: number, fields: object): boolean => {
    const id = stage.open(number, fields)
    const isOpen = stage.machine.session(id) !== undefined
    if (isOpen) stage.end(id)
    return isOpen
  }
  t.same(
    [1999, 2000, 300_000, 300_001].map((ttlMs, at) => opened(10 + at, { ttlMs })),
    [false, true, true, false],
  )
  t.same([opened(20, { member: "m".repeat(128) }), opened(21, { member: "m".repeat(129) })], [true, false])
  t.same([opened(22, { app: "a".repeat(255) }), opened(23, { app: "a".repeat(256) })], [true, false])
  t.ok(opened(24, { app: "" }))
  stage.open(30)
  t.ok(opened(31, {}))
  stage.open(32)
  t.notOk(opened(33, {}), "one more than the limit")
  t.end()
})

test("sessions that are over are forgotten beyond their number, the eldest first", (t) => {
  const stage = new Stage({ endedSessions: 2 })
  for (const each of [1, 2, 3]) {
    stage.pass(1)
    stage.end(stage.open(each), { cause: "exited" })
  }
  const causes = [1, 2, 3].map((each) => stage.machine.verify(sessionId(each), new Uint8Array(32)))
  t.match(causes, [{ cause: undefined }, { cause: "exited" }, { cause: "exited" }])
  t.end()
})

test("a connection is another sign of life, kept for those who look", (t) => {
  const stage = new Stage()
  t.match(stage.machine.session(stage.open(1, { liveness: "connection", pid: undefined })), {
    liveness: "connection",
    pid: undefined,
  })
  t.end()
})
