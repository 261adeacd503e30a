import { type SimOptions, UsageError } from "../cli-options.ts"

type Print = (text: string) => void
export type Experiment = (options: SimOptions, print: Print) => void

const EXPERIMENTS: Readonly<Record<string, Experiment>> = {}

/** Runs one of the tables by name. */
export function runExperiment(name: string, options: SimOptions, print: Print): number {
  const experiment = EXPERIMENTS[name]
  if (experiment === undefined) {
    throw new UsageError(`unknown experiment ${name}; there are ${Object.keys(EXPERIMENTS).join(", ")}`)
  }
  experiment(options, print)
  return 0
}
