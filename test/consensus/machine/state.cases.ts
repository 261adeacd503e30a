import { MACHINE_LIMITS } from "@conclave/consensus/machine/limits"
import { State } from "@conclave/consensus/machine/state"
import { test } from "tap"
import { hostId, Stage, secretOf, sessionId, TTL_MS } from "./stage.ts"

function sessionOf(number: number, fields: object = {}): Parameters<State["putSession"]>[0] {
  return {
    id: sessionId(number),
    host: hostId(1),
    secretHash: secretOf(sessionId(number)),
    ttlMs: TTL_MS,
    liveness: "heartbeat",
    member: "m",
    app: "",
    pid: undefined,
    openedAtMs: 0,
    boot: 1,
    attachment: 1,
    detachedUntilMs: undefined,
    revoking: undefined,
    ...fields,
  }
}

test("a host knows its sessions in the order of their ids, and the shortest time to live of the attached", (t) => {
  const state = new State(MACHINE_LIMITS)
  state.putHost({ id: hostId(1), boot: 1, renewedAtMs: 0, isBraked: false })
  t.equal(state.shortestTtlMs(hostId(1)), undefined)
  state.putSession(sessionOf(3))
  state.putSession(sessionOf(1, { ttlMs: 2000 }))
  state.putSession(sessionOf(2, { ttlMs: 2000 }))
  t.same([...state.sessionsOf(hostId(1))].sort(), [1, 2, 3].map(sessionId))
  t.equal(state.shortestTtlMs(hostId(1)), 2000)
  state.dropSession(sessionOf(1, { ttlMs: 2000 }))
  t.equal(state.shortestTtlMs(hostId(1)), 2000)
  state.putSession(sessionOf(2, { ttlMs: 2000, detachedUntilMs: 5 }))
  t.equal(state.shortestTtlMs(hostId(1)), TTL_MS)
  state.dropSession(sessionOf(3))
  t.ok(state.host(hostId(1)), "a detached session keeps its host")
  state.dropSession(sessionOf(2, { ttlMs: 2000, detachedUntilMs: 5 }))
  t.equal(state.host(hostId(1)), undefined)
  t.end()
})

test("an entry that changes anything makes one revision, and its changes carry it", (t) => {
  const state = new State(MACHINE_LIMITS)
  t.equal(state.rev, 0)
  const { nextRev: rev } = state
  state.changes.push({ kind: "session", before: undefined, after: sessionOf(1), end: undefined, rev })
  state.changes.push({ kind: "session", before: sessionOf(1), after: undefined, end: "closed", rev: state.nextRev })
  t.equal(state.rev, 1)
  t.match(state.changes, [{ rev: 1 }, { rev: 1 }])

  t.end()
})

test("the hash is of the state alone: it comes back with it, and knows time and counters", (t) => {
  const stage = new Stage()
  const before = stage.machine.hash
  run(stage)
  t.not(stage.machine.hash, before, "time, revision and the last place have moved on")
  const other = new Stage()
  run(other)
  t.equal(other.machine.hash, stage.machine.hash)
  t.end()
})

function run(stage: Stage): void {
  const session = stage.open(1)
  stage.acquire(session, 1)
  stage.end(session)
  stage.pass(60_000)
}

test("who has written a large record tires sooner: to weigh it takes as long as many small ones", (t) => {
  const state = new State(MACHINE_LIMITS)
  const units = (value: string): number => {
    state.rested(100)
    state.putEntry({ key: "k", value: JSON.stringify(value), createRev: 1, modRev: 1 })
    let done = 1
    while (!state.tires()) done++
    return done
  }
  t.equal(units("small"), 100)
  t.equal(units("x".repeat(60 * 1024)), 40)
  t.equal(units("small"), 100)
  t.end()
})
