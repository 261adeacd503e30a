import { conclaveHost } from "@conclave/sim/conclave-host"
import { FAULT_KINDS } from "@conclave/sim/plan"
import { makePlan } from "@conclave/sim/plan-maker"
import { type RunResult, runPlan } from "@conclave/sim/run"
import { makeSmallPlan } from "@conclave/sim/small-plan"
import { runCluster } from "../consensus/cluster-run.ts"

/** `node fresh-worlds.js raft|small|fleet SEED COUNT`: says which of these runs fails first, and how. */

const RAFT_MS = 15_000
const FLEET_AGENTS = 6

const WORLDS: Readonly<Record<string, (seed: number) => string | undefined>> = {
  raft: (seed) => {
    try {
      runCluster(seed, RAFT_MS)
      return undefined
    } catch (cause) {
      return cause instanceof Error ? cause.message : String(cause)
    }
  },
  small: (seed) => problemOf(runPlan(makeSmallPlan({ seed, faults: FAULT_KINDS }), { factory: conclaveHost })),
  fleet: (seed) => {
    const plan = makePlan({ seed, agents: FLEET_AGENTS, faults: FAULT_KINDS, group: false })
    return problemOf(runPlan(plan, { factory: conclaveHost }))
  },
}

function problemOf({ verdict, violation }: RunResult): string | undefined {
  if (verdict === "ok" || verdict === "idle") return undefined
  return `${violation?.invariant}: ${violation?.message.split("\n")[0]}`
}

const [name = "", first = "0", count = "1"] = process.argv.slice(2)
const play = WORLDS[name]
if (play === undefined) throw new Error(`there are worlds ${Object.keys(WORLDS).join(", ")}`)
for (let run = 1; run <= Number(count); run++) {
  const seed = (Number(first) + run - 1) >>> 0
  const problem = play(seed)
  process.stdout.write(problem === undefined ? `well ${run}\n` : `failed ${run} ${seed} ${problem}\n`)
  if (problem !== undefined) break
}
