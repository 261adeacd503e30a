import { conclaveHost } from "@conclave/sim/conclave-host"
import { History } from "@conclave/sim/history"
import type { AppsPlan, Fault, Plan } from "@conclave/sim/plan"
import { makePlan } from "@conclave/sim/plan-maker"
import { type RunResult, runPlan } from "@conclave/sim/run"
import type { HostFactory } from "@conclave/sim/sim-host"
import type { SharedState } from "conclave/group/shared-state"
import { test } from "tap"
import { changedConsensus } from "./changed-consensus.ts"

const APPS: AppsPlan = {
  ...{ count: 5, locks: 2, elections: 1, provablePermille: 500, actMs: 400, holdMs: 400 },
  ...{ duplicatePermille: 100, replyStrikePermille: 0, clockPpm: [5000, -5000, 0, 0] },
}

function plan(faults: readonly Fault[], more: Partial<AppsPlan> = {}): Plan {
  const made = makePlan({ seed: 5, agents: 4, seconds: 35, faults: [], profile: "local", group: true, apps: false })
  const group = {
    founder: 0,
    snapshotBytes: 2000,
    keepEntries: 10,
    clients: 1,
    names: 2,
    strikePermille: 0,
    leastOps: 50,
  }
  return { ...made, faults, group: { ...group, apps: { ...APPS, ...more } } }
}

const troubles: readonly Fault[] = [
  { kind: "app-kill", atMs: 11_000, downMs: 700, apps: [0, 1] },
  { kind: "app-stop", atMs: 13_000, durationMs: 6000, apps: [2] },
  { kind: "app-wedge", atMs: 15_000, durationMs: 5000, apps: [3] },
  { kind: "kill", atMs: 17_000, downMs: 800, agents: [0] },
  { kind: "suspend", atMs: 22_000, durationMs: 6000, agents: [1] },
  { kind: "partition", atMs: 25_000, durationMs: 6000, sides: [[0], [1, 2, 3]] },
]

function play(what: Plan, factory: HostFactory = conclaveHost): RunResult {
  return runPlan(what, { factory })
}

test("applications keep what they were promised through all that happens to them and their agents; the same twice", async (t) => {
  const history = new History()
  const what = plan(troubles)
  history.begin(what)
  const result = runPlan(what, { factory: conclaveHost, watcher: history.watcher })
  history.end(Math.round(result.simSeconds * 1e6))
  t.equal(result.verdict, "ok", result.violation?.message ?? "")
  t.equal(play(what).traceHash, result.traceHash)
  const lines = history
    .text()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
  const granted = lines.find(({ k, type }) => k === "hold" && type === "granted")
  t.match(granted, { t: /^\d+$/, p: /^c\d\.\d+\.\d+$/, key: /^(lock|election)\//, token: /^\d+$/, rev: /^\d+$/ })
  for (const f of ["acquire", "release", "hold.get", "hold.update", "heartbeat", "session.attach"]) {
    t.ok(
      lines.some((line) => line.k === "inv" && line.f === f),
      f,
    )
  }
  const begun = lines.filter(({ k }) => k === "inv").map(({ op }) => op)
  t.equal(new Set(begun).size, begun.length, "each operation has a number of its own, those of agents, too")
  const counted = lines.at(-1)
  t.equal(counted.k, "end")
  for (const kind of ["inv", "ok", "fail", "info"])
    t.equal(counted[kind], lines.filter(({ k }) => k === kind).length, kind)
  t.ok(lines.some(({ k, cmd }) => k === "log" && cmd?.kind === "acquire"))
  t.ok(lines.some(({ k, f, spec }) => k === "fault" && f === "kill-client" && spec.procs.length > 0))
})

/** Whose half that agrees does some things otherwise. */
function withConsensus(change: (state: SharedState) => Partial<SharedState>): HostFactory {
  return (setup, ports) => conclaveHost(setup, ports, (consensus) => changedConsensus(consensus, change))
}

test("what operators take back is over in time for the next, and not before its grace is", async (t) => {
  const what = plan(troubles, { revokeMs: 400 })
  const { verdict, violation, marks } = play(what)
  t.equal(verdict, "ok", violation?.message ?? "")
  for (const mark of ["grant-revoked", "session-ended-revoked"] as const) t.ok(marks.has(mark), mark)
  const hasty = withConsensus((state) => ({
    propose: (command, ...rest) =>
      state.propose(command.kind === "revoke" ? { ...command, graceMs: 0 } : command, ...rest),
  }))
  const broken = play({ ...what, activeMs: 20_000 }, hasty)
  t.equal(broken.verdict, "safety")
  t.match(broken.violation?.invariant, /^(one-holder-believes|histories-are-linearizable)$/)
})

test("a state that is saved and brought back again and again costs grants, and no promise", async (t) => {
  const what = plan(troubles)
  const restoring: Plan = { ...what, group: { ...(what.group as NonNullable<Plan["group"]>), restoreMs: 4000 } }
  const { verdict, violation, marks } = play(restoring)
  t.equal(verdict, "ok", violation?.message ?? "")
  for (const mark of ["state-saved", "state-restored", "restored-under-held-locks"] as const)
    t.ok(marks.has(mark), mark)
})

test("an agent that takes its renewals for granted is found out", async (t) => {
  const trusting = withConsensus(() => ({
    renew: ({ host, attempt }, _deadline, done) => done({ host, attempt, timeMs: 0, isCurrent: true }),
  }))
  const { verdict, violation } = play(plan(troubles), trusting)
  t.equal(verdict, "safety")
  t.match(violation?.invariant, /^(no-session-ends-early|one-holder-believes)$/)
})
