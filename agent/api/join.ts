import type { Problem } from "./problem.ts"
import type { OpInput, OpOutput } from "./schema.ts"
import type { AgentView } from "./view.ts"

/** Answers when each address has answered or failed; one that failed is no problem of the whole call. */
export function join(
  view: AgentView,
  input: OpInput<"join">,
  done: (result: OpOutput<"join"> | Problem) => void,
): void {
  view.join(input.addrs, ({ joined, failed }) => {
    const sorted = [...failed].sort((a, b) => (a.addr < b.addr ? -1 : 1))
    done({ joined: [...joined].sort(), failed: sorted.map(({ addr, message }) => ({ addr, message })) })
  })
}
