import type { Addr } from "@conclave/base"
import { Discovery } from "conclave/discovery/discovery"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"
import { ScriptedSource } from "./scripted-source.ts"

const OWN = "10.0.0.1:7951" as Addr
const A = "10.0.0.2:7951" as Addr
const B = "10.0.0.3:7951" as Addr
const TROUBLE = { problem: "no such host", hint: "look" }

class Stage {
  readonly clock: FakeClock = new FakeClock()
  readonly asked: Addr[] = []
  readonly logged: string[] = []
  readonly members: Set<Addr> = new Set()
  readonly discovery: Discovery

  constructor(...sources: readonly ScriptedSource[]) {
    this.discovery = new Discovery({
      clock: this.clock,
      log: { write: (_level, event) => void this.logged.push(event) },
      own: OWN,
      ask: (addrs) => this.asked.push(...addrs),
      isAlone: () => this.members.size === 0,
      isMember: (addr) => this.members.has(addr),
    })
    this.discovery.configure(sources)
  }

  /** Alarm by alarm, so that none is late. */
  pass(ms: number): Addr[] {
    const endMs = this.clock.now() + ms
    while (this.clock.nextMs <= endMs) this.clock.advance(Math.max(0, this.clock.nextMs - this.clock.now()))
    this.clock.advance(endMs - this.clock.now())
    return this.asked.splice(0)
  }
}

test("what a source gives is asked at once, and again ever more rarely for ever", (t) => {
  const source = new ScriptedSource()
  const stage = new Stage(source)
  t.same(stage.pass(0), [])
  source.found([OWN, A])
  t.same(stage.pass(0), [A])
  const perMinute = (minutes: number): number => stage.pass(minutes * 60_000).length / minutes
  t.ok(perMinute(1) >= 5)
  t.ok(perMinute(60) <= 2)
  t.ok(perMinute(60 * 24) >= 1, "also on the next day")
  t.equal(stage.clock.armed, 1)
  t.ok(source.refreshes > 60 * 24)
  t.end()
})

test("many candidates are asked eight a second, each once a turn", (t) => {
  const source = new ScriptedSource()
  const stage = new Stage(source)
  stage.pass(600_000)
  const many = Array.from({ length: 20 }, (_, host) => `10.1.0.${host}:7951` as Addr)
  source.found(many)
  t.same(stage.pass(0), many.slice(0, 8))
  t.same(stage.pass(999), [])
  t.same(stage.pass(1), many.slice(8, 16))
  t.same(stage.pass(1000), many.slice(16))
  t.same(stage.pass(5000), [])
  t.end()
})

test("a source that always gives other addresses has no more than eight a second asked", (t) => {
  const source = new ScriptedSource()
  const stage = new Stage(source)
  for (let round = 0; round < 1000; round++) {
    source.found(Array.from({ length: 50 }, (_, host) => `10.1.${round % 250}.${host}:${round + 1}` as Addr))
    stage.clock.advance(10)
  }
  t.ok(stage.asked.length >= 60 && stage.asked.length <= 100, String(stage.asked.length))
  t.end()
})

test("members are not asked; with company a stranger is asked rarely, and who is alone again begins anew", (t) => {
  const source = new ScriptedSource()
  const stage = new Stage(source)
  source.found([A, B])
  t.same(stage.pass(0), [A, B])
  stage.members.add(A)
  stage.discovery.changed()
  const accompanied = stage.pass(3_600_000)
  t.ok(accompanied.every((addr) => addr === B))
  t.ok(accompanied.length >= 6 && accompanied.length <= 20, String(accompanied.length))
  const before = source.refreshes
  stage.members.clear()
  stage.discovery.changed()
  t.equal(source.refreshes, before + 1, "addresses may have changed since")
  t.same(stage.pass(1000).slice(0, 2), [A, B])
  t.end()
})

test("new sources take the place of old ones, which are not heard any more", (t) => {
  const [old, fresh] = [new ScriptedSource("old"), new ScriptedSource("new")]
  const stage = new Stage(old)
  old.found([A])
  stage.pass(0)
  stage.discovery.configure([fresh])
  t.ok(old.isStopped)
  old.found([B])
  fresh.trouble(TROUBLE)
  t.same(stage.discovery.candidates, [])
  t.same(stage.pass(1000), [])
  t.match(stage.discovery.warnings(), [{ message: /^new gives nobody/ }])
  stage.discovery.configure([])
  t.same(stage.discovery.warnings(), [])
  t.equal(stage.clock.armed, 0)
  t.end()
})

test("the reason of each candidate is in the warning of who is alone", (t) => {
  const source = new ScriptedSource()
  const stage = new Stage(source)
  source.found([A])
  t.match(stage.discovery.warnings(), [{ message: /not asked yet/ }])
  stage.pass(0)
  t.match(stage.discovery.warnings(), [{ message: /no answer yet/ }])
  stage.discovery.failed(A, "nothing listens there")
  t.match(stage.discovery.warnings(), [
    { code: "discovery-dns", message: /10\.0\.0\.2:7951 \(nothing listens there\)/ },
  ])
  t.same(stage.logged, ["discovery.found", "discovery.refused"])
  stage.members.add(A)
  t.same(stage.discovery.warnings(), [])
  stage.pass(600_000)
  stage.discovery.failed(A, "nothing listens there")
  t.equal(stage.logged.length, 2, "with company it is no news")
  t.end()
})

test("the first word is that of each source, or of time", (t) => {
  const [one, other] = [new ScriptedSource(), new ScriptedSource()]
  const stage = new Stage(one, other)
  const said: string[] = []
  stage.discovery.onFirstWord(() => said.push("first"))
  one.found([])
  t.same(said, [])
  other.found([A], true)
  t.same(said, [], "it is still looking")
  t.same(stage.pass(0), [A], "but whom it has found is asked")
  other.trouble(TROUBLE)
  t.same(said, ["first"])
  stage.discovery.onFirstWord(() => said.push("second"))
  t.same(said, ["first", "second"], "all have spoken")
  stage.discovery.configure([new ScriptedSource()])
  stage.discovery.onFirstWord(() => said.push("third"))
  stage.clock.advance(9999)
  t.equal(said.length, 2)
  stage.clock.advance(1)
  t.same(said, ["first", "second", "third"])
  stage.discovery.configure([])
  stage.discovery.onFirstWord(() => said.push("nobody to wait for"))
  t.equal(said.length, 4)
  stage.discovery.stop()
  t.equal(stage.clock.armed, 0)
  t.end()
})
