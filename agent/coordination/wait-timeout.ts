import type { Acquire, Hold } from "@conclave/consensus"
import { byLog, type Problem, problem } from "../api/problem.ts"
import type { StateView } from "./cluster.ts"

/** It was not granted in time, and never will be: with what stood in the way, as far as this host knows by now. */
export function waitTimeout(command: Acquire, state: StateView | undefined): Problem {
  const { hold, names, waitMs = 0 } = command
  const name = names.join(",")
  const inTime = waitMs === 0 ? "at once" : `in ${waitMs} ms`
  const message =
    hold === "barrier"
      ? `the barrier ${name} did not open ${inTime}${comers(command, state)}`
      : `${name} was not granted ${inTime}, and never will be${holders(command, state)}`
  return byLog(problem("WAIT_TIMEOUT", message))
}

/** Who has given up had come, too. */
function comers({ hold, names, limit, session, seq }: Acquire, state: StateView | undefined): string {
  if (state === undefined || limit === undefined) return ""
  const { waiters } = state.name(hold, names[0] ?? "")
  const others = waiters.filter((each) => each.session !== session || each.seq !== seq).length
  return `: ${others + 1} of ${limit} had come`
}

function holders({ hold, names }: Acquire, state: StateView | undefined): string {
  if (state === undefined) return ""
  const inTheWay = new Set<Hold>(names.flatMap((name) => state.name(hold, name).holders))
  const [first] = inTheWay
  const session = first === undefined ? undefined : state.session(first.session)
  if (session === undefined) return ""
  const { member, app, pid } = session
  const process = [app, pid === undefined ? "" : `pid ${pid}`].filter((each) => each !== "").join(", ")
  const more = inTheWay.size === 1 ? "" : ` and ${inTheWay.size - 1} more`
  return `: held by ${member}${process === "" ? "" : ` (${process})`}${more}`
}
