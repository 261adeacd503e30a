import { conclaveHost } from "@conclave/sim/conclave-host"
import { FAULT_KINDS } from "@conclave/sim/plan"
import { makePlan } from "@conclave/sim/plan-maker"
import { runPlan } from "@conclave/sim/run"

/** `node sim-seed.js SEED [LAST]`: says which of these runs with applications fails first, and how. */
const SHAPE = { faults: FAULT_KINDS, agents: 4, seconds: 45, group: true, apps: true }
const [first = 1, last = first] = process.argv.slice(2).map(Number)
for (let seed = first; seed <= last; seed++) {
  const { verdict, violation } = runPlan(makePlan({ ...SHAPE, seed }), { factory: conclaveHost })
  if (verdict === "ok") continue
  process.stdout.write(
    `seed ${seed} failed: ${verdict}, ${violation?.invariant}: ${violation?.message.slice(0, 300)}\n`,
  )
  process.exitCode = 1
  break
}
