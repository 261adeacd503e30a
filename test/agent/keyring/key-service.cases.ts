import type { Addr } from "@conclave/base"
import { type KeyDeed, KeyService } from "conclave/keyring/key-service"
import type { Order, Told } from "conclave/keyring/ring"
import { decodeKeysTold, encodeOrder } from "conclave/keyring/wire-keyring"
import { HOW, WHAT } from "conclave/streams/call-kinds"
import type { StreamFrame } from "conclave/streams/stream-frame"
import type { Dialler, Inbound } from "conclave/streams/stream-server"
import { test } from "tap"
import { memberId } from "../fake-view.ts"
import { KeysInMemory, newSecret } from "./stage.ts"

const HELLO = { kind: "hello", version: 1, purpose: "keys", cluster: "", from: "b", to: "" } as const

function dialler(peer: Dialler["peer"]): Dialler & { readonly sent: StreamFrame[] } {
  const sent: StreamFrame[] = []
  const send = (frame: StreamFrame): boolean => sent.push(frame) > 0
  return { hello: HELLO, source: "b:1" as Addr, peer, send, waitingBytes: () => 0, close: () => {}, sent }
}

test("whoever has not shown who it is, and the join secret with it, hears of no key", (t) => {
  const service = new KeyService({ own: new KeysInMemory(newSecret()), onDone: () => t.fail() })
  t.equal(service.accept(dialler(undefined)), "of keys it is spoken under TLS alone")
  t.end()
})

test("an order is carried out and answered, and what it has changed is told with who asked", (t) => {
  const [first, second] = [newSecret(), newSecret()]
  const own = new KeysInMemory(first)
  const deeds: KeyDeed[] = []
  const service = new KeyService({ own, onDone: (deed) => deeds.push(deed) })
  const b = dialler(memberId("b"))
  const inbound = service.accept(b) as Inbound
  const ask = (order: Order): Told | undefined => {
    inbound.onFrame({ kind: "call", number: 9, leftMs: 1000, what: WHAT.keys, body: encodeOrder(order) })
    const answer = b.sent.pop()
    t.match(answer, { kind: "answer", number: 9, how: HOW.keys })
    return answer?.kind === "answer" ? decodeKeysTold(answer.body) : undefined
  }
  const [old, fresh] = [first, second].map(own.fingerprintOf) as [string, string]
  t.same(ask({ kind: "show" })?.ring, [{ fingerprint: old, serial: 0 }])
  t.equal(ask({ kind: "install", secret: second, serial: 1 })?.ring.length, 2)
  t.same(ask({ kind: "give", fingerprint: fresh })?.secret?.reveal(), second.reveal())
  t.match(ask({ kind: "give", fingerprint: "0123456789abcdef" }), { refusal: /does not have key/, secret: undefined })
  t.match(ask({ kind: "remove", fingerprint: old }), { refusal: "it seals", ring: [{}, {}] })
  t.equal(ask({ kind: "use", fingerprint: fresh, serial: 1 })?.ring[0]?.fingerprint, fresh)
  t.same(deeds, [
    { kind: "install", fingerprint: fresh, by: memberId("b") },
    { kind: "use", fingerprint: fresh, by: memberId("b") },
  ])
  inbound.onFrame({ kind: "call", number: 3, leftMs: 1000, what: WHAT.keys, body: Uint8Array.of(1, 2, 3) })
  inbound.onFrame({ kind: "call", number: 4, leftMs: 1000, what: WHAT.propose, body: encodeOrder({ kind: "show" }) })
  inbound.onFrame({ kind: "end" })
  inbound.onEnd()
  t.match(b.sent, [
    { number: 3, how: HOW.notProposed },
    { number: 4, how: HOW.notProposed },
  ])
  t.end()
})

test("who asks for more than can be done at once is told so", (t) => {
  const own = new KeysInMemory(newSecret())
  const waiting: (() => void)[] = []
  const slow = {
    ...own,
    change: (...wish: Parameters<typeof own.change>) => void waiting.push(() => own.change(...wish)),
  }
  const b = dialler(memberId("b"))
  const inbound = new KeyService({ own: slow, onDone: () => {} }).accept(b) as Inbound
  const body = encodeOrder({ kind: "install", secret: newSecret(), serial: 1 })
  for (let number = 0; number < 17; number++) {
    inbound.onFrame({ kind: "call", number, leftMs: 1000, what: WHAT.keys, body })
  }
  t.match(b.sent, [{ number: 16, how: HOW.overloaded }])
  for (const act of waiting) act()
  t.equal(b.sent.length, 17)
  t.end()
})

test("an agent whose gossip is open says so", (t) => {
  const service = new KeyService({ own: undefined, onDone: () => t.fail() })
  service.carryOut({ kind: "show" }, memberId("a"), (told) =>
    t.match(told, { ring: [], refusal: /give it the gossipKey/ }),
  )
  t.end()
})
