import type { Addr } from "@conclave/base"
import type { ClusterId, FoundingHeard, FoundingRecord } from "@conclave/consensus"
import { FoundingCalls } from "conclave/group/founding-calls"
import { FoundingDriver } from "conclave/group/founding-driver"
import { StreamServer } from "conclave/streams/stream-server"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"
import { clockOf, FakeLinks } from "../fake-links.ts"
import { fakeMember } from "../fake-view.ts"

const [FOUNDER, OTHER] = ["n1", "n2"].map((name) => fakeMember(name)) as [
  ReturnType<typeof fakeMember>,
  ReturnType<typeof fakeMember>,
]
const OPEN: FoundingRecord = { line: "l", number: 3, isOpen: true, pledge: undefined }

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
      expects: 3,
      wish: "auto",
      profile: "local",
      log: { write: () => {} },
      file: { record: OPEN, problem: undefined, save: (record) => void this.saved.push(record) },
      life: () => ({ toldCluster: undefined, problem: undefined, isIdle: true, ...life }),
      members: () => [FOUNDER, OTHER],
      askConfigured: () => {},
      found: () => {},
      adopt: () => {},
      onReady: () => {},
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
