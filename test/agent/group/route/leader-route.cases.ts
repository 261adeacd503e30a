import type { Addr } from "@conclave/base"
import { encodeCommand, logIndex } from "@conclave/consensus"
import { encodeReadIndex } from "conclave/group/route/wire-renewal"
import { encodeApplied } from "conclave/group/route/wire-result"
import { HOW, WHAT } from "conclave/streams/call-kinds"
import { test } from "tap"
import { memberId } from "../../fake-view.ts"
import { APPLIED, LEADER, RELAYS, RESULT, RouteStage, served } from "./route-stage.ts"

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

test("the reserve is for what makes room, whatever another host says of a command", (t) => {
  const stage = new RouteStage()
  stage.replica = "leader"
  const { ask } = served(stage)
  const about = { request: undefined, key: "k", ifRev: undefined, guard: undefined } as const
  const put = encodeCommand({ kind: "kvPut", value: "1", ...about })
  const removal = encodeCommand({ kind: "kvDelete", ...about })
  for (const data of [put, removal]) for (const what of [WHAT.propose, WHAT.relieve, WHAT.relieveHere]) ask(what, data)
  t.same(stage.relieves, [false, false, false, false, true, true])
  t.end()
})

test("a host that is needed for the quorum is not removed, whoever asks for it", (t) => {
  const stage = new RouteStage()
  stage.replica = "leader"
  const { ask, answers } = served(stage)
  const removal = encodeCommand({ kind: "removeHost", host: memberId("b") })
  stage.needed = memberId("b")
  stage.removes("b")
  ask(WHAT.relieve, removal)
  t.equal(stage.proposed.length, 0)
  const refusal = { kind: "conflict", reason: "quorum-at-risk", current: 3 } as const
  const refused = { result: { kind: "refused", refusal, rev: 0 }, rev: 0, isRepeat: false } as const
  t.same(stage.outcomes, [{ kind: "applied", ...refused }])
  t.same(answers, [{ kind: "answer", number: 7, how: HOW.applied, body: encodeApplied(refused) }])
  stage.removes("c")
  t.equal(stage.proposed.length, 1)
  t.end()
})
