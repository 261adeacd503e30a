import { type HistoryFault, HistoryFile, type HistoryHead } from "conclave/cli/fleet/history"
import type { Observation } from "./fleet/observation.ts"

/** Everything the observers said and every fault, as JSON lines (`--history`). */
export interface History {
  /** Takes what one fleet says; `p` of its lines is the system, since fleets of several stand side by side. */
  of(system: string): FleetHistory
  close(): void
}

export interface FleetHistory {
  member(line: Observation): void
  fault(fault: HistoryFault): void
}

const NOTHING: FleetHistory = { member: () => undefined, fault: () => undefined }

/** Opens the file of `--history`; without one, nothing is written. */
export function openHistory(path: string | undefined, head: HistoryHead): History {
  if (path === undefined) return { of: () => NOTHING, close: () => undefined }
  const file = new HistoryFile(path, head, (message) => {
    throw new Error(`the history ${path} ends early: ${message}`)
  })
  return {
    of: (system) => ({
      member: (line) => file.write("member", { p: system, ...memberOf(line) }, line.atMs),
      fault: (fault) => file.write("fault", { p: system, ...fault }),
    }),
    close: () => file.end(),
  }
}

function memberOf({ observer: obs, subject: subj, verdict: state, inc, initial }: Observation): object {
  return { obs, subj, state, ...(inc === undefined ? {} : { inc }), initial }
}
