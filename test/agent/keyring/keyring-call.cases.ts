import { millis, Random } from "@conclave/base"
import type { KeyringJson } from "conclave/api/keyring-schema"
import { isProblem, type Problem } from "conclave/api/problem"
import { KeyService } from "conclave/keyring/key-service"
import { KeyringCall } from "conclave/keyring/keyring-call"
import type { Order, Told } from "conclave/keyring/ring"
import type { Answers, Asked } from "conclave/keyring/rounds"
import type { Clock } from "conclave/ports"
import { test } from "tap"
import { asked, KeysInMemory, newSecret } from "./stage.ts"

type Result = KeyringJson | Problem
type Fate = "done" | "unheard" | "lost" | "crash"

/** Agents whose keys are in memory, between which words get lost; after each word it is looked whether all open all. */
class Fleet {
  readonly keys: ReadonlyMap<string, KeysInMemory>
  readonly #names: readonly string[]
  readonly dead: Set<string> = new Set()
  fate: () => Fate = () => "done"
  steps = 0
  #nowMs = 0

  constructor(names: readonly string[]) {
    const secret = newSecret()
    this.#names = names
    this.keys = new Map(names.map((name) => [name, new KeysInMemory(secret)]))
  }

  /** undefined: the agent that was asked has died of it. */
  call(at: string, verb: "rotate" | "list" | "install" | "use" | "remove", fingerprint?: string): Result | undefined {
    let result: Result | undefined
    const own = this.#of(at)
    const call = new KeyringCall({
      clock: { now: () => millis(this.#nowMs) } as Clock,
      rounds: { ask: (members, order, _untilMs, done) => this.#ask(members, order, done) },
      members: () => this.#names.map((name) => asked(name, !this.dead.has(name))),
      self: asked(at).id,
      own,
      untilMs: this.#nowMs + 3000,
    })
    call.carryOut({ verb, ...(fingerprint === undefined ? {} : { fingerprint }) }, (end) => {
      result = end
    })
    return result
  }

  /** Each living member opens what each other seals. */
  isSound(): boolean {
    const living = this.#names.filter((name) => !this.dead.has(name)).map((name) => this.#of(name).ring())
    return living.every((ring) => living.every(([first]) => ring.some((key) => key.fingerprint === first?.fingerprint)))
  }

  #ask(members: readonly Asked[], order: Order, done: (answers: Answers) => void): void {
    const answers = new Map<Asked["id"], Told | undefined>()
    this.#nowMs += 100
    for (const { id, name } of members) {
      const fate = this.dead.has(name) ? "lost" : this.fate()
      this.steps++
      if (fate === "crash") return
      const service = new KeyService({ own: this.#of(name), onDone: () => {} })
      let told: Told | undefined
      if (fate !== "lost")
        service.carryOut(order, id, (each) => {
          told = each
        })
      answers.set(id, fate === "done" ? told : undefined)
      if (!this.isSound()) throw new Error(`${name} is stranded by ${order.kind}`)
    }
    done(answers)
  }

  #of(name: string): KeysInMemory {
    const keys = this.keys.get(name)
    if (keys === undefined) throw new Error(`there is no ${name}`)
    return keys
  }
}

test("however words get lost and agents die in the middle, nobody is stranded, and the next try goes on", (t) => {
  const names = ["a", "b", "c", "d"]
  let wasDone = 0
  for (let seed = 1; seed <= 400; seed++) {
    const random = new Random(seed)
    const fleet = new Fleet(names)
    const [old] = fleet.keys.get("a")?.ring() ?? []
    fleet.fate = () => (["lost", "unheard", "crash"] as const)[random.below(40)] ?? "done"
    for (let tries = 0; tries < 6; tries++) {
      if (random.below(4) === 0) fleet.dead.add("d")
      const result = fleet.call(names[random.below(3)] as string, "rotate")
      if (result !== undefined && !isProblem(result) && result.phase === "done") wasDone++
    }
    fleet.dead.clear()
    fleet.fate = () => "done"
    if (!fleet.isSound()) continue
    const result = fleet.call("b", "rotate") as KeyringJson
    const rings = [...fleet.keys.values()].map(({ ring }) => ring())
    const [first] = rings
    if (result.phase !== "done" || first?.length !== 1 || first[0]?.fingerprint === old?.fingerprint)
      t.fail(`seed ${seed}: ${JSON.stringify([result, rings])}`)
    if (new Set(rings.map((ring) => JSON.stringify(ring))).size !== 1) t.fail(`seed ${seed}: rings differ`)
  }
  t.ok(wasDone > 100, "some went through at once")
  t.end()
})

test("a living member without an answer stops a rotation before its next step, and is named", (t) => {
  const fleet = new Fleet(["a", "b", "c"])
  t.match(fleet.call("a", "rotate"), { phase: "done", failed: [] })
  const c = fleet.keys.get("c")
  if (c === undefined) throw new Error("c is there")
  c.problem = "the disk is full"
  const stopped = fleet.call("a", "rotate") as KeyringJson
  t.match(stopped, { phase: "install", failed: [{ name: "c", message: "the disk is full" }], items: [{}, {}] })
  t.ok(stopped.items.every(({ primary, members }) => (primary ? members === 3 : members === 2)))
  const fresh = stopped.items.find(({ primary }) => !primary)?.fingerprint
  t.match(fleet.call("b", "use", fresh), { code: "CONFLICT", details: { reason: "not-everywhere", missing: ["c"] } })
  c.problem = undefined
  t.match(fleet.call("b", "rotate"), { phase: "done", items: [{ fingerprint: fresh, members: 3, of: 3 }] })
  t.end()
})

test("an agent that lacks the key of a rotation that has begun elsewhere has it given", (t) => {
  const fleet = new Fleet(["a", "b", "c"])
  // The key is at a alone, and a has died of it.
  fleet.fate = () => (fleet.steps === 4 ? "crash" : "done")
  t.equal(fleet.call("a", "rotate"), undefined)
  t.same(
    [...fleet.keys.values()].map(({ ring }) => ring().length),
    [2, 1, 1],
  )
  const begun = fleet.keys.get("a")?.ring()[1]?.fingerprint
  fleet.fate = () => "done"
  t.match(fleet.call("c", "rotate"), { phase: "done", items: [{ fingerprint: begun, members: 3 }] })
  t.end()
})

test("of keys of which nobody has said which is newer none is chosen, but the one that is named", (t) => {
  const fleet = new Fleet(["a", "b"])
  const [by, hand] = [newSecret(), newSecret()]
  const keys = [...fleet.keys.values()]
  for (const each of keys) each.change({ kind: "install", secret: by, serial: 0 }, () => {})
  const result = fleet.call("a", "rotate") as Problem
  t.match(result, { code: "CONFLICT", details: { reason: "equally-new" }, hint: /rotate FINGERPRINT/ })
  const fingerprint = keys[0]?.fingerprintOf(by)
  t.match(fleet.call("a", "rotate", keys[0]?.fingerprintOf(hand)), { code: "NOT_FOUND" })
  t.match(fleet.call("a", "rotate", fingerprint), { phase: "done", items: [{ fingerprint, members: 2 }] })
  t.match(fleet.call("a", "rotate", fingerprint), { phase: "done", items: [{ fingerprint }] }, "twice is once")
  t.end()
})

test("an old key is removed from nobody while a living member says nothing", (t) => {
  const fleet = new Fleet(["a", "b", "c"])
  const [old] = fleet.keys.get("a")?.ring() ?? []
  const fresh = newSecret()
  for (const each of fleet.keys.values()) {
    each.change({ kind: "install", secret: fresh, serial: 1 }, () => {})
    each.change({ kind: "use", fingerprint: each.fingerprintOf(fresh), serial: 1 }, () => {})
  }
  fleet.dead.add("c")
  t.match(fleet.call("a", "list"), { items: [{ members: 2, of: 3, missing: ["c"] }, {}], failed: [] })
  fleet.dead.clear()
  fleet.fate = () => (fleet.steps % 3 === 2 ? "lost" : "done")
  fleet.steps = 0
  const refused = fleet.call("a", "remove", old?.fingerprint)
  t.match(refused, { code: "CONFLICT", details: { reason: "not-acknowledged", missing: ["c"] } })
  fleet.fate = () => "done"
  t.match(fleet.call("a", "remove", old?.fingerprint), { failed: [], items: [{ members: 3, primary: true }] })
  t.match(fleet.call("a", "remove", fleet.keys.get("a")?.fingerprintOf(fresh)), { details: { reason: "primary" } })
  t.end()
})
