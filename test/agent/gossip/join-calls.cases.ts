import type { Addr } from "@conclave/base"
import type { JoinKeep } from "@conclave/swim"
import type { JoinOutcome } from "conclave/api/view"
import { JoinCalls } from "conclave/gossip/join-calls"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"

const OWN = "10.0.0.1:7951" as Addr
const A = "10.0.0.2:7951" as Addr
const B = "10.0.0.3:7951" as Addr

class Calls {
  readonly clock: FakeClock = new FakeClock()
  readonly zone: Map<string, readonly Addr[]> = new Map()
  readonly asked: Addr[] = []
  readonly kept: Map<Addr, JoinKeep> = new Map()
  readonly unresolved: string[] = []
  /** Look-ups that have not been answered. */
  readonly held: (() => void)[] = []
  isHolding = false
  isJoined = false
  readonly joins: JoinCalls

  constructor() {
    this.joins = new JoinCalls({
      names: {
        resolve: (text, done) => {
          const found = this.zone.get(text) ?? (/^\d/.test(text) ? [text as Addr] : [])
          const answer = (): void => done(found, found.length === 0 ? "no such host" : "")
          if (this.isHolding) this.held.push(answer)
          else answer()
        },
      },
      join: (addrs, keep) => {
        this.asked.push(...addrs)
        for (const each of addrs) this.kept.set(each, keep)
      },
      clock: this.clock,
      retryMs: 5000,
      own: OWN,
      isJoined: () => this.isJoined,
      onUnresolved: (text, problem) => this.unresolved.push(`${text} ${problem}`),
    })
  }

  call(...texts: string[]): { outcome: JoinOutcome | undefined } {
    const result: { outcome: JoinOutcome | undefined } = { outcome: undefined }
    this.joins.call(texts, (outcome) => {
      result.outcome = outcome
    })
    return result
  }
}

test("a call ends when each text has an outcome; one address that answers is enough for a name", (t) => {
  const calls = new Calls()
  calls.zone.set("seed", [A, B])
  const result = calls.call("seed", "10.0.0.9:1", "nowhere")
  t.same(calls.asked, [A, B, "10.0.0.9:1"])
  calls.joins.failed(A, "nothing listens there")
  calls.joins.failed("10.0.0.9:1" as Addr, "no answer in time")
  t.equal(result.outcome, undefined)
  calls.joins.joined(B, "b")
  t.same(result.outcome, {
    joined: ["b"],
    failed: [
      { addr: "nowhere", message: "no such host" },
      { addr: "10.0.0.9:1", message: "no answer in time" },
    ],
  })
  t.end()
})

test("a name fails when the last of its addresses has, with the last reason", (t) => {
  const calls = new Calls()
  calls.zone.set("seed", [A, B])
  const result = calls.call("seed", "seed")
  calls.joins.failed(B, "one")
  calls.joins.failed(A, "other")
  t.same(result.outcome, { joined: [], failed: [{ addr: "seed", message: "other" }] })
  t.same(calls.call().outcome, { joined: [], failed: [] }, "who asks for nothing is answered")
  t.end()
})

test("two calls for one address are both answered by it", (t) => {
  const calls = new Calls()
  const [one, two] = [calls.call(A), calls.call(A, B)]
  calls.joins.joined(A, "a")
  t.same(one.outcome?.joined, ["a"])
  t.equal(two.outcome, undefined)
  calls.joins.failed(B, "refused")
  t.same(two.outcome?.joined, ["a"])
  t.end()
})

test("a name is resolved again until somebody has answered, and its new addresses are asked", (t) => {
  const calls = new Calls()
  calls.joins.atStart(["seed"], [])
  t.ok(calls.joins.hasOthers)
  t.same(calls.unresolved, ["seed no such host"])
  calls.zone.set("seed", [OWN])
  calls.clock.advance(5000)
  t.same(calls.asked, [], "the own address is passed over")
  t.notOk(calls.joins.hasOthers)
  calls.zone.set("seed", [OWN, A])
  calls.clock.advance(10_000)
  calls.clock.advance(20_000)
  t.same(calls.asked, [A], "once each: the core asks again by itself")
  t.ok(calls.joins.hasOthers)
  calls.zone.set("seed", [B])
  calls.clock.advance(40_000)
  t.same(calls.asked, [A, B])
  calls.joins.stop()
  t.end()
})

test("a name is resolved ever more rarely, and for ever", (t) => {
  const calls = new Calls()
  calls.joins.atStart(["seed"], [])
  const waits = Array.from({ length: 8 }, () => {
    const waitMs = calls.clock.nextMs - calls.clock.now()
    calls.clock.advance(waitMs)
    return waitMs
  })
  t.same(waits, [5000, 10_000, 20_000, 40_000, 60_000, 60_000, 60_000, 60_000])
  t.equal(calls.unresolved.length, 9)
  t.end()
})

test("who is alone again resolves its names anew: everybody may have another address by then", (t) => {
  const calls = new Calls()
  calls.zone.set("seed", [A])
  calls.joins.atStart(["seed"], ["10.1.0.1:7951" as Addr])
  calls.asked.length = 0
  calls.isJoined = true
  calls.zone.set("seed", [B])
  for (let minute = 0; minute < 60; minute++) calls.clock.advance(60_000)
  t.same(calls.asked, [], "with company nobody need be asked")
  calls.isJoined = false
  calls.clock.advance(60_000)
  t.same(calls.asked, [B])
  t.equal(calls.clock.nextMs - calls.clock.now(), 10_000, "soon at first")
  calls.joins.stop()
  t.equal(calls.clock.armed, 0)
  t.end()
})

test("numeric addresses and a list of nobody keep no alarm", (t) => {
  const calls = new Calls()
  calls.joins.atStart([OWN, A], [])
  t.same(calls.asked, [A])
  t.equal(calls.clock.armed, 0)
  t.end()
})

test("new addresses replace the old ones, also while those are still being resolved", (t) => {
  const calls = new Calls()
  calls.zone.set("old", [A]).set("new", [B])
  calls.isHolding = true
  calls.joins.atStart(["old"], [])
  calls.joins.configure(["new"])
  for (const answer of calls.held) answer()
  t.same(calls.asked, [B])
  calls.joins.configure([])
  t.notOk(calls.joins.hasOthers)
  t.end()
})

test("members of the last life are asked eight at a time", (t) => {
  const calls = new Calls()
  const remembered = Array.from({ length: 20 }, (_, index) => `10.1.0.${index}:7951` as Addr)
  calls.joins.atStart([], remembered)
  t.equal(calls.asked.length, 8)
  calls.clock.advance(5000)
  t.equal(calls.asked.length, 16)
  calls.clock.advance(5000)
  t.same(calls.asked, remembered)
  calls.joins.stop()
  t.equal(calls.clock.armed, 0)
  t.end()
})

test("the core is told how long each address is worth asking", (t) => {
  const calls = new Calls()
  calls.joins.atStart([A], ["10.1.0.1:7951" as Addr])
  calls.call("10.1.0.2:7951")
  t.same(
    [...calls.kept],
    [
      ["10.1.0.1:7951", "untilJoined"],
      [A, "always"],
      ["10.1.0.2:7951", "once"],
    ],
  )
  calls.joins.stop()
  t.end()
})

test("what became of a configured address is kept until one answers, or others are configured", (t) => {
  const { joins } = new Calls()
  joins.configure([A, "nowhere"])
  t.equal(joins.lastFailure, "nowhere: no such host")
  joins.failed(B, "one that nobody configured")
  t.equal(joins.lastFailure, "nowhere: no such host")
  joins.failed(A, "it does not let this agent in")
  t.equal(joins.lastFailure, `${A}: it does not let this agent in`)
  joins.configure([A, B])
  t.equal(joins.lastFailure, undefined)
  joins.failed(B, "no answer in time")
  joins.joined(A, "a")
  t.equal(joins.lastFailure, undefined)
  t.end()
})
