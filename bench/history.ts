import { closeSync, openSync, writeSync } from "node:fs"
import type { Observation } from "./fleet/observation.ts"

/** Everything the observers said and every fault, as JSON lines (`--history`). */
export interface History {
  member(run: HistoryRun, line: Observation): void
  fault(
    run: HistoryRun,
    fault: { readonly f: string; readonly phase: "start" | "end"; readonly nodes: readonly string[] },
  ): void
  close(): void
}

export interface HistoryRun {
  readonly bench: string
  readonly system: string
}

/** Opens the file of `--history`; without one, nothing is written. */
export function openHistory(path: string | undefined): History {
  if (path === undefined) return { member: () => undefined, fault: () => undefined, close: () => undefined }
  const fd = openSync(path, "w")
  let index = 0
  const write = (line: object): void => {
    writeSync(fd, `${JSON.stringify({ ...line, i: index++ })}\n`)
  }
  write({ v: 1, k: "header", clock: "monotonic-ns" })
  return {
    member: (run, line) =>
      write({
        k: "member",
        t: nanoseconds(line.atMs),
        p: run.system,
        obs: line.observer,
        subj: line.subject,
        state: line.verdict,
        initial: line.initial,
      }),
    fault: (run, { f, phase, nodes }) =>
      write({ k: "fault", t: nanoseconds(performance.now()), p: run.system, f, phase, spec: { nodes } }),
    close: () => closeSync(fd),
  }
}

function nanoseconds(atMs: number): string {
  return BigInt(Math.round(atMs * 1e6)).toString()
}
