import type { StateSize } from "@conclave/bench/state/fill"

/** A state that is filled in no time. */
export const SMALL: StateSize = {
  ...{ hosts: 4, sessions: 40, answersEach: 6, locks: 30, pastHolders: 1, groups: 4, membersEach: 10 },
  ...{ pools: 2, items: 20, workersEach: 3 },
}
