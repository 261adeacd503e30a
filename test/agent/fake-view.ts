import type { Addr, Generation, Incarnation, Millis, NodeId } from "@conclave/base"
import type { Accusation, Member, MemberChange, MemberRecord, MemberState } from "@conclave/swim"
import type { JournalNote } from "conclave/api/objects"
import { type Problem, problem } from "conclave/api/problem"
import type { AgentView, FaultRule, JoinOutcome, MemberChanged, NameConflict, ReadyItem } from "conclave/api/view"

/** What a test may change of a fake agent, and what was asked of it. */
export class FakeAgent {
  readonly view: AgentView
  readonly rows: Map<string, Member> = new Map()
  readonly readiness: ReadyItem[] = [
    { name: "join", ok: true, message: "ok" },
    { name: "gossip", ok: true, message: "ok" },
  ]
  readonly faults: FaultRule[] = []
  readonly expelled: (readonly [string, boolean])[] = []
  /** Why nobody can be expelled. */
  expulsion: Problem | undefined
  readonly accusations: Accusation[] = []
  /** Answers of `ping`, by path: undefined = none comes in time, "never" = no answer at all. */
  pingMs: (path: string) => number | undefined | "never" = () => 1.5
  joinOutcome: JoinOutcome | "never" = { joined: ["b"], failed: [] }
  leaves: number = 0
  /** What becomes of its seat when it leaves; "needed" = nobody could take it. */
  seat: "moved" | "none" | "needed" = "none"
  faultInjection: boolean = true
  version: number = 1
  wallMs: number = Date.parse("2026-03-01T12:00:00.000Z")
  readonly #changed: Set<(change: MemberChanged, version: number) => void> = new Set()
  readonly #conflicts: Set<(conflict: NameConflict) => void> = new Set()
  readonly news: Set<(note: JournalNote) => void> = new Set()

  constructor() {
    this.rows.set(memberId("a"), fakeMember("a"))
    this.view = fakeView(this, this.#changed, this.#conflicts)
  }

  get listeners(): number {
    return this.#changed.size
  }

  /** Puts a row, as a change that the core reports. */
  put(after: Member, change: MemberChange = "join", suspectMs = 0): void {
    const before = this.rows.get(after.id)
    this.rows.set(after.id, after)
    this.#tell({ kind: "memberChanged", change, before, after, suspectMs })
  }

  remove(name: string, change: MemberChange = "reap"): void {
    const before = this.rows.get(memberId(name))
    this.rows.delete(memberId(name))
    this.#tell({ kind: "memberChanged", change, before, after: undefined, suspectMs: 0 })
  }

  conflict(name: string): void {
    const [holder, challenger] = [fakeMember(name).record, fakeMember(`${name}2`).record]
    for (const on of this.#conflicts) on({ kind: "nameConflict", name, holder, challenger, fatal: false })
  }

  #tell(change: MemberChanged): void {
    this.version++
    for (const on of this.#changed) on(change, this.version)
  }
}

/** Monotonic time 0 of the fake is this moment. */
const EPOCH_MS = Date.parse("2026-03-01T11:00:00.000Z")

function fakeView(
  fake: FakeAgent,
  changed: Set<(change: MemberChanged, version: number) => void>,
  conflicts: Set<(conflict: NameConflict) => void>,
): AgentView {
  const members = (): readonly Member[] => [...fake.rows.values()]
  const count = (state: MemberState): number => members().filter((member) => member.state === state).length
  return {
    id: memberId("a"),
    cluster: "test",
    profile: "lan",
    get faultInjection() {
      return fake.faultInjection
    },
    uptimeMs: () => 1234.5,
    wallMs: () => fake.wallMs,
    wallOf: (at) => EPOCH_MS + at,
    readiness: () => fake.readiness,
    warnings: () => [{ code: "not-encrypted", message: "plain", hint: "keep it inside" }],
    localHealth: () => 2,
    viewVersion: () => fake.version,
    members,
    counts: () => ({ alive: count("alive"), suspect: count("suspect"), dead: count("dead"), left: count("left") }),
    byName: (name) => {
      const named = members().filter((member) => member.record.name === name)
      return named.find(({ state }) => state === "alive") ?? named.at(-1)
    },
    memberById: (id) => fake.rows.get(id),
    rttMs: (id) => (id === memberId("a") ? undefined : 0.12345),
    accusations: () => fake.accusations,
    onMemberChanged: (on) => listen(changed, on),
    onNameConflict: (on) => listen(conflicts, on),
    onGroupNews: (on) => listen(fake.news, on),
    ping: (_id, path, done) => {
      const rttMs = fake.pingMs(path)
      if (rttMs !== "never") queueMicrotask(() => done(rttMs))
    },
    join: (_addrs, done) => {
      const outcome = fake.joinOutcome
      if (outcome !== "never") queueMicrotask(() => done(outcome))
    },
    leave: ({ force }, done) => {
      if (fake.seat !== "needed" || force) fake.leaves++
      if (fake.seat === "needed") done(force ? "kept" : problem("CONFLICT", "nobody can take its seat"))
      else done(fake.seat)
    },
    expel: ({ id }, { prune }, done) => {
      fake.expelled.push([id, prune])
      done(fake.expulsion)
    },
    setFaults: (rule) => fake.faults.push(rule),
    config: () => [{ key: "name", value: "a", origin: "flag" }],
  }
}

function listen<T>(listeners: Set<T>, on: T): () => void {
  listeners.add(on)
  return () => listeners.delete(on)
}

/** An id that tells whose it is. */
export function memberId(name: string): NodeId {
  const text = [...Buffer.from(name)].map((byte) => String.fromCharCode(97 + (byte % 26)) + (byte % 6) + 2).join("")
  return text
    .replace(/[^a-z2-7]/g, "a")
    .padEnd(26, "a")
    .slice(0, 26) as NodeId
}

export function fakeMember(name: string, more: { state?: MemberState; tags?: Record<string, string> } = {}): Member {
  const record: MemberRecord = {
    id: memberId(name),
    name,
    addr: "10.0.0.1:7951" as Addr,
    generation: 3 as Generation,
    incarnation: 5 as Incarnation,
    tags: more.tags ?? {},
    zone: "",
    version: "1.2.3",
    protocolMin: 1,
    protocolMax: 1,
    health: 0,
    restartingForMs: 0,
    bytes: new Uint8Array(),
    hash: 0,
  }
  const state = more.state ?? "alive"
  return { id: record.id, record, state, sinceMs: 1000 as Millis, restartingUntilMs: undefined, accusers: [] }
}
