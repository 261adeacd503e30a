import type { Token } from "@conclave/consensus"
import { encodeRecord, weighPast } from "@conclave/consensus/machine/wire-record"
import { test } from "tap"
import { Stage } from "./stage.ts"

const APP = "x".repeat(255)

/** Session 1 holds a name and gives it back, so often. */
class Churn extends Stage {
  #seq = 0

  readonly session = this.open(1, { app: APP })

  hold(name: string, times = 1): void {
    for (let time = 0; time < times; time++) {
      const token = this.granted(this.session, ++this.#seq, { names: [name] })
      this.release(this.session, ++this.#seq, token)
    }
  }

  pastOf(name: string): number {
    return this.machine.name("lock", name).name?.history.length ?? 0
  }
}

test("what past grants take is counted as it is", (t) => {
  const past = { token: (2 ** 51) as Token, member: "host-1", app: "app", sinceMs: 2 ** 33, untilMs: 2 ** 33 } as const
  const revoked = { by: "operator", reason: "maintenance" }
  const history = [
    { ...past, reason: "released", revoked: undefined },
    { ...past, reason: "revoked", revoked },
  ] as const
  const figures = { sum: 0, max: 0 }
  const about = { kind: "lock", name: "a", limit: 1, quietUntilMs: 0, askedAtMs: undefined, freedAt: 1 } as const
  const all = { grants: 0, lost: 0, asked: 0, held: figures, waited: figures, letGo: figures, queue: figures }
  const record = (known: typeof history | readonly []): number =>
    encodeRecord({ kind: "name", name: { ...about, history: known, figures: all } }).length
  const bytes = record(history) - record([])
  const said = history.reduce((sum, each) => sum + weighPast("lock/a", each).bytes, 0)
  t.ok(Math.abs(said - bytes) <= 2, `${bytes} bytes, and ${said} said: how long the whole is takes another byte`)
  t.end()
})

test("beyond what past grants may take a name remembers its last one, and those that nobody uses are forgotten", (t) => {
  const stage = new Churn({ pastBytes: 20_000 })
  stage.isChecked = false
  for (let name = 0; name < 500; name++) stage.hold(`n${name}`, 3)
  stage.hold("busy", 40)
  t.equal(stage.pastOf("n0"), 0, "it made way")
  t.equal(stage.pastOf("busy"), 32, "and there is room again")
  t.ok(stage.machine.stateBytes < 40_000, `${stage.machine.stateBytes}`)
  t.strictSame(stage.machine.problems(), [])
  t.end()
})

test("names in use together remember no more than there is room for, and at least who had them last", (t) => {
  const stage = new Churn({ pastBytes: 20_000 })
  stage.isChecked = false
  const others = stage.open(2)
  for (let name = 0; name < 100; name++) stage.acquire(others, name + 1, { names: [`n${name}`], mode: "shared" })
  for (let name = 0; name < 100; name++) {
    for (let time = 0; time < 10; time++) {
      const seq = 100_000 + 20 * name + 2 * time
      const token = stage.granted(stage.session, seq, { names: [`n${name}`], mode: "shared" })
      stage.release(stage.session, seq + 1, token)
    }
  }
  const known = Array.from({ length: 100 }, (_, name) => stage.pastOf(`n${name}`))
  t.ok(known.every((count) => count > 0))
  t.ok(known.reduce((sum, count) => sum + count, 0) < 20_000 / 300 + 100)
  t.strictSame(stage.machine.problems(), [])
  t.end()
})

test("where the state has no room what is given back takes none for its past, and what nobody uses makes way", (t) => {
  const stage = new Churn({ stateBytes: 60_000 })
  stage.isChecked = false
  for (let name = 0; name < 30; name++) stage.hold(`before${name}`)
  const tokens = Array.from({ length: 30 }, (_, at) => stage.granted(stage.session, 1000 + at, { names: [`n${at}`] }))
  const about = { kind: "kvPut", request: undefined, value: JSON.stringify("v".repeat(500)) } as const
  const put = (key: string) => stage.result({ ...about, key, ifRev: undefined, guard: undefined })
  for (let key = 0; put(`k${key}`).kind === "written"; key++);
  const full = stage.machine.stateBytes
  tokens.forEach((token, at) => {
    stage.release(stage.session, 2000 + at, token)
  })
  t.ok(stage.machine.stateBytes < full, `${stage.machine.stateBytes} of ${full}`)
  t.equal(stage.pastOf("before0"), 0)
  t.match(put("again"), { kind: "written" }, "there is room again")
  t.strictSame(stage.machine.problems(), [])
  t.end()
})
