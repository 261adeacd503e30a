import type { Millis } from "@conclave/base"
import type { Command, SessionId } from "@conclave/consensus"
import { GrantNews } from "conclave/coordination/grant-news"
import { test } from "tap"
import { clockOf } from "../fake-links.ts"
import { memberId } from "../fake-view.ts"
import { acquire, GrantStage, ID, OTHER, open } from "./grant-stage.ts"
import type { LoneCluster } from "./lone-cluster.ts"

function end(session: SessionId, cause: "closed" | "exited"): Command {
  return { kind: "end", session, of: undefined, cause, isGone: true }
}

test("each step of this host's sessions and grants is told once, with who, what and why", (t) => {
  const stage = new GrantStage()
  stage.do(open(ID))
  stage.do(acquire(ID, 1))
  const who = { member: "a", app: "web" }
  t.same(stage.told.splice(0), [
    { kind: "session.open", name: ID, ...who },
    { kind: "lock.granted", name: "x", token: String(stage.cluster.machine.lastToken), ...who },
  ])
  const what = { kind: "lock", name: "x", token: undefined } as const
  stage.do({ kind: "revoke", what, graceMs: 5000, by: "operator", reason: "upgrade" })
  stage.do({ kind: "release", session: ID, seq: 2, floor: 0, token: stage.cluster.machine.lastToken as never })
  t.same(stage.words(), ["lock.revoking x upgrade", "lock.released x"])
  stage.do(acquire(ID, 3, { hold: "election", names: ["boss"] }))
  stage.do(acquire(ID, 4, { names: ["y", "z"] }))
  t.same(stage.words(), ["election.granted boss", "lock.granted y", "lock.granted z"], "one for each name")
  stage.do(acquire(ID, 5, { hold: "semaphore", names: ["s"], limit: 1 }))
  stage.do(acquire(ID, 6, { hold: "group", names: ["g"], id: "w" }))
  stage.do(acquire(ID, 7, { hold: "group", names: ["g"], id: "w" }))
  stage.do(acquire(ID, 8, { hold: "barrier", names: ["b"], limit: 1 }))
  t.same(
    stage.words(),
    ["semaphore.granted s", "group.granted g", "group.lost g fenced", "group.granted g"],
    "at a barrier nobody is granted anything",
  )
  stage.do({ kind: "release", session: ID, seq: 9, floor: 0, token: (stage.cluster.machine.lastToken - 1) as never })
  stage.do({ kind: "cancel", session: ID, seq: 5, floor: 0 })
  t.same(stage.words(), ["group.released g", "semaphore.released s"])
  stage.do(end(ID, "exited"))
  t.same(stage.words(), [
    "election.lost boss session-lost",
    "lock.lost y session-lost",
    "lock.lost z session-lost",
    `session.lost ${ID} session-lost`,
  ])
  stage.news.stop()
  t.end()
})

test("who asked a grant or a session back, and why, is told with the request and with the loss, also without a grace", (t) => {
  const stage = new GrantStage()
  const revoke = (what: Extract<Command, { kind: "revoke" }>["what"], graceMs: number, isTold = true): void => {
    stage.do({ kind: "revoke", what, graceMs, by: "ops", reason: "why" }, isTold)
  }
  const lock = { kind: "lock", name: "x", token: undefined } as const
  const revoked = { by: "ops", reason: "why" }
  stage.do(open(ID))
  stage.do(acquire(ID, 1))
  stage.told.length = 0
  revoke(lock, 1000)
  stage.pass(1200)
  t.match(stage.told.splice(0), [
    { kind: "lock.revoking", reason: "why", revoked },
    { kind: "lock.lost", reason: "revoked", revoked },
  ])
  stage.do(acquire(ID, 2))
  revoke(lock, 0)
  t.match(stage.told.splice(0), [{ kind: "lock.granted" }, { kind: "lock.lost", reason: "revoked", revoked }])
  stage.do(acquire(ID, 3))
  revoke({ kind: "session", id: ID }, 0)
  t.match(stage.told.splice(0), [
    { kind: "lock.granted" },
    { kind: "lock.lost", reason: "revoked", revoked },
    { kind: "session.lost", reason: "revoked", revoked },
  ])
  stage.do(open(OTHER))
  stage.do(acquire(OTHER, 1))
  stage.told.length = 0
  revoke(lock, 0, false)
  stage.cluster.replace()
  t.match(
    stage.told.splice(0),
    [{ kind: "lock.lost", reason: "revoked", revoked }],
    "of a state that was replaced, too",
  )
  stage.news.stop()
  t.end()
})

test("who waits, and who is on another host, is no news; a grant that follows is", (t) => {
  const stage = new GrantStage()
  stage.do(open(OTHER, { host: memberId("b"), member: "b" }))
  stage.do(acquire(OTHER, 1))
  stage.do(open(ID))
  stage.do(acquire(ID, 1))
  t.same(stage.words(), [`session.open ${ID}`])
  stage.do(end(OTHER, "closed"))
  t.same(stage.words(), ["lock.granted x"])
  stage.news.stop()
  t.end()
})

test("who closes a hold over plain HTTP has given it back", (t) => {
  const stage = new GrantStage()
  stage.do(open(ID, { liveness: "connection" }))
  stage.do(acquire(ID, 1))
  stage.words()
  stage.do(end(ID, "closed"))
  t.same(stage.words(), ["lock.released x", `session.lost ${ID} closed`])
  t.end()
})

test("what ended is told with its reason from the closed list", (t) => {
  const reasons: readonly (readonly [(stage: GrantStage) => void, string])[] = [
    [(stage) => stage.do(end(ID, "closed")), "closed"],
    [(stage) => stage.pass(31_000), "expired"],
    [(stage) => stage.do({ kind: "endHost", host: memberId("a"), boot: 1, isGone: true }), "session-lost"],
    [
      (stage) =>
        stage.do({ kind: "revoke", what: { kind: "session", id: ID }, graceMs: 0, by: "operator", reason: "why" }),
      "revoked",
    ],
  ]
  for (const [act, reason] of reasons) {
    const stage = new GrantStage()
    stage.do(open(ID))
    stage.do(acquire(ID, 1))
    stage.words()
    act(stage)
    t.same(stage.words(), [`lock.lost x ${reason}`, `session.lost ${ID} ${reason}`])
    stage.news.stop()
  }
  const stage = new GrantStage()
  stage.do(open(ID, { ttlMs: 60_000 }))
  stage.do(acquire(ID, 1, { maxHoldMs: 1000 }))
  stage.words()
  stage.pass(2000)
  t.same(stage.words(), ["lock.lost x max-hold"])
  stage.news.stop()
  t.end()
})

test("a state that was replaced is compared: nothing twice, and what ended meanwhile with its reason", (t) => {
  const stage = new GrantStage()
  stage.do(open(ID))
  stage.do(acquire(ID, 1))
  stage.do(acquire(ID, 2, { names: ["y"] }))
  stage.do(acquire(ID, 3, { names: ["w"] }))
  const token = stage.cluster.machine.hold(ID, 1)?.token as never
  stage.words()
  stage.do({ kind: "release", session: ID, seq: 4, floor: 0, token }, false)
  stage.do(
    { kind: "revoke", what: { kind: "lock", name: "y", token: undefined }, graceMs: 0, by: "o", reason: "r" },
    false,
  )
  stage.do(
    { kind: "revoke", what: { kind: "lock", name: "w", token: undefined }, graceMs: 9000, by: "o", reason: "r" },
    false,
  )
  stage.do(acquire(ID, 5, { names: ["v"] }), false)
  stage.do(open(OTHER), false)
  stage.cluster.replace()
  t.same(stage.words(), [
    "lock.released x",
    "lock.lost y revoked",
    "lock.revoking w r",
    "lock.granted v",
    `session.open ${OTHER}`,
  ])
  stage.cluster.replace()
  t.same(stage.words(), [], "the same state again")
  stage.do(end(ID, "closed"), false)
  stage.cluster.replace()
  t.same(stage.words(), ["lock.lost w closed", "lock.lost v closed", `session.lost ${ID} closed`])
  stage.news.stop()
  t.end()
})

test("revisions that were told are not told again when a replica begins anew with an older state", (t) => {
  const stage = new GrantStage()
  const heard: Parameters<Parameters<LoneCluster["listen"]>[0]["changed"]>[] = []
  stage.cluster.listen({ changed: (...all) => void heard.push(all), replaced: () => {} })
  stage.do(open(ID))
  stage.do(acquire(ID, 1))
  stage.words()
  const before = [...heard]
  stage.cluster.tell((listener) => {
    for (const each of before) listener.changed(...each)
  })
  t.same(stage.words(), [])
  stage.do(end(ID, "closed"))
  t.same(stage.words(), ["lock.lost x closed", `session.lost ${ID} closed`])
  stage.news.stop()
  t.end()
})

test("a new life tells nothing of what it replays, but of sessions of its own, and of all once its state is fresh", (t) => {
  const stage = new GrantStage()
  stage.do(open(ID))
  stage.do(acquire(ID, 1))
  stage.news.stop()
  stage.words()
  stage.cluster.hasQuorum = false
  const news = stage.begin(2)
  t.same(stage.words(), [], "what stood before this life began")
  stage.do(acquire(ID, 2, { names: ["y"] }))
  t.same(stage.words(), [], "it may be long ago")
  stage.do(open(OTHER, { boot: 2 }))
  t.same(stage.words(), [`session.open ${OTHER}`], "this life has opened it")
  stage.cluster.hasQuorum = true
  stage.pass(1500)
  stage.do(end(ID, "exited"))
  t.same(stage.words(), ["lock.lost x session-lost", "lock.lost y session-lost", `session.lost ${ID} session-lost`])
  news.stop()
  t.end()
})

test("a session that moves to another host is lost here and open there, with all that it holds", (t) => {
  const stage = new GrantStage()
  const attach = (host: string, attachment: number): Command => {
    return { kind: "attach", session: ID, secretHash: new Uint8Array(32), host: memberId(host), boot: 1, attachment }
  }
  stage.do(open(ID))
  stage.do(acquire(ID, 1))
  stage.words()
  stage.do(attach("b", 1))
  t.same(stage.words(), [`session.lost ${ID} transferred`])
  stage.do(acquire(ID, 2, { names: ["y"] }))
  t.same(stage.words(), [])
  stage.do(attach("a", 2))
  t.same(stage.words(), [`session.open ${ID}`])
  stage.do(end(ID, "closed"))
  t.same(stage.words(), ["lock.lost x closed", "lock.lost y closed", `session.lost ${ID} closed`])
  stage.news.stop()
  t.end()
})

test("nobody is asked on a host that shares nothing, and it is asked again until there is an answer", (t) => {
  const stage = new GrantStage()
  stage.news.stop()
  let asked = 0
  const { cluster } = stage
  const quiet = Object.assign(Object.create(cluster) as LoneCluster, {
    local: () => undefined,
    read: (deadline: Millis, done: Parameters<LoneCluster["read"]>[1]) => {
      asked++
      cluster.read(deadline, done)
    },
  })
  const news = new GrantNews({ cluster: quiet, clock: clockOf(stage.time), tell: () => {} })
  stage.pass(5000)
  t.equal(asked, 0)
  cluster.hasQuorum = false
  cluster.replace()
  stage.pass(3000)
  t.ok(asked > 1)
  cluster.hasQuorum = true
  stage.pass(2000)
  const before = asked
  stage.pass(5000)
  t.equal(asked, before)
  news.stop()
  t.end()
})

test("how long grants were waited for, held and let go of is counted, each grant once, and what stands now", (t) => {
  const stage = new GrantStage()
  const spent: string[] = []
  stage.counts.observe(({ of, span, seconds }) => void spent.push(`${of} ${span} ${seconds}`))
  const standing = (): object | undefined => stage.counts.standing().find(({ of }) => of === "lock")
  stage.do(open(OTHER, { host: memberId("b"), member: "b", ttlMs: 60_000 }))
  stage.do(acquire(OTHER, 1))
  stage.do(open(ID, { ttlMs: 60_000 }))
  stage.do(acquire(ID, 1, { names: ["x", "y"] }))
  t.match(standing(), { held: 0, waiting: 1 })
  stage.pass(1000)
  stage.do(end(OTHER, "closed"))
  t.match(standing(), { held: 1, waiting: 0 })
  stage.pass(2000)
  const what = { kind: "lock", name: "y", token: undefined } as const
  stage.do({ kind: "revoke", what, graceMs: 5000, by: "operator", reason: "upgrade" })
  stage.pass(500)
  stage.do({ kind: "release", session: ID, seq: 2, floor: 0, token: stage.cluster.machine.lastToken as never })
  t.strictSame(spent, ["lock wait 1", "lock hold 2.5", "lock letGo 0.5"])
  t.match([standing(), stage.counts.released("lock")], [{ held: 0, waiting: 0 }, 1])
  stage.do(acquire(ID, 3, { maxHoldMs: 1000 }))
  stage.pass(1100)
  t.match(
    stage.counts.lost("lock").find(({ reason }) => reason === "max-hold"),
    { count: 1 },
  )
  stage.news.stop()
  t.end()
})
