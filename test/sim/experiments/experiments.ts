import { type SimOptions, UsageError } from "../cli-options.ts"
import { boot } from "./boot.ts"
import { detection } from "./detection.ts"
import { falsePositives } from "./false-positives.ts"
import { loss } from "./loss.ts"
import { massDeath } from "./mass-death.ts"
import { partition } from "./partition.ts"
import { speed } from "./speed.ts"

type Print = (text: string) => void
type Experiment = (options: SimOptions, print: Print) => void

const EXPERIMENTS: Readonly<Record<string, Experiment>> = {
  "false-positives": falsePositives,
  detection,
  "mass-death": massDeath,
  boot,
  loss,
  partition,
  speed,
}

/** Prints one of the tables; all modes see the same seeds. */
export function runExperiment(name: string, options: SimOptions, print: Print): number {
  const experiment = EXPERIMENTS[name]
  if (experiment === undefined) {
    throw new UsageError(`unknown experiment ${name}; there are ${Object.keys(EXPERIMENTS).join(", ")}`)
  }
  experiment(options, print)
  return 0
}
