import type { Addr, NodeId } from "@conclave/base"
import { type Command, encodeCommand, logIndex } from "@conclave/consensus"
import type { Asking, Verdict } from "conclave/group/call-door"
import { LeaderRoute, type Outcome } from "conclave/group/leader-route"
import { WayToLeader } from "conclave/group/way-to-leader"
import { encodeReadIndex, encodeRenewal } from "conclave/group/wire-renewal"
import { decodeApplied, encodeApplied } from "conclave/group/wire-result"
import { HOW, WHAT } from "conclave/streams/call-kinds"
import type { Call, CallLinks, CallOutcome } from "conclave/streams/call-links"
import type { StreamFrame } from "conclave/streams/stream-frame"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"
import { clockOf } from "../fake-links.ts"
import { memberId } from "../fake-view.ts"
import { APPLIED, COMMAND, LEADER, OPEN, RELAYS, RESULT, RouteStage, served } from "./route-stage.ts"

const NOBODY = { kind: "lock", name: "a", token: undefined } as const

test("a leader appends here; what is applied is told with its result", (t) => {
  const stage = new RouteStage()
  stage.replica = "leader"
  stage.propose()
  stage.proposed[0]?.(APPLIED)
  t.same(stage.outcomes, [{ kind: "applied", result: RESULT, rev: 4, isRepeat: false }])
  stage.pass(2000)
  t.equal(stage.outcomes.length, 1)
  t.end()
})

test("what comes before the founding is asked again until the deadline, and then was never proposed", (t) => {
  const stage = new RouteStage()
  stage.replica = "leader"
  const refusal = { kind: "conflict", reason: "not-founded" } as const
  const unfounded = {
    ...APPLIED,
    applied: { ...APPLIED.applied, result: { kind: "refused", refusal, rev: 0 } },
  } as const
  stage.propose()
  stage.proposed[0]?.(unfounded)
  stage.pass(50)
  stage.proposed[1]?.(APPLIED)
  t.match(stage.outcomes.splice(0), [{ kind: "applied", result: RESULT }])
  stage.propose()
  for (let passed = 0; stage.outcomes.length === 0 && passed < 2000; passed += 10) {
    stage.proposed.at(-1)?.(unfounded)
    stage.proposed.push(() => {})
    stage.pass(10)
  }
  t.same(stage.outcomes, [{ kind: "noQuorum" }])
  t.end()
})

test("what cannot be read is never appended: every replica would end by it", (t) => {
  const stage = new RouteStage()
  stage.replica = "leader"
  const untilMs = stage.time.now() + 1000
  const note = encodeCommand({ kind: "revoke", what: NOBODY, graceMs: 0, by: "x", reason: "\ud800" })
  for (const data of [note, Uint8Array.of(1), Uint8Array.of(250, 250, 1, 0)])
    stage.route.propose({ data, untilMs, relieves: false, isRepeatable: true }, (outcome) =>
      stage.outcomes.push(outcome),
    )
  t.equal(stage.proposed.length, 0)
  t.equal(stage.outcomes.length, 3)
  for (const outcome of stage.outcomes)
    t.match(outcome, { result: { kind: "refused", refusal: { kind: "invalid", field: "command" } } })
  t.end()
})

test("what was appended and is not committed by the deadline has an unknown outcome", (t) => {
  const stage = new RouteStage()
  stage.replica = "leader"
  stage.propose()
  stage.pass(1000)
  t.same(stage.outcomes, [{ kind: "unknown" }])
  stage.proposed[0]?.(APPLIED)
  t.equal(stage.outcomes.length, 1, "told once")
  t.end()
})

test("a proposal that gave way to another is certainly not applied, and made again", (t) => {
  const stage = new RouteStage()
  stage.replica = "leader"
  stage.propose()
  stage.proposed[0]?.({ kind: "superseded" })
  stage.pass(20)
  t.equal(stage.proposed.length, 2)
  stage.proposed[1]?.({ kind: "refused", reason: "not-leader", leader: undefined })
  stage.replica = "follower"
  stage.pass(1000)
  t.same(stage.outcomes, [{ kind: "noQuorum" }], "nothing was proposed that could still come")
  t.end()
})

test("what waits for a leader is tried as soon as there is one, and once", (t) => {
  const stage = new RouteStage()
  stage.replica = "follower"
  stage.propose()
  stage.pass(320)
  t.same(stage.proposed, [], "by now the pause is long")
  stage.replica = "leader"
  stage.route.wake()
  t.equal(stage.proposed.length, 1)
  stage.route.wake()
  stage.pass(500)
  t.equal(stage.proposed.length, 1)
  stage.proposed[0]?.(APPLIED)
  t.match(stage.outcomes, [{ kind: "applied" }])
  t.end()
})

test("what waits at one who leads no more is tried elsewhere, and its late answer counts for nothing", (t) => {
  const stage = new RouteStage()
  stage.replica = "follower"
  stage.leaderAddr = LEADER
  stage.propose(true)
  stage.propose(false)
  stage.route.giveUpOn(RELAYS[0] as Addr)
  t.equal(stage.asked.length, 2, "others are not meant")
  stage.leaderAddr = RELAYS[1]
  stage.route.giveUpOn(LEADER)
  t.same(stage.outcomes, [{ kind: "unknown" }], "what may not be repeated stays unknown")
  stage.pass(20)
  t.equal(stage.asked[2]?.to, RELAYS[1])
  stage.asked[0]?.done({ kind: "unsent" })
  stage.pass(100)
  t.equal(stage.asked.length, 3)
  t.end()
})

test("what was not sent yet to whoever is given up has reached nobody", (t) => {
  const stage = new RouteStage()
  stage.replica = "follower"
  stage.leaderAddr = LEADER
  stage.waits = true
  stage.propose(false)
  t.equal(stage.asked[0]?.call.isOnce, true)
  stage.leaderAddr = undefined
  stage.route.giveUpOn(LEADER)
  t.same(stage.outcomes, [], "it is asked elsewhere")
  stage.pass(1000)
  t.same(stage.outcomes, [{ kind: "noQuorum" }])
  t.end()
})

test("a question at a relay that is given up goes to another", (t) => {
  const stage = new RouteStage()
  stage.route.readIndex(stage.time.now() + 1000, (index) => stage.indexes.push(index))
  stage.route.giveUpOn(RELAYS[0] as Addr)
  stage.pass(20)
  t.equal(stage.asked[1]?.to, RELAYS[1])
  t.same(stage.indexes, [])
  t.end()
})

test("a proposal of unknown fate is repeated only when the same request gets the same answer", (t) => {
  const once = new RouteStage()
  once.replica = "leader"
  once.propose(false)
  once.proposed[0]?.({ kind: "unknown" })
  t.same(once.outcomes, [{ kind: "unknown" }])
  const again = new RouteStage()
  again.replica = "leader"
  again.propose(true)
  again.proposed[0]?.({ kind: "unknown" })
  again.pass(20)
  t.equal(again.proposed.length, 2)
  again.proposed[1]?.({ kind: "refused", reason: "overloaded", leader: undefined })
  t.same(again.outcomes, [{ kind: "unknown" }], "the first try may have been applied")
  t.end()
})

test("a leader that takes no more says so at once", (t) => {
  const stage = new RouteStage()
  stage.replica = "leader"
  stage.propose()
  stage.proposed[0]?.({ kind: "refused", reason: "disk-full", leader: undefined })
  t.same(stage.outcomes, [{ kind: "overloaded", limit: "disk-full" }])
  t.end()
})

test("a follower forwards to the leader that it knows, and waits for one otherwise", (t) => {
  const stage = new RouteStage()
  stage.replica = "follower"
  stage.propose()
  stage.pass(100)
  t.equal(stage.asked.length, 0)
  stage.leaderAddr = LEADER
  stage.pass(200)
  t.equal(stage.asked[0]?.to, LEADER)
  t.end()
})

test("a follower that does not get to the leader goes through another host, and sends nobody else that way", (t) => {
  const stage = new RouteStage()
  stage.replica = "follower"
  stage.leaderAddr = LEADER
  stage.propose()
  stage.asked[0]?.done({ kind: "unsent" })
  t.same(stage.missed, [LEADER])
  stage.detour.isNeeded = true
  stage.pass(20)
  t.match(stage.asked[1], { to: RELAYS[1], call: { what: 1 } }, "not as to the leader: it is to be sent on")
  const body = encodeApplied({ result: RESULT, rev: 4, isRepeat: false })
  stage.asked[1]?.done({ kind: "answer", how: 1, body })
  t.match(stage.outcomes, [{ kind: "applied" }])
  stage.route.readIndex(stage.time.now() + 1000, (index) => stage.indexes.push(index))
  t.equal(stage.asked[2]?.to, RELAYS[1])
  const { ask, answers } = served(stage)
  ask(1)
  t.match(answers, [{ how: 2 }], "whoever asks here has other relays")
  t.equal(stage.asked.length, 3)
  t.end()
})

test("a host without a replica goes from relay to relay until one takes its command", (t) => {
  const stage = new RouteStage()
  stage.propose()
  stage.asked[0]?.done({ kind: "unsent" })
  stage.pass(20)
  stage.asked[1]?.done({ kind: "answer", how: 2, body: new Uint8Array(0) })
  stage.pass(40)
  t.same(
    stage.asked.map(({ to }) => to),
    [RELAYS[0], RELAYS[1], RELAYS[0]],
  )
  const body = encodeApplied({ result: RESULT, rev: 4, isRepeat: false })
  stage.asked[2]?.done({ kind: "answer", how: 1, body })
  t.same(stage.outcomes, [{ kind: "applied", result: RESULT, rev: 4, isRepeat: false }])
  t.end()
})

test("an answer that was lost makes the outcome unknown, also when nobody is reached later", (t) => {
  const stage = new RouteStage()
  stage.propose(true)
  stage.asked[0]?.done({ kind: "lost" })
  stage.relays = []
  stage.pass(1000)
  t.same(stage.outcomes, [{ kind: "unknown" }])
  t.end()
})

test("without a relay nothing is proposed, and that is said at the deadline", (t) => {
  const stage = new RouteStage()
  stage.relays = []
  stage.propose()
  stage.route.readIndex(stage.time.now() + 1000, (index) => stage.indexes.push(index))
  stage.pass(990)
  t.same(stage.outcomes, [])
  stage.pass(30)
  t.same(stage.outcomes, [{ kind: "noQuorum" }])
  t.same(stage.indexes, [undefined])
  t.end()
})

test("an index to read at comes from the own replica, or from a relay", (t) => {
  const stage = new RouteStage()
  stage.route.readIndex(stage.time.now() + 1000, (index) => stage.indexes.push(index))
  stage.asked[0]?.done({ kind: "answer", how: 5, body: encodeReadIndex(logIndex(17)) })
  stage.replica = "follower"
  stage.route.readIndex(stage.time.now() + 1000, (index) => stage.indexes.push(index))
  stage.read[0]?.(undefined)
  stage.pass(20)
  stage.read[1]?.(logIndex(9))
  t.same(stage.indexes, [17, 9])
  t.end()
})

test("a relay serves the calls of others: appends, forwards, or says that nothing was proposed", (t) => {
  const stage = new RouteStage()
  stage.replica = "leader"
  const { ask, answers } = served(stage)
  ask(1)
  stage.proposed[0]?.(APPLIED)
  t.match(answers, [{ kind: "answer", number: 7, how: 1 }])
  stage.replica = "follower"
  ask(3)
  t.match(answers[1], { how: 2 }, "forwarded as to the leader, it is not sent round")
  ask(1)
  stage.pass(510)
  t.match(answers[2], { how: 2 })
  ask(99)
  t.match(answers[3], { how: 2 }, "of a later version")
  ask(6)
  t.match(answers[4], { how: 2 }, "no renewal")
  t.end()
})

test("two hosts without replicas that take each other for relays send nothing to and fro", (t) => {
  const time = new FakeClock()
  const hello = { kind: "hello", version: 1, purpose: "calls", cluster: "c", from: "a", to: "" } as const
  let hops = 0
  const routes = [1, 0].map((other): LeaderRoute => {
    const call = (_to: Addr, { what, body, untilMs }: Call, done: (outcome: CallOutcome) => void): void => {
      // A command that goes round would go round for ever.
      if (++hops > 100) return
      const inbound = (routes[other] as LeaderRoute).serve({
        ...{ hello, source: LEADER, waitingBytes: () => 0, close: () => {} },
        send: (frame) => {
          if (frame.kind === "answer") done({ kind: "answer", how: frame.how, body: frame.body })
          return true
        },
      })
      inbound.onFrame({ kind: "call", number: 1, leftMs: untilMs - time.now(), what, body })
    }
    const here = { running: () => undefined, leaderAddr: () => undefined, relays: () => RELAYS.slice(0, 1) }
    const detour = { isNeeded: false, relays: () => [], unreached: () => {} }
    return new LeaderRoute({
      ...{ clock: clockOf(time), calls: { call } as unknown as CallLinks, running: here.running },
      ...{ way: new WayToLeader({ ...here, detour }), door: OPEN, serveOther: () => false },
    })
  })
  const outcomes: Outcome[] = []
  const untilMs = time.now() + 1000
  const proposal = { data: COMMAND, untilMs, relieves: false, isRepeatable: false }
  routes[0]?.propose(proposal, (outcome) => outcomes.push(outcome))
  t.equal(hops, 1, "whoever has no replica says so at once")
  const renewed: unknown[] = []
  routes[0]?.renew({ host: "h", boot: 1, attempt: 1 } as never, untilMs, (outcome) => renewed.push(outcome))
  t.same(renewed, [undefined], "and gathers no renewals for others")
  for (let passed = 0; passed < 1100; passed += 10) time.advance(10)
  t.same(outcomes, [{ kind: "noQuorum" }])
  t.ok(hops < 20, `${hops}`)
  t.end()
})

test("a renewal goes into the batch of the relay that hears it", (t) => {
  const stage = new RouteStage()
  stage.replica = "leader"
  let told = 0
  stage.route.renew({ host: "h", boot: 1, attempt: 1 } as never, stage.time.now() + 1000, () => told++)
  t.equal(stage.proposed.length, 0)
  stage.route.flushRenewals()
  t.equal(stage.proposed.length, 1)
  stage.proposed[0]?.({ ...APPLIED, applied: { ...APPLIED.applied, result: { kind: "renewed", items: [] } } })
  t.equal(told, 1)
  stage.route.stop()
  t.end()
})

test("what only a leader says is taken of no other agent: a wrong hash would end every replica", (t) => {
  const stage = new RouteStage()
  stage.replica = "leader"
  const { ask, answers } = served(stage)
  const commands: readonly Command[] = [
    { kind: "checkHash", index: 5000, hash: "x" },
    { kind: "tick", wallMs: 1 },
    { kind: "workAssign", pool: "p", moves: [] },
    { kind: "found", clusterId: "c", wallMs: 1 },
    { kind: "recover", wallMs: 1, snapshotWallMs: 0 },
  ]
  for (const command of commands) for (const what of [1, 2, 3, 4]) ask(what, encodeCommand(command))
  t.equal(stage.proposed.length, 0)
  t.equal(answers.length, 20)
  const { result } = decodeApplied((answers[0] as StreamFrame & { kind: "answer" }).body) ?? {}
  t.match(result, { kind: "refused", refusal: { kind: "invalid", field: "command" } })
  t.end()
})

test("a relay works on so many calls of one agent at once, and says of the next that nothing was proposed", (t) => {
  const stage = new RouteStage()
  stage.replica = "leader"
  const { ask, answers } = served(stage)
  for (let each = 0; each < 4096; each++) ask(1)
  t.equal(stage.proposed.length, 4096)
  t.same(answers, [])
  ask(1)
  t.equal(stage.proposed.length, 4096)
  t.match(answers, [{ kind: "answer", how: 2 }])
  stage.proposed[0]?.(APPLIED)
  ask(1)
  t.equal(stage.proposed.length, 4097, "there is room again")
  t.end()
})

test("what the door refuses is answered so, what it sends elsewhere was not proposed, and nothing is appended", (t) => {
  const stage = new RouteStage()
  stage.replica = "leader"
  const asked: Asking[] = []
  const verdicts: ((verdict: Verdict) => void)[] = []
  stage.door = {
    ...OPEN,
    judge: (asking, done) => {
      asked.push(asking)
      verdicts.push(done)
    },
  }
  const { ask, answers } = served(stage)
  for (const what of [WHAT.propose, WHAT.relieve, WHAT.relieve]) ask(what)
  t.match(asked[0], { from: "a", data: COMMAND, untilMs: stage.time.now() + 500 })
  t.same(answers, [], "the door may have to ask")
  verdicts[0]?.("elsewhere")
  verdicts[1]?.({ kind: "refused", refusal: { kind: "outdated" }, rev: 7 })
  t.equal(stage.proposed.length, 0)
  t.match(answers, [{ how: HOW.notProposed }, { how: HOW.applied }])
  const refusal = answers[1]?.kind === "answer" ? decodeApplied(answers[1].body) : undefined
  t.match(refusal, { result: { kind: "refused", refusal: { kind: "outdated" } }, rev: 7 })
  verdicts[2]?.("admitted")
  t.equal(stage.proposed.length, 1)
  t.end()
})

test("as to who leads nothing is taken of a host without a seat, and renewals of others only of one that has one", (t) => {
  const stage = new RouteStage()
  stage.replica = "leader"
  stage.door = { ...OPEN, hasSeat: () => false, speaksFor: (from, host) => from === host }
  const { ask, answers } = served(stage)
  const renewalOf = (host: string): Uint8Array => encodeRenewal({ host: host as NodeId, boot: 1, attempt: 1 })
  for (const what of [WHAT.proposeHere, WHAT.relieveHere, WHAT.departHere, WHAT.groupHere]) ask(what)
  ask(WHAT.renew, renewalOf(memberId("b")))
  t.same(
    answers.map((frame) => (frame.kind === "answer" ? frame.how : undefined)),
    [2, 2, 2, 2, 2],
  )
  t.equal(stage.proposed.length, 0)
  stage.door = OPEN
  ask(WHAT.relieveHere)
  ask(WHAT.renew, renewalOf(memberId("b")))
  stage.pass(300)
  t.equal(stage.proposed.length, 2)
  t.end()
})

test("who cannot pass a command on does not ask about it first: whoever sent it has others", (t) => {
  const stage = new RouteStage()
  stage.door = { ...OPEN, judge: () => t.fail("nothing is judged") }
  const { ask, answers } = served(stage)
  ask(WHAT.propose)
  stage.replica = "follower"
  stage.detour.isNeeded = true
  ask(WHAT.propose)
  t.match(answers, [{ how: HOW.notProposed }, { how: HOW.notProposed }])
  t.end()
})
