import type { Addr } from "@conclave/base"
import { KeyService } from "conclave/keyring/key-service"
import { Leveller } from "conclave/keyring/leveller"
import type { Asked } from "conclave/keyring/rounds"
import { StreamServer } from "conclave/streams/stream-server"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"
import { clockOf, FakeLinks } from "../fake-links.ts"
import { asked, KeysInMemory, newSecret } from "./stage.ts"

const A = asked("a")
const B = asked("b")

/** Two agents with one key in common at first, of which a hears what it cannot open from b. */
class Stage {
  readonly time: FakeClock = new FakeClock()
  readonly links: FakeLinks = new FakeLinks()
  readonly said: string[] = []
  readonly a: KeysInMemory
  readonly b: KeysInMemory
  readonly leveller: Leveller
  isUnderTls = true
  /** Who is at an address, as a knows. */
  memberAt: (addr: Addr) => Asked | undefined = (addr) => [A, B].find((each) => each.addr === addr)

  constructor() {
    const old = newSecret()
    this.a = new KeysInMemory(old)
    this.b = new KeysInMemory(old)
    const clock = clockOf(this.time)
    const serving = new KeyService({ own: this.b, onDone: ({ kind }) => this.said.push(`b ${kind}`) })
    const onRefused = (_source: Addr, reason: string): void => void this.said.push(reason)
    new StreamServer(this.links.port(B.addr), clock, { onRefused, isRelay: () => true }).serve("keys", serving.accept)
    this.leveller = new Leveller({
      clock,
      log: { write: (_level, _event, message) => void this.said.push(message) },
      links: this.links.port(A.addr, A.id),
      self: A.id,
      own: this.a,
      service: new KeyService({ own: this.a, onDone: ({ kind }) => this.said.push(`a ${kind}`) }),
      isUnderTls: () => this.isUnderTls,
      memberAt: (addr) => this.memberAt(addr),
    })
  }

  /** A datagram from there, and the channel that comes of it. */
  hears(from: Addr = B.addr): void {
    this.leveller.unreadable(from)
    for (const dial of this.links.dials.splice(0)) dial.accept()
  }
}

/** It has this key alone, as after a rotation. */
function moveTo(keys: KeysInMemory, secret: ReturnType<typeof newSecret>, serial: number): void {
  const [old] = keys.ring()
  keys.change({ kind: "install", secret, serial }, () => {})
  keys.change({ kind: "use", fingerprint: keys.fingerprintOf(secret), serial }, () => {})
  keys.change({ kind: "remove", fingerprint: old?.fingerprint ?? "" }, () => {})
}

test("whoever was away takes over the key that came into use later, whichever of the two has noticed", (t) => {
  for (const behind of ["a", "b"] as const) {
    const stage = new Stage()
    const ahead = behind === "a" ? "b" : "a"
    const fresh = newSecret()
    moveTo(stage[ahead], fresh, 4)
    stage.hears()
    const fingerprint = stage.a.fingerprintOf(fresh)
    t.same(stage[behind].ring(), [{ fingerprint, serial: 4 }], `${behind} was away`)
    t.equal(stage[ahead].ring().length, 1, "and nobody takes back what was removed")
    t.same(stage.said, [`${behind} install`, `${behind} use`, `${behind} remove`])
  }
  t.end()
})

test("of keys of which nobody has said which is newer both stay, and so does one that both have", (t) => {
  const stage = new Stage()
  moveTo(stage.b, newSecret(), 0)
  stage.hears()
  t.same([stage.a.ring().length, stage.b.ring().length, stage.said.length], [1, 1, 0])
  const same = new Stage()
  same.hears()
  t.same(same.said, [])
  t.end()
})

test("strangers, and many datagrams, make it ask nobody, or once", (t) => {
  const stage = new Stage()
  const dials = (): number => stage.links.dials.length
  stage.leveller.unreadable("203.0.113.9:1" as Addr)
  stage.leveller.unreadable(A.addr)
  stage.isUnderTls = false
  stage.leveller.unreadable(B.addr)
  t.equal(dials(), 0)
  stage.isUnderTls = true
  stage.hears()
  stage.leveller.unreadable(B.addr)
  t.equal(dials(), 0, "it has just asked")
  stage.time.advance(20_000)
  stage.leveller.unreadable(B.addr)
  t.equal(dials(), 1)
  stage.leveller.unreadable(B.addr)
  t.equal(dials(), 1, "it is asking")
  stage.leveller.stop()
  stage.time.advance(20_000)
  stage.leveller.unreadable(B.addr)
  t.equal(dials(), 1, "it is over")
  t.end()
})

test("a key that is not the one it was said to be is not taken, and why nothing came of it is logged", (t) => {
  const stage = new Stage()
  moveTo(stage.b, newSecret(), 2)
  Object.assign(stage.b, { secretOf: () => newSecret() })
  stage.hears()
  t.equal(stage.a.ring().length, 1)
  const full = new Stage()
  moveTo(full.b, newSecret(), 2)
  full.a.problem = "the disk is full"
  full.hears()
  t.same(full.said, ["keys were not levelled: this agent: the disk is full"])
  full.a.problem = undefined
  full.time.advance(20_000)
  full.hears()
  t.same(full.said.slice(1), ["a install", "a use", "a remove"], "it tries again")
  t.end()
})

test("who was away often has room for the key all the same, and then no other than those of all", (t) => {
  const stage = new Stage()
  const [kept, fresh] = [newSecret(), newSecret()]
  for (const secret of [newSecret(), kept, newSecret()])
    stage.a.change({ kind: "install", secret, serial: 1 }, () => {})
  moveTo(stage.b, fresh, 4)
  stage.b.change({ kind: "install", secret: kept, serial: 1 }, () => {})
  stage.hears()
  t.same(
    stage.a.ring().map(({ fingerprint }) => fingerprint),
    [fresh, kept].map((secret) => stage.a.fingerprintOf(secret)),
  )
  t.equal(stage.said.at(-1), "a remove")
  t.end()
})

test("one that is silent, or in whose name strangers send, does not keep the others waiting", (t) => {
  const stage = new Stage()
  const gone = asked("c")
  stage.memberAt = (addr) => [gone, B].find((each) => each.addr === addr)
  const fresh = newSecret()
  moveTo(stage.b, fresh, 4)
  stage.leveller.unreadable(gone.addr)
  t.same(
    stage.links.dials.splice(0).map(({ to }) => to),
    [gone.addr],
  )
  for (let passed = 0; passed < 5100; passed += 50) stage.time.advance(50)
  stage.links.dials.splice(0)
  stage.leveller.unreadable(gone.addr)
  stage.hears()
  t.match(stage.a.ring(), [{ fingerprint: stage.a.fingerprintOf(fresh), serial: 4 }])
  t.end()
})
