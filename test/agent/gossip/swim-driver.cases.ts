import { type Addr, millis } from "@conclave/base"
import { type LinkEvent, Swim, swimConfig } from "@conclave/swim"
import { wireCodec } from "conclave/gossip/swim-codec"
import { type HostEffect, SwimDriver } from "conclave/gossip/swim-driver"
import type { RequestFailure, RequestResult } from "conclave/ports"
import { test } from "tap"
import { addrOf, alive, fieldsOf, idOf } from "../../swim/stage.ts"
import { FakeClock } from "../fake-clock.ts"

const CODEC = wireCodec("test")
const DEAF = { send: () => false, waitingBytes: () => 0, close: () => {} }
const NO_TRAFFIC = { sentPackets: 0, sentBytes: 0, receivedPackets: 0, receivedBytes: 0 }

/** A driver whose loop turns, datagrams, streams and links are the test's. */
class Rig {
  readonly clock: FakeClock = new FakeClock()
  readonly turns: (() => void)[] = []
  readonly effects: HostEffect[] = []
  readonly unreadable: string[] = []
  readonly requests: ((result: RequestResult) => void)[] = []
  readonly links: { readonly to: Addr; readonly on: (event: LinkEvent) => void; isClosed: boolean }[] = []
  readonly swim: Swim
  readonly driver: SwimDriver
  receivedCount = 0
  suspendedMs = 0
  drops = 0
  onEffect: (effect: HostEffect) => void = () => {}
  receive: (source: Addr, bytes: Uint8Array) => void = () => {}
  ask: (source: Addr, body: Uint8Array, reply: (pages: readonly Uint8Array[]) => void) => void = () => {}

  constructor() {
    const { now, wallMs, alarm } = this.clock
    this.swim = new Swim({ config: swimConfig("lan"), self: fieldsOf(0), seed: 5, nowMs: now() })
    const datagrams = {
      send: () => {},
      onReceive: (handler: typeof this.receive) => {
        this.receive = handler
      },
      received: () => this.receivedCount,
      kernelDrops: () => this.drops,
      sendErrors: () => 0,
      traffic: () => NO_TRAFFIC,
    }
    this.driver = new SwimDriver({
      swim: this.swim,
      codec: CODEC,
      ports: {
        clock: {
          now,
          wallMs,
          alarm,
          bootMs: () => now() + this.suspendedMs,
          afterTurn: (done) => void this.turns.push(done),
          afterSlice: (done) => void this.turns.push(done),
        },
        datagrams,
        links: {
          request: (_to, _body, _limitMs, done) => void this.requests.push(done),
          onRequest: (handler) => {
            this.ask = handler
          },
          watch: (to, _id, on) => this.#watch(to, on),
          dial: () => DEAF,
          onDial: () => {},
          traffic: () => NO_TRAFFIC,
        },
      },
      onEffect: (effect) => {
        this.effects.push(effect)
        this.onEffect(effect)
      },
      onUnreadable: (source, problem) => this.unreadable.push(`${source} ${problem}`),
    })
  }

  hear(...indexes: number[]): void {
    const updates = indexes.map((index) => alive(index))
    this.receive(addrOf(1), CODEC.encodeMessage({ kind: "gossip", from: idOf(1), digest: 0, updates }))
  }

  /** One turn of the loop after an alarm. */
  turn(): void {
    for (const done of this.turns.splice(0)) done()
  }

  /** Goes to the next deadline of the core, and `lateMs` beyond it. */
  ring(lateMs = 0): void {
    this.clock.advance(Math.ceil(Math.max(0, this.swim.nextDeadlineMs - this.clock.now())) + lateMs)
  }

  reasons(): string[] {
    return this.effects.flatMap((effect) => (effect.kind === "joinFailed" ? [effect.reason] : []))
  }

  #watch(to: Addr, on: (event: LinkEvent) => void): { close: () => void } {
    const link = { to, on, isClosed: false }
    this.links.push(link)
    return {
      close: () => {
        link.isClosed = true
      },
    }
  }
}

test("deadlines are judged after a turn that brought no datagram", (t) => {
  const rig = new Rig()
  rig.driver.start()
  rig.hear(1, 2, 3)
  const due = rig.swim.nextDeadlineMs
  rig.ring()
  t.equal(rig.swim.nextDeadlineMs, due, "not in the turn of the alarm")
  rig.receivedCount++
  rig.turn()
  t.equal(rig.swim.nextDeadlineMs, due, "not while datagrams come")
  rig.turn()
  t.ok(rig.swim.nextDeadlineMs > due)
  t.equal(rig.swim.counters.stalls, 0)
  t.end()
})

test("a flood of datagrams delays no deadline by more than 100 ms", (t) => {
  const rig = new Rig()
  rig.driver.start()
  rig.hear(1, 2, 3)
  const due = rig.swim.nextDeadlineMs
  rig.ring()
  for (let turn = 0; turn < 10; turn++) {
    rig.clock.advance(10)
    rig.receivedCount += 32
    rig.turn()
  }
  t.ok(rig.swim.nextDeadlineMs > due)
  t.end()
})

test("an alarm more than 50 ms late is a stall of our own, once", (t) => {
  const rig = new Rig()
  rig.driver.start()
  rig.hear(1, 2, 3)
  rig.ring(50)
  rig.turn()
  t.equal(rig.swim.counters.stalls, 0)
  rig.ring(51)
  rig.turn()
  t.equal(rig.swim.counters.stalls, 1)
  rig.ring()
  rig.turn()
  t.equal(rig.swim.counters.stalls, 1)
  t.end()
})

test("a suspended machine is a stall, although the monotonic clock stood still", (t) => {
  const rig = new Rig()
  rig.driver.start()
  rig.hear(1, 2, 3)
  rig.suspendedMs = 60_000
  for (let deadline = 0; deadline < 60; deadline++) {
    rig.ring()
    rig.turn()
  }
  t.equal(rig.swim.counters.stalls, 1)
  t.end()
})

test("what cannot be read is counted and refused", (t) => {
  const rig = new Rig()
  rig.driver.start()
  rig.receive(addrOf(9), Uint8Array.of(1, 2, 3))
  const replies: (readonly Uint8Array[])[] = []
  rig.ask(addrOf(9), Uint8Array.of(255), (pages) => replies.push(pages))
  t.match(rig.unreadable, [/^10\.0\.0\.9:7951 ./])
  t.equal(rig.driver.malformed, 2)
  t.match(
    replies.flat().map((page) => CODEC.decodeReply(page)),
    [{ kind: "refused", reason: "the request cannot be read" }],
  )
  rig.driver.input({ kind: "join", addrs: [addrOf(1)] })
  rig.requests[0]?.({ ok: true, pages: [Uint8Array.of(255, 255)] })
  t.equal(rig.driver.malformed, 3)
  t.same(rig.reasons(), ["what answers there is no agent of this kind"])
  t.end()
})

test("a request is answered once, in the words of the wire", (t) => {
  const rig = new Rig()
  rig.driver.start()
  const replies: (readonly Uint8Array[])[] = []
  const body = CODEC.encodeRequest({ kind: "ping", from: idOf(1), target: idOf(0) })
  rig.ask(addrOf(1), body, (pages) => replies.push(pages))
  t.same(
    replies.map((pages) => pages.map((page) => CODEC.decodeReply(page))),
    [[{ kind: "pong", upMs: 1 }]],
  )
  t.end()
})

test("every way in which a request can fail has words of its own", (t) => {
  const rig = new Rig()
  rig.driver.start()
  const failures: RequestFailure[] = [
    "refused",
    "timeout",
    "reset",
    "unreachable",
    "protocol",
    "otherCluster",
    "otherVersion",
  ]
  for (const [index, why] of failures.entries()) {
    rig.driver.input({ kind: "join", addrs: [addrOf(index + 1)] })
    rig.requests.pop()?.({ ok: false, why })
  }
  t.equal(new Set(rig.reasons().filter((reason) => reason !== "")).size, failures.length)
  t.end()
})

test("what an effect sets off waits until the input before is done with", (t) => {
  const rig = new Rig()
  rig.driver.start()
  const seen: string[] = []
  rig.onEffect = (effect) => {
    if (effect.kind !== "memberChanged") return
    seen.push(`${effect.change} ${effect.after?.record.name}`)
    if (effect.change === "join" && seen.length === 1) rig.driver.input({ kind: "setHealth", health: 1 })
  }
  rig.hear(1, 2)
  t.same(seen, ["join host-1", "join host-2", "update host-0"])
  t.end()
})

test("a link that was closed or replaced says nothing any more", (t) => {
  const rig = new Rig()
  rig.driver.start()
  rig.hear(1)
  for (let deadline = 0; deadline < 20 && rig.links.length === 0; deadline++) {
    rig.ring()
    rig.turn()
  }
  const [link] = rig.links
  t.equal(link?.to, addrOf(1))
  link?.on("up")
  rig.driver.stop()
  t.equal(link?.isClosed, true)
  const before = rig.swim.counters.suspicions
  link?.on("down")
  rig.hear(2)
  t.equal(rig.swim.counters.suspicions, before)
  t.equal(rig.swim.member(idOf(2)), undefined, "a driver that was stopped hears nothing")
  t.equal(rig.clock.armed, 0)
  t.equal(rig.swim.nextDeadlineMs > millis(0), true)
  t.end()
})
