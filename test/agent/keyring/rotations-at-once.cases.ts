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

const NAMES = ["a", "b", "c", "d"]

type Result = KeyringJson | Problem

/** Agents of which several are asked for a rotation: their words to each other arrive in any order. */
class Crossing {
  readonly keys: ReadonlyMap<string, KeysInMemory>
  readonly results: Result[] = []
  readonly #random: Random
  readonly #words: (() => void)[] = []

  constructor(seed: number) {
    this.#random = new Random(seed)
    const secret = newSecret()
    this.keys = new Map(NAMES.map((name) => [name, new KeysInMemory(secret)]))
  }

  /** What the first one seals with. */
  get primary(): string | undefined {
    return this.#of("a").ring()[0]?.fingerprint
  }

  rotate(at: string, fingerprint?: string): void {
    const wish = { verb: "rotate", ...(fingerprint === undefined ? {} : { fingerprint }) } as const
    const call = new KeyringCall({
      clock: { now: () => millis(0) } as Clock,
      rounds: { ask: (members, order, _untilMs, done) => this.#ask(members, order, done) },
      members: () => NAMES.map((name) => asked(name)),
      self: asked(at).id,
      own: this.#of(at),
      untilMs: 3000,
    })
    this.#words.push(() => call.carryOut(wish, (result) => this.results.push(result)))
  }

  /** Until nothing is under way; false when somebody is stranded at some moment. */
  run(): boolean {
    let isSound = true
    while (this.#words.length > 0) {
      const [word] = this.#words.splice(this.#random.below(this.#words.length), 1)
      word?.()
      isSound &&= this.#isSound()
    }
    return isSound
  }

  get rings(): ReadonlySet<string> {
    return new Set(
      [...this.keys.values()].map(({ ring }) =>
        ring()
          .map(({ fingerprint }) => fingerprint)
          .join(),
      ),
    )
  }

  #isSound(): boolean {
    const rings = [...this.keys.values()].map(({ ring }) => ring())
    return rings.every((ring) => rings.every(([first]) => ring.some((key) => key.fingerprint === first?.fingerprint)))
  }

  #ask(members: readonly Asked[], order: Order, done: (answers: Answers) => void): void {
    const answers = new Map<Asked["id"], Told | undefined>()
    if (members.length === 0) this.#words.push(() => done(answers))
    for (const { id, name } of members) {
      const service = new KeyService({ own: this.#of(name), onDone: () => {} })
      const answered = (told: Told): void => {
        answers.set(id, told)
        if (answers.size === members.length) done(answers)
      }
      this.#words.push(() => service.carryOut(order, id, (told) => void this.#words.push(() => answered(told))))
    }
  }

  #of(name: string): KeysInMemory {
    const keys = this.keys.get(name)
    if (keys === undefined) throw new Error(`there is no ${name}`)
    return keys
  }
}

/** What came of it; `done` where the keys of all have become one. */
function endOf(result: Result): string {
  return isProblem(result) ? `${result.code} ${result.details["reason"]}` : `${result.phase}`
}

test("of rotations that begin at several agents at once one goes on at most, and nobody is stranded", (t) => {
  const ends = new Map<string, number>()
  for (let seed = 1; seed <= 2000; seed++) {
    const fleet = new Crossing(seed)
    const agents = NAMES.slice(0, 2 + (seed % 3))
    for (const name of agents) fleet.rotate(name)
    if (!fleet.run()) t.fail(`seed ${seed}: somebody was stranded`)
    if (fleet.results.length !== agents.length) t.fail(`seed ${seed}: somebody was not answered`)
    for (const end of fleet.results.map(endOf)) ends.set(end, (ends.get(end) ?? 0) + 1)
    // The keys of those who gave way may be left, and none of them seals.
    fleet.rotate("a", fleet.primary)
    if (!fleet.run() || fleet.rings.size !== 1) t.fail(`seed ${seed}: ${[...fleet.rings].join(" and ")}`)
  }
  t.same([...ends.keys()].sort(), ["CONFLICT busy", "CONFLICT equally-new", "done"])
  t.ok((ends.get("done") ?? 0) > 200, JSON.stringify([...ends]))
  t.end()
})
