import { linearizableEntries } from "@conclave/sim/check/entry-histories"
import { ENTRY_MODEL } from "@conclave/sim/check/entry-model"
import type { EndLine, Input, Line, Operation } from "@conclave/sim/check/lines"
import { conclaveHost } from "@conclave/sim/conclave-host"
import { History } from "@conclave/sim/history"
import type { Fault, Plan } from "@conclave/sim/plan"
import { makePlan } from "@conclave/sim/plan-maker"
import { runPlan } from "@conclave/sim/run"
import type { HostFactory } from "@conclave/sim/sim-host"
import type { SharedState } from "conclave/group/shared-state"
import { test } from "tap"
import { changedConsensus } from "./changed-consensus.ts"

/** A history of one key, by hand. */
class Told {
  readonly lines: Line[] = []
  #op = 0

  put(call: number, end: number, value: string, rev: number | undefined, ifRev?: string): this {
    return this.#add(
      "kv.put",
      [call, end],
      { value, ...(ifRev === undefined ? {} : { ifRev }) },
      rev === undefined ? { k: "info" } : { k: "ok", rev },
    )
  }

  get(call: number, end: number, value: string | undefined, modRev = 0): this {
    if (value === undefined) return this.#add("kv.get", [call, end], {}, { k: "fail", e: "NOT_FOUND" })
    return this.#add("kv.get", [call, end], {}, { k: "ok", r: { value, modRev: String(modRev) } })
  }

  delete(call: number, end: number, deleted: boolean): this {
    return this.#add("kv.delete", [call, end], {}, { k: "ok", r: { deleted } })
  }

  conflict(call: number, end: number, ifRev: string, current: string): this {
    return this.#add("kv.put", [call, end], { value: `x${call}`, ifRev }, { k: "fail", e: "CONFLICT", d: { current } })
  }

  #add(
    f: Operation,
    [call, end]: readonly [number, number],
    a: Input,
    told: Pick<EndLine, "k"> & Partial<EndLine>,
  ): this {
    const op = ++this.#op
    const p = `a.${op}`
    this.lines.push({ k: "inv", t: call, p, op, n: "n", f, key: "kv/k", a })
    this.lines.push({ ...told, t: end, p, op })
    return this
  }

  get isFine(): boolean {
    const lines = [...this.lines].sort((a, b) => Number(a["t" as never]) - Number(b["t" as never]))
    return linearizableEntries(lines).length === 0
  }
}

test("what one value with compare-and-set could have told is fine", (t) => {
  t.ok(
    new Told().put(0, 1, "a", 3).get(2, 3, "a", 3).delete(4, 5, true).get(6, 7, undefined).delete(8, 9, false).isFine,
  )
  t.ok(
    new Told().put(0, 9, "a", 3).get(1, 2, undefined).get(3, 4, "a", 3).isFine,
    "while it is under way it may be either",
  )
  t.ok(new Told().put(0, 1, "a", 3).put(2, 3, "b", 4, "3").conflict(4, 5, "3", "4").isFine)
  t.ok(
    new Told().put(0, 1, "a", 3).put(2, 3, "b", undefined).get(9, 10, "a", 3).isFine,
    "one of which nobody knows: not",
  )
  t.ok(new Told().put(0, 1, "a", 3).put(2, 3, "b", undefined).get(9, 10, "b", 5).isFine, "or it was done")
  t.ok(new Told().put(0, 1, "a", 3).delete(2, 3, true).put(4, 5, "b", undefined).delete(6, 7, true).isFine, "unseen")
  t.ok(
    new Told().put(0, 1, "a", 3).put(2, 3, "b", undefined).put(4, 5, "c", 6, "5").isFine,
    "found by its revision alone",
  )
  t.end()
})

test("what it could not have told is found", (t) => {
  t.notOk(new Told().put(0, 1, "a", 3).get(2, 3, undefined).isFine, "a lost write")
  t.notOk(new Told().put(0, 1, "a", 3).put(2, 3, "b", 4).get(4, 5, "a", 3).isFine, "an old read")
  t.notOk(
    new Told().put(0, 1, "a", 3).put(2, 3, "b", 4, "3").put(4, 5, "c", 5, "3").isFine,
    "one revision overwritten twice",
  )
  t.notOk(new Told().put(0, 1, "a", 3).put(4, 5, "c", 6, "5").isFine, "it found what nobody put")
  t.notOk(new Told().put(0, 1, "a", 3, "0").put(2, 3, "b", 4, "0").isFine, "made twice")
  t.notOk(new Told().put(0, 1, "a", 3).put(2, 3, "b", 2).isFine, "a revision that falls")
  t.notOk(new Told().put(0, 1, "a", 3).delete(2, 3, true).delete(4, 5, true).isFine, "deleted twice")
  t.notOk(new Told().put(0, 1, "a", 3).conflict(2, 3, "0", "0").isFine, "a conflict with what it asked for")
  t.notOk(new Told().put(0, 1, "a", 3).put(2, 3, "b", undefined).get(4, 5, "b", 5).get(6, 7, "a", 3).isFine, "undone")
  t.end()
})

test("equal states are one to the search", (t) => {
  t.equal(ENTRY_MODEL.keyOf({ modRev: 3, value: "a" }), ENTRY_MODEL.keyOf({ modRev: 3, value: "a" }))
  t.end()
})

const TROUBLES: readonly Fault[] = [
  { kind: "app-kill", atMs: 8000, downMs: 700, apps: [0, 1] },
  { kind: "kill", atMs: 10_000, downMs: 800, agents: [0] },
  { kind: "partition", atMs: 13_000, durationMs: 3000, sides: [[0], [1, 2]] },
  { kind: "app-stop", atMs: 15_000, durationMs: 2000, apps: [2] },
  { kind: "kill", atMs: 17_000, downMs: 500, agents: [1] },
]

/** Three agents and as many applications, which put, compare and delete. */
function plan(faults: readonly Fault[], keys: number): Plan {
  const made = makePlan({ seed: 5, agents: 3, seconds: 20, faults: [], profile: "local", group: true, apps: false })
  const apps = {
    ...{ count: 3, locks: 2, elections: 0, provablePermille: 500, actMs: 150, holdMs: 400, keys },
    ...{ duplicatePermille: 100, replyStrikePermille: 0, clockPpm: [0, 0, 0] },
  }
  const counts = { clients: 1, names: 2, strikePermille: 0, leastOps: 30 }
  return { ...made, faults, group: { founder: 0, snapshotBytes: 2000, keepEntries: 10, ...counts, apps } }
}

test("keys are one value each, whatever happens to those who put, compare and delete them", async (t) => {
  const history = new History()
  const what = plan(TROUBLES, 2)
  history.begin(what)
  const result = runPlan(what, { factory: conclaveHost, watcher: history.watcher })
  history.end(Math.round(result.simSeconds * 1e6))
  t.equal(result.verdict, "ok", result.violation?.message ?? "")
  const lines = history
    .text()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
  const begun = new Map(lines.filter(({ k }) => k === "inv").map((line) => [line.op, line.f]))
  const ends = (f: string, k: string) => lines.filter((line) => line.k === k && begun.get(line.op) === f)
  for (const f of ["kv.put", "kv.delete", "kv.get"]) t.ok(ends(f, "ok").length > 5, f)
  t.ok(ends("kv.put", "fail").some(({ e, d }) => e === "CONFLICT" && typeof d.current === "string"))
  t.ok(ends("kv.put", "info").length > 0, "and some of which nobody knows")
})

test("an agent that answers a write that it has not done is found out", async (t) => {
  const change = (state: SharedState): Partial<SharedState> => ({
    propose: (command, deadline, done) => {
      const isPut = command.kind === "kvPut" && command.request === undefined
      state.propose(isPut ? { ...command, key: "elsewhere" } : command, deadline, done)
    },
  })
  const late: HostFactory = (setup, ports) =>
    conclaveHost(setup, ports, (consensus) => changedConsensus(consensus, change))
  const lost = runPlan(plan([], 1), { factory: late })
  t.match(
    lost,
    { verdict: "safety", violation: { invariant: "entries-are-linearizable" } },
    lost.violation?.message ?? "",
  )
})
