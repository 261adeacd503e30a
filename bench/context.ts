import type { Driver } from "./fleet/driver.ts"
import type { History } from "./history.ts"
import type { Metrics } from "./metrics.ts"
import type { BenchPlan } from "./plan.ts"
import type { RunFields } from "./record.ts"

/** What a bench is given. */
export interface BenchContext {
  readonly plan: BenchPlan
  /** We first, then the peers. */
  readonly drivers: readonly Driver[]
  readonly history: History
  /** Says what goes on, on stderr. */
  progress(text: string): void
  record(place: RunOf, fields: RunFields): void
}

/** Which run a record is of. */
export interface RunOf {
  readonly system: string
  readonly systemVersion: string
  readonly profile: string
  readonly run: number
  readonly n: number
}

export interface Bench {
  readonly metrics: Metrics
  /** The key of records that tells kinds of runs apart. */
  readonly variant: string | undefined
  /** True when only real agents of several systems can be compared. */
  readonly peers: boolean
  run(context: BenchContext): Promise<void>
}
