import { type Command, planWork, type SessionId, type Token } from "@conclave/consensus"
import { test } from "tap"
import { memberId } from "../fake-view.ts"
import { acquire, GrantStage, ID, OTHER, open } from "./grant-stage.ts"

const POOL = "jobs"

/** Two workers of the pool, one of them of this host. */
function atWork(items: readonly string[], isTold = true): GrantStage {
  const stage = new GrantStage()
  stage.do(open(ID))
  stage.do(open(OTHER, { host: memberId("b"), member: "b", app: "other" }))
  stage.do(acquire(ID, 1, { hold: "work", names: [POOL], id: "w" }))
  for (const item of items) put(stage, item)
  plan(stage, isTold)
  return stage
}

function put(stage: GrantStage, item: string): void {
  stage.do({ kind: "workPut", request: undefined, pool: POOL, item, payload: undefined, weight: 1, pin: undefined })
}

/** As the leader does. */
function plan(stage: GrantStage, isTold = true): void {
  const seen = stage.cluster.machine.planView(POOL)
  const moves = seen === undefined ? [] : planWork(seen)
  if (moves.length > 0) stage.do({ kind: "workAssign", pool: POOL, moves }, isTold)
}

function tokenOf(stage: GrantStage, item: string): Token {
  return stage.cluster.machine.item(POOL, item)?.owner?.token as Token
}

function settle(stage: GrantStage, item: string, result: "done" | "released" | "failed"): Command {
  const request = { session: ID, seq: 100 + Number(tokenOf(stage, item) % 1000), floor: 0 }
  return { kind: "workSettle", request, pool: POOL, item, token: tokenOf(stage, item), result, message: undefined }
}

test("each item that a worker here is given is a grant with a token of its own, and so is its end", async (t) => {
  const stage = atWork(["a", "b", "c"])
  const who = { member: "a", app: "web" }
  const worker = stage.cluster.machine.hold(ID, 1)?.token
  t.strictSame(stage.told.splice(0), [
    { kind: "session.open", name: ID, ...who },
    { kind: "work.granted", name: POOL, token: String(worker), ...who },
    ...["a", "b", "c"].map((item) => {
      return { kind: "work.granted", name: POOL, token: String(tokenOf(stage, item)), ...who, item }
    }),
  ])
  for (const [item, result] of [
    ["a", "done"],
    ["b", "failed"],
    ["c", "released"],
  ] as const)
    stage.do(settle(stage, item, result))
  t.strictSame(stage.words(), [
    "work.released jobs a done",
    "work.released jobs b failed",
    "work.released jobs c released",
  ])
  stage.news.stop()
})

test("what is asked back, taken away or removed is told with who asked and why", async (t) => {
  const stage = atWork(["a", "b", "c"])
  stage.told.length = 0
  const revoked = { by: "ops", reason: "sick" }
  const take = (item: string, graceMs: number): void => {
    stage.do({ kind: "revoke", what: { kind: "work", name: POOL, token: tokenOf(stage, item) }, graceMs, ...revoked })
  }
  take("a", 1000)
  t.match(stage.told, [{ kind: "work.revoking", item: "a", reason: "sick", revoked }])
  stage.told.length = 0
  take("b", 0)
  t.strictSame(stage.words(), ["work.lost jobs b revoked"])
  stage.do({ kind: "workRemove", request: undefined, pool: POOL, item: "c" })
  t.strictSame(stage.words(), ["work.lost jobs c removed"])
  stage.pass(1200)
  t.strictSame(stage.words(), ["work.lost jobs a revoked"])
  stage.news.stop()
})

test("what a worker still has when it ends, ends with it: before it, and for the same reason", async (t) => {
  for (const [cause, words] of [
    ["exited", ["work.lost jobs a session-lost", "work.lost jobs session-lost"]],
    ["closed", ["work.lost jobs a closed", "work.lost jobs closed"]],
  ] as const) {
    const stage = atWork(["a"])
    stage.words()
    stage.do({ kind: "end", session: ID, of: undefined, cause, isGone: true })
    t.strictSame(stage.words().slice(0, 2), words)
    stage.news.stop()
  }
  const stage = atWork(["a"])
  stage.words()
  stage.do(acquire(ID, 2, { hold: "work", names: [POOL], id: "w" }))
  t.strictSame(stage.words(), ["work.lost jobs a fenced", "work.lost jobs fenced", "work.granted jobs"])
  stage.news.stop()
})

test("items of workers on other hosts are no news, also when they come from here", async (t) => {
  const stage = atWork(["a", "b"])
  stage.words()
  stage.do(acquire(OTHER, 1, { hold: "work", names: [POOL], id: "v" }))
  for (let at = 0; at < 3; at++) plan(stage)
  const [asked] = stage.told.filter(({ kind }) => kind === "work.revoking")
  t.match(asked, { reason: "handoff", revoked: { by: "planner" } })
  const item = String(asked?.item)
  stage.words()
  stage.do(settle(stage, item, "released"))
  plan(stage)
  t.equal(stage.cluster.machine.item(POOL, item)?.owner?.id, "v")
  t.strictSame(stage.words(), [`work.released jobs ${item} released`])
  stage.do({ kind: "end", session: OTHER, of: undefined, cause: "exited", isGone: true })
  t.strictSame(stage.words(), [])
  stage.news.stop()
})

test("a state that was replaced is compared: nothing twice, and what ended meanwhile as the item remembers it", async (t) => {
  const stage = atWork(["a", "b", "c", "d"])
  stage.words()
  stage.do(settle(stage, "a", "done"), false)
  stage.do(settle(stage, "b", "failed"), false)
  const what = { kind: "work", name: POOL, token: tokenOf(stage, "c") } as const
  stage.do({ kind: "revoke", what, graceMs: 0, by: "o", reason: "r" }, false)
  put(stage, "e")
  plan(stage, false)
  stage.words()
  stage.cluster.replace()
  const gone = ["work.lost jobs a removed", "work.released jobs b failed", "work.lost jobs c revoked"]
  const had = ["c", "e"].filter((item) => stage.cluster.machine.item(POOL, item)?.owner !== undefined)
  t.strictSame(stage.words(), [...gone, ...had.map((item) => `work.granted jobs ${item}`)])
  stage.cluster.replace()
  t.strictSame(stage.words(), [], "the same state again")
  stage.news.stop()
})

test("a worker that moves to another host takes its items along, and brings them back", async (t) => {
  const stage = atWork(["a", "b"])
  const attach = (host: string, attachment: number): Command => {
    return { kind: "attach", session: ID, secretHash: new Uint8Array(32), host: memberId(host), boot: 1, attachment }
  }
  stage.words()
  stage.do(attach("b", 1))
  t.strictSame(stage.words(), [`session.lost ${ID as SessionId} transferred`])
  stage.do(settle(stage, "a", "done"))
  stage.do(attach("a", 2))
  t.strictSame(stage.words(), [`session.open ${ID}`])
  stage.do(settle(stage, "b", "done"))
  t.strictSame(stage.words(), ["work.released jobs b done"])
  stage.news.stop()
})

test("items are counted by what became of them, and for how long they were had", async (t) => {
  const stage = atWork(["a", "b"])
  const spent: string[] = []
  stage.counts.observe(({ of, span, seconds }) => void spent.push(`${of} ${span} ${seconds}`))
  t.match(
    stage.counts.standing().filter(({ held }) => held > 0),
    [
      { of: "worker", held: 1 },
      { of: "work", held: 2 },
    ],
  )
  stage.pass(1000)
  stage.do({
    ...{ kind: "revoke", what: { kind: "work", name: POOL, token: tokenOf(stage, "a") }, graceMs: 5000 },
    ...{ by: "o", reason: "r" },
  } as Command)
  stage.pass(500)
  spent.length = 0
  stage.do(settle(stage, "a", "done"))
  stage.do(settle(stage, "b", "done"))
  t.strictSame(spent, ["work hold 1.5", "work letGo 0.5", "work hold 1.5"])
  t.match(stage.counts.settled(), [{ result: "done", count: 2 }])
  stage.news.stop()
})
