import type { Addr, Millis } from "@conclave/base"
import { isProblem, type Problem } from "conclave/api/problem"
import { RAFT_STATUS, type RaftStatusJson } from "conclave/api/raft-schema"
import type { NotFounded } from "conclave/group/bootstrap"
import { GroupControl } from "conclave/group/group-control"
import { WayToLeader } from "conclave/group/route/way-to-leader"
import type { WishWays } from "conclave/group/route/wish-route"
import { decodeTold, encodeTold, encodeWish } from "conclave/group/wire-group"
import { HOW, WHAT } from "conclave/streams/call-kinds"
import type { CallOutcome } from "conclave/streams/call-links"
import { replicaOf } from "conclave/wal/replica-id"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"
import { clockOf } from "../fake-links.ts"
import { fakeMember, memberId } from "../fake-view.ts"

const CLUSTER = "c".repeat(26)

/** What a replica shows of a group whose replicas have the names of their members, and do not disagree. */
class Group {
  readonly clock: FakeClock = new FakeClock()
  readonly asked: object[] = []
  clusterId: string | undefined = CLUSTER
  isLeader: boolean = true
  leader: string = "a"
  voters: string[] = ["a"]
  learners: string[] = []
  unheard: string[] = []
  /** Whether a change comes about. */
  isWilling: boolean = true
  refusal: NotFounded | undefined
  awaitsFounding: boolean = false
  /** What a wish to move a seat comes to. */
  departed: "moved" | "none" | "needed" | "late" = "moved"
  /** This host has a replica. */
  hasReplica: boolean = true
  readonly called: { readonly to: string; readonly what: number; readonly done: (outcome: CallOutcome) => void }[] = []
  serve: (what: number, body: Uint8Array, call: object) => boolean = () => false
  readonly control: GroupControl

  constructor() {
    const byName = (name: string) => (name === "nobody" ? undefined : memberOf(name))
    const view = { byName, memberById: () => memberOf("a") }
    this.control = new GroupControl({ consensus: this.#consensus() as never, view: view as never, clock: this.clock })
  }

  pass(ms: number): void {
    for (let passed = 0; passed < ms; passed += 50) this.clock.advance(50)
  }

  #consensus(): object {
    const group = this
    const running = group.#running()
    const current = () => (group.clusterId === undefined || !group.hasReplica ? undefined : running)
    return {
      self: memberId("a"),
      get clusterId() {
        return group.clusterId
      },
      get awaitsFounding() {
        return group.awaitsFounding
      },
      get running() {
        return current()
      },
      reach: {
        ways: group.#ways(current),
        serveGroup: (serve: never) => {
          group.serve = serve
        },
      },
      view: {
        notProposed: (reason: string) => ({ kind: "not-proposed", reason, up: 1, needed: 2 }),
        get sight() {
          const reign = { term: 5, leader: "b", voters: group.voters, learners: group.learners, isJoint: false }
          return { reign, ownerOf: memberOf, seats: [], appliedIndex: 4 }
        },
        ownerOf: (replica: string) => memberOf(replica),
      },
      depart: (agent: string, _untilMs: number, done: (departed: string) => void) => {
        group.asked.push({ depart: agent })
        done(group.departed)
      },
      setShunned: (agent: string, isShunned: boolean) => group.asked.push({ agent, isShunned }),
      bootstrap: (done: (refusal: NotFounded | undefined) => void) => done(group.refusal),
    }
  }

  #running(): object {
    const group = this
    return {
      raft: group.#raft(),
      appliedIndex: 8,
      get isLeader() {
        return group.isLeader
      },
      transfer: (to?: string) => {
        group.asked.push({ transfer: to })
        if (group.isWilling) group.leader = to ?? "b"
      },
      changeGroup: (target: { voters: string[]; learners: string[] }, done: () => void) => {
        group.asked.push(target)
        if (group.isWilling) Object.assign(group, target)
        done()
      },
    }
  }

  #raft(): object {
    const group = this
    const matches = new Map([["b", 7]])
    return {
      id: "a",
      term: 3,
      commit: 9,
      log: { last: 10 },
      get leader() {
        return group.leader
      },
      get group() {
        return { voters: group.voters, outgoing: [], learners: group.learners, learnersNext: [] }
      },
      get reign() {
        const reign = {
          isHeard: (id: string) => !group.unheard.includes(id),
          matchOf: (id: string) => matches.get(id) ?? 0,
        }
        return group.isLeader ? reign : undefined
      },
      contacts: new Map([["b", 900 as Millis]]),
    }
  }

  #ways(running: () => object | undefined): WishWays {
    const detour = { isNeeded: false, relays: () => [], unreached: () => {} }
    return {
      clock: clockOf(this.clock),
      calls: { call: (to, { what }, done) => void this.called.push({ to, what, done }) },
      way: new WayToLeader({
        ...{ running: running as never, detour, relays: () => ["r:1" as Addr] },
        leaderAddr: () => (this.hasReplica && !this.isLeader ? (`${this.leader}:1` as Addr) : undefined),
      }),
    }
  }
}

function memberOf(name: string) {
  if (name === "nobody") return undefined
  const member = fakeMember(name)
  const seat = { cluster: name === "stranger" ? "" : CLUSTER, replica: name, role: "none", wish: "auto" }
  return { ...member, record: { ...member.record, seat } }
}

/** What operators are told: a refusal, or undefined for the group as it is then. */
function outcome(): { done: (result: Problem | RaftStatusJson) => void; readonly got: (Problem | undefined)[] } {
  const got: (Problem | undefined)[] = []
  return { done: (result) => got.push(isProblem(result) ? result : undefined), got }
}

test("the group as its leader knows it, and what another knows of it", (t) => {
  const group = new Group()
  Object.assign(group, { voters: ["a", "b", "c"], learners: ["d"], unheard: ["c"] })
  const status = group.control.status()
  t.same(RAFT_STATUS.strict().parse(status), status)
  t.match(status, { term: "3", leader: "a", commitIndex: "9", appliedIndex: "8", quorum: 2, canLose: 0 })
  t.match(status.items, [
    { name: "a", role: "leader", up: true, matchIndex: "10", lag: 0, lastContactMs: 0 },
    { name: "b", role: "voter", up: true, matchIndex: "7", lag: 3, lastContactMs: 100 },
    { name: "c", role: "voter", up: false, lastContactMs: null },
    { name: "d", role: "learner" },
  ])
  t.match(group.control.summary(), { role: "leader", voters: 3, votersUp: 2, canLose: 0 })
  group.isLeader = false
  group.leader = "b"
  t.match(group.control.status().items[1], { role: "leader", matchIndex: null, lag: null, lastContactMs: 100 })
  group.leader = "c"
  t.match(
    group.control.status().items[1],
    { role: "voter", lastContactMs: null },
    "a follower hears of its leader alone",
  )
  group.leader = "b"
  group.voters = ["a", "b", "nobody"]
  const unknown = { name: null, id: null, addr: null, role: "voter" }
  t.match(group.control.status().items[0], unknown, "nobody has told whose seat it is")
  group.voters = ["a", "b", "c"]
  t.match(group.control.summary(), { role: "follower", leader: "b", canLose: 1 })
  group.clusterId = undefined
  t.match(group.control.status(), { term: "0", leader: null, items: [] })
  t.equal(group.control.summary(), null)
  t.end()
})

test("a member becomes a learner and, caught up, a voter; a change that does not come about is tried on", (t) => {
  const group = new Group()
  const { done, got } = outcome()
  group.isWilling = false
  group.control.add("b", 10_000, done)
  group.pass(500)
  t.same(got, [])
  group.isWilling = true
  group.pass(500)
  t.same(got, [undefined])
  const joined = replicaOf(memberId("b"), "b")
  t.same(group.voters, ["a", joined])
  t.same(group.asked.at(-2), { voters: ["a"], learners: [joined] })
  group.control.add("nobody", 1000, done)
  group.control.add("stranger", 1000, done)
  t.match(got.slice(1), [{ code: "NOT_FOUND" }, { code: "CONFLICT", details: { reason: "no-seat-offered" } }])
  group.isWilling = false
  group.control.add("c", 1000, done)
  group.pass(1200)
  t.match(got[3], { code: "TIMEOUT", outcome: "unknown" })
  t.end()
})

test("a seat is taken where another host takes it over, or by force, but never the last one", (t) => {
  const group = new Group()
  const { done, got } = outcome()
  const remove = (name: string, force = false): void => group.control.remove(name, { force, timeoutMs: 1000 }, done)
  remove("a", true)
  remove("b")
  t.match(got, [{ code: "CONFLICT", details: { reason: "quorum-at-risk" } }, { code: "NOT_FOUND" }])
  Object.assign(group, { voters: ["a", "b", "c"], departed: "needed" })
  remove("c")
  t.match(got[2], { code: "CONFLICT", details: { reason: "quorum-at-risk", current: 3 } })
  group.departed = "late"
  remove("c")
  t.match(got[3], { code: "TIMEOUT" })
  group.departed = "moved"
  remove("c")
  t.equal(got[4], undefined)
  const ofSeats = group.asked.filter((each) => "depart" in each)
  t.same(ofSeats, Array(3).fill({ depart: memberId("c") }), "the leader's planner moves it")
  remove("c", true)
  group.pass(100)
  t.same(group.voters, ["a", "b"])
  t.equal(got.length, 6)
  t.ok(
    group.asked.some((each) => "isShunned" in each && each.isShunned === true),
    "and it is offered no other",
  )
  group.control.add("c", 1000, done)
  group.pass(200)
  t.same(group.asked.filter((each) => "isShunned" in each).at(-1), { agent: memberId("c"), isShunned: false })
  t.end()
})

test("who founds is shown the group with its leader, or after a while as it is", (t) => {
  const group = new Group()
  for (const leads of [true, false]) {
    group.isLeader = false
    const { done, got } = outcome()
    group.control.bootstrap(done)
    group.pass(100)
    t.same(got, [])
    group.isLeader = leads
    group.pass(leads ? 100 : 2000)
    t.same(got, [undefined])
  }
  t.end()
})

test("leadership goes to a voter, and without a cluster there is nothing to lead", (t) => {
  const group = new Group()
  const { done, got } = outcome()
  group.control.transfer(undefined, 1000, done)
  t.match(got, [{ code: "CONFLICT", details: { reason: "no-other-voter" } }])
  group.voters = ["a", "b"]
  group.control.transfer("c", 1000, done)
  t.match(got[1], { code: "CONFLICT", details: { reason: "not-a-voter" } })
  group.control.transfer("nobody", 1000, done)
  t.match(got[2], { code: "NOT_FOUND", details: { name: "nobody" } })
  group.control.transfer("b", 1000, done)
  t.same([got[3], group.leader], [undefined, "b"])
  group.clusterId = undefined
  group.control.add("b", 1000, done)
  t.match(got[4], { code: "NO_QUORUM" })
  t.end()
})

test("asked of any host it is done by the leader, whose word about the group is told", (t) => {
  const group = new Group()
  const results: object[] = []
  Object.assign(group, { voters: ["a", "b", "c"], isLeader: false, leader: "b" })
  group.control.remove("c", { force: true, timeoutMs: 1000 }, (result) => results.push(result))
  t.match(group.called, [{ to: "b:1", what: WHAT.groupHere }])
  const status = { ...group.control.status(), term: "9" }
  group.called[0]?.done({ kind: "answer", how: HOW.group, body: encodeTold({ status, refusal: undefined }) })
  t.match(results, [{ term: "9" }])
  const details = { reason: "quorum-at-risk", current: 3 }
  const refusal = { code: "CONFLICT", message: "no", hint: "add another", details } as const
  group.hasReplica = false
  group.control.add("d", 1000, (result) => results.push(result))
  t.match(group.called[1], { to: "r:1", what: WHAT.group })
  group.called[1]?.done({ kind: "answer", how: HOW.group, body: encodeTold({ status, refusal }) })
  t.match(results[1], { ...refusal, outcome: "not-applied", retryable: false })
  group.control.add("d", 1000, (result) => results.push(result))
  group.called[2]?.done({ kind: "unsent" })
  group.pass(1200)
  for (const each of group.called.slice(3)) each.done({ kind: "unsent" })
  group.pass(1200)
  t.match(results[2], { code: "NO_QUORUM", outcome: "not-applied", details: { up: 1, needed: 2 } })
  group.control.transfer(undefined, 1000, (result) => results.push(result))
  group.called.at(-1)?.done({ kind: "lost" })
  t.match(results[3], { code: "TIMEOUT", outcome: "unknown" })
  t.end()
})

test("as the leader it answers what others ask for their operators", (t) => {
  const group = new Group()
  group.voters = ["a", "b", "c"]
  const answers: [number, Uint8Array][] = []
  const call = { untilMs: group.clock.now() + 1000, answer: (...said: [number, Uint8Array]) => answers.push(said) }
  t.ok(group.serve(WHAT.groupHere, encodeWish({ what: "transfer", to: "b" }), call))
  t.equal(answers[0]?.[0], HOW.group)
  t.match(decodeTold(answers[0]?.[1] ?? new Uint8Array(0)), { status: { leader: "b" }, refusal: undefined })
  t.notOk(group.serve(WHAT.read, new Uint8Array(0), call))
  t.end()
})

test("a host without a replica shows the group as a relay told it, and without a cluster none", (t) => {
  const group = new Group()
  Object.assign(group, { voters: ["a", "b", "c"], learners: ["d"], hasReplica: false })
  const status = group.control.status()
  t.same(RAFT_STATUS.strict().parse(status), status)
  t.match(status, { term: "5", leader: "b", quorum: 2, canLose: 1, appliedIndex: "4" })
  t.match(group.control.summary(), { role: "none", leader: "b", term: "5", voters: 3, votersUp: 3, canLose: 1 })
  group.clusterId = undefined
  t.match(group.control.status(), { term: "0", items: [] })
  t.equal(group.control.summary(), null)
  t.end()
})

test("founding says what forbids it", (t) => {
  const group = new Group()
  const { done, got } = outcome()
  group.control.bootstrap(done)
  group.refusal = { reason: "other-cluster", why: "b belongs to another cluster" }
  group.control.bootstrap(done)
  t.match(got, [
    undefined,
    {
      code: "CONFLICT",
      message: /another cluster/,
      hint: "conclave raft status",
      details: { reason: "other-cluster" },
    },
  ])
  group.refusal = { reason: "founding", why: "this host has promised n1 to found with it" }
  group.control.bootstrap(done)
  t.match(got.at(-1), { code: "CONFLICT", hint: "conclave status", details: { reason: "founding" } })
  t.end()
})

test("a leader that was taken out could not say so: to the next one its seat never was, and that is done", (t) => {
  const group = new Group()
  const results: object[] = []
  Object.assign(group, { voters: ["b"], learners: ["a"], isLeader: false, leader: "b" })
  group.control.remove("b", { force: false, timeoutMs: 5000 }, (result) => results.push(result))
  group.called[0]?.done({ kind: "answer", how: HOW.unknown, body: new Uint8Array(0) })
  Object.assign(group, { voters: ["a"], learners: [], isLeader: true, leader: "a" })
  group.pass(200)
  t.match(results, [{ leader: "a", items: [{ name: "a", role: "leader" }] }])
  group.control.remove("b", { force: false, timeoutMs: 5000 }, (result) => results.push(result))
  t.match(results[1], { code: "NOT_FOUND", details: { name: "b" } }, "asked anew there is none")
  t.end()
})
