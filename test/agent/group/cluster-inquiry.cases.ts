import type { NodeId } from "@conclave/base"
import type { ClusterId } from "@conclave/consensus"
import type { Member } from "@conclave/swim"
import { ClusterInquiry } from "conclave/group/cluster-inquiry"
import type { RunningReplica } from "conclave/replica/running-replica"
import { SeatBook } from "conclave/replica/seat-book"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"
import { clockOf } from "../fake-links.ts"
import { fakeMember } from "../fake-view.ts"

const [OWN, OTHER] = ["c1" as ClusterId, "c2" as ClusterId]
const REPLICA = {} as RunningReplica

class Scene {
  readonly time: FakeClock = new FakeClock()
  readonly asked: { readonly name: string; readonly answer: (cluster?: ClusterId) => void }[] = []
  readonly heard: ClusterId[] = []
  readonly inquiry: ClusterInquiry
  readonly #self: NodeId = "self" as NodeId
  readonly #book: SeatBook = new SeatBook(this.#self)
  readonly #known: Map<NodeId, Member> = new Map()
  #life: { readonly cluster: ClusterId | undefined; readonly running: RunningReplica | undefined }

  constructor(cluster?: ClusterId, running?: RunningReplica) {
    this.#life = { cluster, running }
    this.inquiry = new ClusterInquiry({
      clock: clockOf(this.time),
      self: this.#self,
      life: () => this.#life,
      book: this.#book,
      ask: ({ record }, done) => void this.asked.push({ name: record.name, answer: (told) => done(told) }),
      onHeard: (told) => {
        this.heard.push(told)
        this.#life = { ...this.#life, cluster: this.#life.cluster ?? told }
      },
    })
  }

  gossip(name: string, cluster: string, state: Member["state"] = "alive"): void {
    const member = fakeMember(name)
    const seat = { cluster, replica: "1", role: "voter", wish: "auto", isFull: false } as const
    const after: Member = { ...member, state, record: { ...member.record, seat } }
    const before = this.#known.get(after.id)
    this.#known.set(after.id, after)
    this.#book.changed(before, after)
    this.inquiry.memberChanged(before, after)
    this.inquiry.look()
  }

  names(): string[] {
    return this.asked.map(({ name }) => name)
  }

  get warned(): string[] {
    return this.inquiry.warnings.map(({ code, message }) => `${code}: ${message}`)
  }
}

test("what gossip says of a cluster is asked of whoever it is said of, and counts once that says so", (t) => {
  const scene = new Scene()
  scene.gossip("b", OTHER)
  t.same([scene.names(), scene.heard], [["b"], []])
  scene.asked[0]?.answer(OWN)
  t.same(scene.heard, [OWN], "of its own cluster it knows better than gossip")
  scene.time.advance(60_000)
  t.equal(scene.asked.length, 1)
  scene.gossip("b", OWN)
  t.same(scene.warned, [])
  t.end()
})

test("whoever is silent is asked again, ever more rarely, and forgotten when gossip says so no more", (t) => {
  const scene = new Scene()
  scene.gossip("b", OTHER)
  for (let passedMs = 0; passedMs < 60_000; passedMs += 50) {
    scene.asked.splice(0).forEach(({ answer }) => void answer())
    scene.time.advance(50)
  }
  scene.asked.length = 0
  scene.time.advance(8000)
  t.ok(scene.asked.length === 1, "still, and no more often")
  t.match(scene.warned, [/^cluster-unconfirmed: by gossip b at .* belongs to cluster c2, which it has not confirmed/])
  scene.gossip("c", OTHER)
  t.same(scene.names(), ["b", "c"], "a new one at once")
  for (const { answer } of scene.asked.splice(0)) answer()
  scene.gossip("b", "")
  scene.gossip("c", OTHER, "left")
  t.same(scene.warned, [])
  scene.time.advance(60_000)
  t.same(scene.names(), [])
  t.end()
})

test("made-up members that keep it waiting do not keep it from one that answers", (t) => {
  const scene = new Scene()
  for (let index = 0; index < 9; index++) scene.gossip(`x${index}`, OTHER)
  scene.gossip("b", OWN)
  t.equal(scene.asked.length, 4, "not all at once")
  for (let turn = 0; turn < 9 && !scene.names().includes("b"); turn++) scene.asked[turn]?.answer()
  scene.asked.find(({ name }) => name === "b")?.answer(OWN)
  t.same(scene.heard, [OWN])
  t.end()
})

test("another cluster is one when a member of it says so, to a host of the group; for as long as that lives", (t) => {
  const scene = new Scene(OWN, REPLICA)
  scene.gossip("a", OWN)
  scene.gossip("b", OTHER)
  scene.gossip("d", OTHER, "dead")
  t.same(scene.names(), ["b"])
  t.equal(scene.inquiry.stranger, undefined)
  scene.asked[0]?.answer(OWN)
  t.equal(scene.inquiry.stranger, undefined, "it was a lie")
  scene.time.advance(1000)
  scene.asked[1]?.answer(OTHER)
  t.equal(scene.inquiry.stranger?.record.name, "b")
  t.same(scene.warned, [])
  scene.gossip("b", OTHER, "dead")
  t.equal(scene.inquiry.stranger, undefined)
  t.end()
})

test("hosts without a replica say what gossip says, and ask nobody of another cluster", (t) => {
  const scene = new Scene(OWN)
  scene.gossip("b", OTHER)
  t.same(scene.asked, [])
  t.match(scene.warned, [/^cluster-unconfirmed: .*; this host belongs to c1$/])
  t.end()
})
