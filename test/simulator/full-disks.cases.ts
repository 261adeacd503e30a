import type { NodeId } from "@conclave/base"
import { NO_TERMS, type SessionId, type Token } from "@conclave/consensus"
import { type Test, test } from "tap"
import { RaftBench } from "./raft-bench.ts"

const ALL = [0, 1, 2]
/** Dies unless its host is renewed. */
const TTL_MS = 10_000
const VALUE = JSON.stringify("x".repeat(4000))

function three(): RaftBench {
  const bench = new RaftBench({ agents: 3 })
  if (!bench.until(() => bench.voters() === 3)) throw new Error("three agents never voted")
  return bench
}

/** A session of agent `from`, which stands for an election. */
class Candidate {
  readonly id: SessionId
  readonly #bench: RaftBench
  readonly #from: number
  #seq = 1
  #attempt = 0

  constructor(bench: RaftBench, from: number) {
    this.#bench = bench
    this.#from = from
    const { id, asked } = bench.open(from, undefined, TTL_MS)
    this.id = id
    if (!bench.until(() => asked.outcome?.kind === "applied")) throw new Error("no session")
    const hold = { hold: "election", names: ["boss"], mode: "exclusive", waitMs: undefined, priority: 0 } as const
    const rest = { maxHoldMs: undefined, lockDelayMs: 0, ...NO_TERMS, note: undefined, value: undefined }
    const command = { kind: "acquire", session: id, seq: this.#seq, floor: 0, ...hold, ...rest } as const
    const acquired = bench.propose(from, command)
    const isTold = (): boolean => acquired.outcome?.kind === "applied" && this.token > 0
    if (!bench.until(isTold)) throw new Error("no leadership")
  }

  /** A large one; what became of it, in a word. */
  update(): string {
    const seq = ++this.#seq
    const change = { token: this.token, note: undefined, value: VALUE }
    return this.#outcome({ kind: "update", session: this.id, seq, floor: 0, ready: undefined, ...change })
  }

  /** Its host lives on for a while, and says so. */
  outlive(ms: number): void {
    for (let passed = 0; passed < ms; passed += TTL_MS / 5) {
      this.#bench.runMs(TTL_MS / 5)
      const renewal = { host: this.#bench.host(this.#from).id as NodeId, boot: 1, attempt: ++this.#attempt }
      this.#outcome({ kind: "renewHosts", items: [renewal] })
    }
  }

  release(): string {
    return this.#outcome({ kind: "release", session: this.id, seq: ++this.#seq, floor: 0, token: this.token })
  }

  get token(): Token {
    const machine = this.#bench.host(this.#from).consensus.state.local()?.state
    return machine?.hold(this.id, 1)?.token ?? (0 as Token)
  }

  #outcome(command: Parameters<RaftBench["propose"]>[1]): string {
    const asked = this.#bench.propose(this.#from, command)
    this.#bench.until(() => asked.outcome !== undefined)
    const { outcome } = asked
    if (outcome === undefined) return "nothing"
    if (outcome.kind === "applied") return outcome.result.kind === "refused" ? outcome.result.refusal.kind : "applied"
    return "reason" in outcome ? outcome.reason : outcome.kind
  }
}

/** Nothing grows any more on the disk under the log of this agent. */
function fill(bench: RaftBench, index: number): void {
  const { files } = bench.member(index).machine
  files.capacityBytes = files.usedBytes
}

/** Large updates until one is refused, and why. */
function updateUntilRefused(candidate: Candidate): string {
  let said = candidate.update()
  for (let updates = 0; said === "applied" && updates < 5000; updates++) said = candidate.update()
  return said
}

/** At all agents new work is refused early, and what is led is read; what is held lives on, and is given back. */
function goesOn(t: Test, bench: RaftBench, candidate: Candidate): void {
  for (const index of ALL) {
    const beganUs = bench.world.nowUs
    const { asked } = bench.open(index)
    t.ok(bench.until(() => asked.outcome !== undefined))
    t.match(asked.outcome, { kind: "not-proposed", reason: "disk-full" }, `new work at ${index}`)
    t.ok(bench.world.nowUs - beganUs < 500_000, "it is refused early, not when time is up")
    t.equal(seesBoss(bench, index), true, `a read at ${index}`)
  }
  candidate.outlive(6 * TTL_MS)
  for (const index of ALL) t.ok(bench.knows(index, candidate.id), "its host is renewed")
  t.equal(candidate.release(), "applied")
  for (const index of ALL) t.equal(seesBoss(bench, index), false, `a read at ${index} behind the release`)
}

/** With room at `full` new work is taken again. */
function takesNewWork(bench: RaftBench, full: readonly number[]): boolean {
  for (const index of full) bench.member(index).machine.files.capacityBytes = Number.POSITIVE_INFINITY
  const leader = bench.leader() as number
  return bench.until(() => {
    const { id, asked } = bench.open(leader)
    return bench.until(() => asked.outcome !== undefined) && bench.knows(leader, id)
  }, 120_000)
}

/** Whether agent `index` is shown, by a read that a majority confirms, that somebody leads. */
function seesBoss(bench: RaftBench, index: number): boolean | undefined {
  const asked = bench.read(index)
  bench.until(() => asked.outcome !== undefined)
  const { outcome } = asked
  return outcome?.kind === "read" ? outcome.state.name("election", "boss").holders.length > 0 : undefined
}

test("while the disk of the leader is full reads, renewals and releases go on everywhere, and new work is refused at once", async (t) => {
  const bench = three()
  const leader = bench.leader() as number
  const candidate = new Candidate(bench, ALL.find((index) => index !== leader) as number)
  const { term } = bench.host(leader).consensus.running?.raft ?? {}
  fill(bench, leader)
  t.equal(updateUntilRefused(candidate), "disk-full")
  goesOn(t, bench, candidate)
  t.same([bench.leader(), bench.host(leader).consensus.running?.raft.term], [leader, term], "nobody was deposed")
  t.ok(takesNewWork(bench, [leader]))
})

test("the same while the disks of both followers are full: the leader knows", async (t) => {
  const bench = three()
  const leader = bench.leader() as number
  const followers = ALL.filter((index) => index !== leader)
  const candidate = new Candidate(bench, followers[0] as number)
  const { term } = bench.host(leader).consensus.running?.raft ?? {}
  for (const index of followers) fill(bench, index)
  t.equal(updateUntilRefused(candidate), "disk-full")
  const warns = (index: number): boolean =>
    bench
      .host(index)
      .warnings()
      .some(({ code }) => code === "quorum-disk-full") &&
    /disks of too many voters/.test(bench.host(index).consensus.readiness.message ?? "")
  t.ok(
    bench.until(() => ALL.every(warns)),
    "and all say why",
  )
  goesOn(t, bench, candidate)
  t.same([bench.leader(), bench.host(leader).consensus.running?.raft.term], [leader, term], "nobody was deposed")
  t.ok(takesNewWork(bench, followers))
  t.ok(bench.until(() => ALL.every((index) => bench.host(index).consensus.readiness.ok)))
  t.notOk(ALL.some(warns))
})

test("a follower whose disk is full keeps nobody from anything, and catches up with room", async (t) => {
  const bench = three()
  const leader = bench.leader() as number
  const [full, other] = ALL.filter((index) => index !== leader) as [number, number]
  const candidate = new Candidate(bench, other)
  fill(bench, full)
  let applied = 0
  for (let updates = 0; updates < 800; updates++) if (candidate.update() === "applied") applied++
  t.equal(applied, 800)
  for (const index of [leader, other]) t.equal(seesBoss(bench, index), true)
  t.equal(candidate.release(), "applied")
  bench.member(full).machine.files.capacityBytes = Number.POSITIVE_INFINITY
  t.ok(bench.until(() => seesBoss(bench, full) === false, 120_000))
  t.equal(bench.voters(), 3)
})
