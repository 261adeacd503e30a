import type { Consensus } from "conclave/group/consensus"
import type { SharedState } from "conclave/group/shared-state"

/** A consensus half whose state does some things otherwise. */
export function changedConsensus(
  consensus: Consensus,
  change: (state: SharedState) => Partial<SharedState>,
): Consensus {
  return overlaid(consensus, { state: overlaid(consensus.state, change(consensus.state)) })
}

function overlaid<Whole extends object>(whole: Whole, changes: Partial<Whole>): Whole {
  return new Proxy(whole, {
    get: (target, key) => {
      const own = changes[key as keyof Whole]
      const value = own ?? (target[key as keyof Whole] as unknown)
      return typeof value === "function" && own === undefined ? value.bind(target) : value
    },
  })
}
