import type { Driver } from "./fleet/driver.ts"
import type { GroupSystem } from "./group/system.ts"
import type { History } from "./history.ts"
import type { Metrics } from "./metrics.ts"
import type { BenchPlan, PeerName } from "./plan.ts"
import type { RunFields } from "./record.ts"

/** What a bench is given. */
export interface BenchContext {
  readonly plan: BenchPlan
  /** We first, then the peers. */
  readonly drivers: readonly Driver[]
  /** The same with servers that agree. */
  readonly groups: readonly GroupSystem[]
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
  /** The keys of records that tell kinds of runs apart. */
  readonly variant: readonly string[]
  /** Against whom it can be measured. */
  readonly peers: readonly PeerName[]
  run(context: BenchContext): Promise<void>
}
