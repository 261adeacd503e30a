import { type Problem, problem } from "./problem.ts"
import type { OpInput, OpOutput } from "./schema.ts"
import type { AgentView } from "./view.ts"

/** Unknown names are allowed: a fault may be set before its member is there. */
export function setFaults(view: AgentView, input: OpInput<"faults">): OpOutput<"faults"> | Problem {
  if (!view.faultInjection) {
    const hint = "start the agent with --enable-fault-injection"
    return problem("PERMISSION_DENIED", "fault injection is not enabled on this agent", {
      hint,
      details: { op: "faults", name: null },
    })
  }
  view.setFaults(input)
  return { drop: [...input.drop], in: input.in, out: input.out }
}
