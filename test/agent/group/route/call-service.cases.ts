import type { Addr, NodeId } from "@conclave/base"
import { type Command, encodeCommand } from "@conclave/consensus"
import type { Asking, Verdict } from "conclave/group/route/call-door"
import { CallService } from "conclave/group/route/call-service"
import { LeaderRoute, type Outcome } from "conclave/group/route/leader-route"
import { WayToLeader } from "conclave/group/route/way-to-leader"
import { encodeRenewal } from "conclave/group/route/wire-renewal"
import { decodeApplied } from "conclave/group/route/wire-result"
import { HOW, WHAT } from "conclave/streams/call-kinds"
import type { Call, CallLinks, CallOutcome } from "conclave/streams/call-links"
import type { StreamFrame } from "conclave/streams/stream-frame"
import { test } from "tap"
import { FakeClock } from "../../fake-clock.ts"
import { clockOf } from "../../fake-links.ts"
import { memberId } from "../../fake-view.ts"
import { APPLIED, COMMAND, LEADER, OPEN, RELAYS, RouteStage, served } from "./route-stage.ts"

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
  const hosts = [1, 0].map((other): { route: LeaderRoute; service: CallService } => {
    const call = (_to: Addr, { what, body, untilMs }: Call, done: (outcome: CallOutcome) => void): void => {
      // A command that goes round would go round for ever.
      if (++hops > 100) return
      const inbound = (hosts[other] as { service: CallService }).service.serve({
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
    const ways = { clock: clockOf(time), running: here.running, way: new WayToLeader({ ...here, detour }) }
    const route = new LeaderRoute({ ...ways, calls: { call } as unknown as CallLinks, canSpare: () => true })
    return { route, service: new CallService({ ...ways, route, door: OPEN, serveOther: () => false }) }
  })
  const outcomes: Outcome[] = []
  const untilMs = time.now() + 1000
  const proposal = { data: COMMAND, untilMs, relieves: false, isRepeatable: false }
  hosts[0]?.route.propose(proposal, (outcome) => outcomes.push(outcome))
  t.equal(hops, 1, "whoever has no replica says so at once")
  const renewed: unknown[] = []
  hosts[0]?.route.renew({ host: "h", boot: 1, attempt: 1 } as never, untilMs, (outcome) => renewed.push(outcome))
  t.same(renewed, [undefined], "and gathers no renewals for others")
  for (let passed = 0; passed < 1100; passed += 10) time.advance(10)
  t.same(outcomes, [{ kind: "noQuorum" }])
  t.ok(hops < 20, `${hops}`)
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
