import type { Addr } from "@conclave/base"
import type { ClusterId, FoundingAsk, FoundingHeard, FoundingRecord } from "@conclave/consensus"
import type { Member } from "@conclave/swim"
import { FoundingCalls } from "conclave/group/founding/founding-calls"
import { FoundingDriver } from "conclave/group/founding/founding-driver"
import { StreamServer } from "conclave/streams/stream-server"
import { test } from "tap"
import { FakeClock } from "../../fake-clock.ts"
import { clockOf, FakeLinks } from "../../fake-links.ts"
import { fakeMember } from "../../fake-view.ts"

const [FOUNDER, OTHER] = [memberAt("n1", "10.0.0.1:7951"), memberAt("n2", "10.0.0.2:7951")]
const OPEN: FoundingRecord = { line: "l", number: 3, isOpen: true, pledge: undefined }

function memberAt(name: string, at: string): Member {
  const member = fakeMember(name)
  return { ...member, record: { ...member.record, addr: at as Addr } }
}

const REST = {
  wish: "auto",
  profile: "local",
  log: { write: () => {} },
  askConfigured: () => {},
  found: () => {},
  adopt: () => {},
  onReady: () => {},
} as const

/** A founder whose last life left an attempt open, and somebody who has promised and asks it. */
class Scene {
  readonly saved: FoundingRecord[] = []
  readonly driver: FoundingDriver
  readonly #wires: FakeLinks = new FakeLinks()
  readonly #asker: FoundingCalls

  constructor(life: { readonly toldCluster?: ClusterId; readonly problem?: string }) {
    const clock = clockOf(new FakeClock())
    const partsOf = (addr: Addr, id: string) => {
      const links = this.#wires.port(addr)
      const server = new StreamServer(links, clock, { onRefused: () => {}, isRelay: () => true })
      return { clock, links, server, hello: () => ({ cluster: "", from: id }) }
    }
    this.#asker = new FoundingCalls({ ...partsOf(OTHER.record.addr, OTHER.id), self: OTHER.id, onAsk: () => {} })
    this.driver = new FoundingDriver({
      ...partsOf(FOUNDER.record.addr, FOUNDER.id),
      self: FOUNDER.id,
      ...REST,
      expects: 3,
      file: { record: OPEN, problem: undefined, save: (record) => void this.saved.push(record) },
      life: () => ({ toldCluster: undefined, problem: undefined, isIdle: true, ...life }),
      members: () => [FOUNDER, OTHER],
    })
    this.driver.start()
  }

  verdict(): FoundingHeard | undefined {
    let verdict: FoundingHeard | undefined
    const ask = { kind: "verdict", line: "l", number: 3 } as const
    this.#asker.ask(FOUNDER.id, FOUNDER.record.addr, { ask, done: (heard) => (verdict = heard) })
    this.#wires.dials.at(-1)?.accept()
    return verdict
  }
}

test("a promise is void when its founder has left and does not answer; one that answers says itself what became of it", (t) => {
  const time = new FakeClock()
  const wires = new FakeLinks()
  const partsOf = ({ id, record }: Member) => {
    const links = wires.port(record.addr)
    const server = new StreamServer(links, clockOf(time), { onRefused: () => {}, isRelay: () => true })
    return { clock: clockOf(time), links, server, self: id, hello: () => ({ cluster: "", from: id }) }
  }
  const asked: FoundingAsk[] = []
  const founder = new FoundingCalls({
    ...partsOf(FOUNDER),
    onAsk: (_from, ask, answer) => {
      asked.push(ask)
      answer({ kind: "open" })
    },
  })
  const pledge = { founder: FOUNDER.id, name: "n1", addr: FOUNDER.record.addr, line: "l", number: 3 }
  const saved: FoundingRecord[] = []
  const driver = new FoundingDriver({
    ...{ ...partsOf(OTHER), ...REST, expects: 0 },
    file: {
      record: { line: "", number: 0, isOpen: false, pledge },
      problem: undefined,
      save: (record) => void saved.push(record),
    },
    life: () => ({ toldCluster: undefined, problem: undefined, isIdle: true }),
    members: () => [{ ...FOUNDER, state: "left" }, OTHER],
  })
  driver.start()
  wires.dials.at(-1)?.accept()
  t.match(asked, [{ kind: "verdict", line: "l", number: 3 }])
  t.same(saved, [], "it is there, and may be about to found")
  founder.close()
  for (let passedMs = 0; passedMs < 10_000; passedMs += 100) {
    time.advance(100)
    for (const dial of wires.dials.splice(0)) dial.fail("refused")
  }
  t.match(saved, [{ pledge: undefined }])
  t.end()
})

test("a founder that was restarted aborts what it had begun, and not what came true", (t) => {
  const restarted = new Scene({})
  t.match(restarted.saved, [{ line: "l", number: 3, isOpen: false }])
  t.same(restarted.verdict(), { kind: "open" }, "as long as that is not on disk")
  const founded = new Scene({ toldCluster: "c" as ClusterId })
  t.same(founded.saved, [])
  t.same(founded.verdict(), { kind: "cluster", cluster: "c" })
  t.end()
})

test("a founder that cannot read which cluster it belongs to aborts nothing, and says that it does not know", (t) => {
  const scene = new Scene({ problem: "replica.json cannot be read: it is damaged" })
  t.same(scene.saved, [])
  t.same(scene.verdict(), { kind: "unknown" })
  t.match(scene.driver.warnings, [{ code: "founding-file", message: /^replica\.json cannot be read/ }])
  t.match(scene.driver.objection, /^replica\.json cannot be read/)
  t.end()
})
