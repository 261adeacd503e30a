import type { SimOptions } from "../cli-options.ts"
import { MODES } from "./detection.ts"
import { percentile, seconds, table } from "./table.ts"
import { trial } from "./trial.ts"

const LIMIT_MS = 180_000

/** All agents start within half a second and join one: how long until each sees all. */
export function boot(options: SimOptions, print: (text: string) => void): void {
  const sizes = options.agents !== undefined ? [options.agents] : options.full ? [32, 128, 1000] : [32, 128]
  print("Boot through one seed within 0.5 s: seconds from the last start until all see all\n")
  const rows = sizes.flatMap((agents) =>
    MODES.map((mode) => {
      const runs = agents >= 500 ? 1 : 5
      const times: number[] = []
      for (let run = 0; run < runs; run++) {
        const made = trial({ seed: (options.seed ?? 1) + run, agents, mode, bootMs: 500, seeds: 1 })
        made.runMs(500)
        times.push(made.settle(LIMIT_MS) ?? Number.POSITIVE_INFINITY)
      }
      return [mode, `${agents}`, `${runs}`, seconds(percentile(times, 50)), seconds(Math.max(...times))]
    }),
  )
  print(table(["mode", "N", "runs", "p50 s", "worst s"], rows))
}
