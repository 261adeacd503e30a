import { closeSync, openSync, writeSync } from "node:fs"
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

export interface HistoryFault {
  readonly f: "kill" | "restart" | "pause" | "loss"
  readonly phase: "start" | "end"
  readonly spec: { readonly nodes?: readonly string[]; readonly percent?: number }
}

export interface HistoryHead {
  readonly run: string
  readonly seed: number
  readonly commit: string
}

const NOTHING: FleetHistory = { member: () => undefined, fault: () => undefined }

/** Opens the file of `--history`; without one, nothing is written. */
export function openHistory(path: string | undefined, head: HistoryHead): History {
  if (path === undefined) return { of: () => NOTHING, close: () => undefined }
  const fd = openSync(path, "w")
  let index = 0
  const write = (line: object): void => {
    writeSync(fd, `${JSON.stringify(line)}\n`)
  }
  write({ v: 1, k: "header", ...head, clock: "monotonic-ns" })
  return {
    of: (system) => ({
      member: (line) => write({ ...memberLine(line), i: ++index, p: system }),
      fault: (fault) => write({ k: "fault", i: ++index, t: monotonicNs(performance.now()), p: system, ...fault }),
    }),
    close: () => {
      // No operation was invoked: membership is only observed.
      const ops = { inv: 0, ok: 0, fail: 0, info: 0 }
      write({ k: "end", i: ++index, t: monotonicNs(performance.now()), ...ops })
      closeSync(fd)
    },
  }
}

function memberLine(line: Observation): object {
  const { atMs, observer: obs, subject: subj, verdict: state, inc, initial } = line
  return { k: "member", t: monotonicNs(atMs), obs, subj, state, ...(inc === undefined ? {} : { inc }), initial }
}

/** Where `performance.now()` began on CLOCK_MONOTONIC, which all processes of a machine share. */
const ORIGIN_NS = process.hrtime.bigint() - BigInt(Math.round(performance.now() * 1e6))

function monotonicNs(atMs: number): string {
  return (ORIGIN_NS + BigInt(Math.round(atMs * 1e6))).toString()
}
