import type { Command } from "@conclave/consensus"
import { conclaveHost } from "@conclave/sim/conclave-host"
import type { AppsPlan, Fault, Plan } from "@conclave/sim/plan"
import { makePlan } from "@conclave/sim/plan-maker"
import { type RunResult, runPlan } from "@conclave/sim/run"
import type { HostFactory } from "@conclave/sim/sim-host"
import { test } from "tap"
import { changedConsensus } from "./changed-consensus.ts"

const APPS: AppsPlan = {
  ...{ count: 4, locks: 2, elections: 1, provablePermille: 500, actMs: 900, holdMs: 300 },
  ...{ duplicatePermille: 50, replyStrikePermille: 0, clockPpm: [5000, -5000, 0, 0], revokeMs: 1000 },
  ...{ ids: 1, parties: 2, hasResizes: true, keys: 2 },
  work: { partitions: 3, handoffTimeoutMs: 4000, restartGraceMs: 1000, maxAttempts: 3, isTuned: true },
}

const troubles: readonly Fault[] = [
  { kind: "app-kill", atMs: 11_000, downMs: 700, apps: [0, 1] },
  { kind: "app-stop", atMs: 13_000, durationMs: 6000, apps: [2] },
  { kind: "app-wedge", atMs: 14_000, durationMs: 4000, apps: [3] },
  { kind: "kill", atMs: 17_000, downMs: 800, agents: [0] },
  { kind: "partition", atMs: 22_000, durationMs: 6000, sides: [[0], [1, 2, 3]] },
]

function plan(faults: readonly Fault[]): Plan {
  const made = makePlan({ seed: 11, agents: 4, seconds: 30, faults: [], profile: "local", group: true, apps: false })
  const sizes = { founder: 0, snapshotBytes: 2000, keepEntries: 10, clients: 1, names: 2, strikePermille: 0 }
  return { ...made, faults, group: { ...sizes, leastOps: 50, apps: APPS } }
}

/** Whose agents ask the group for something else than they are asked for. */
function play(faults: readonly Fault[], change: (command: Command) => Command = (command) => command): RunResult {
  const factory: HostFactory = (setup, ports) =>
    conclaveHost(setup, ports, (consensus) =>
      changedConsensus(consensus, (state) => ({
        propose: (command, ...rest) => state.propose(change(command), ...rest),
      })),
    )
  return runPlan(plan(faults), { factory })
}

test("members, parties, permits and pools keep what they promise through faults, revokes and other settings", async (t) => {
  const { verdict, violation, marks } = play(troubles)
  t.equal(verdict, "ok", violation?.message ?? "")
  for (const mark of [
    "barrier-opened",
    "member-changed",
    "semaphore-resized",
    "guarded-write",
    "pool-tuned",
  ] as const) {
    t.ok(marks.has(mark), mark)
  }
})

const BROKEN: Readonly<Record<string, readonly [(command: Command) => Command, RegExp]>> = {
  "an agent that forgets the guard of a write is found out": [
    (command) => (command.kind === "kvPut" ? { ...command, guard: undefined } : command),
    /^(histories|items)-are-linearizable$/,
  ],
  "an agent that takes all workers where one item was meant is found out": [
    (command) => {
      if (command.kind !== "revoke" || command.what.kind !== "work") return command
      return { ...command, what: { kind: "work", name: command.what.name, token: undefined } }
    },
    /^only-what-is-revoked-is-lost-so$/,
  ],
  "an agent that lets one through a barrier for two is found out": [
    (command) => (command.kind === "acquire" && command.hold === "barrier" ? { ...command, limit: 1 } : command),
    /^a-barrier-opens-with-all$/,
  ],
}

for (const [name, [change, invariant]] of Object.entries(BROKEN)) {
  test(name, async (t) => {
    const { verdict, violation } = play([], change)
    t.equal(verdict, "safety")
    t.match(violation?.invariant, invariant)
  })
}
