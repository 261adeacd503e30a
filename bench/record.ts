import type { Environment } from "./environment.ts"
import type { Quantiles } from "./quantiles.ts"

/** A figure of a run: null = it did not happen within the limit of the run. */
export type Figure = number | null | Quantiles

/** What a bench says of one run, beside what every record carries. */
export type RunFields = Readonly<Record<string, Figure | string | boolean | readonly number[]>>

/** Where one run belongs. */
export interface RunPlace {
  readonly bench: string
  readonly system: string
  readonly systemVersion: string
  /** From 1, counted for each system and variant. */
  readonly run: number
  readonly n: number
  readonly profile: string
  readonly seed: number
}

/** One line of `--json`. */
export type BenchRecord = RunPlace & { readonly env: Environment } & RunFields

/** Puts a record together; a bench must not shadow the keys that every record has. */
export function makeRecord(place: RunPlace, env: Environment, fields: RunFields): BenchRecord {
  const { bench, system, systemVersion, run, n, profile, seed } = place
  const head = { bench, system, systemVersion, run, n, profile, seed, env }
  for (const key of Object.keys(fields)) {
    if (key in head) throw new TypeError(`a bench record has its own ${key} already`)
  }
  return { ...head, ...fields } as BenchRecord
}
