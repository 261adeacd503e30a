import type { NodeId } from "@conclave/base"
import type { Cluster } from "../coordination/cluster.ts"
import type { Consensus } from "./consensus.ts"

export interface HostClusterOptions {
  readonly id: NodeId
  /** This life's generation: of two boots of a host the higher one is the present one. */
  readonly generation: () => number
  /** It is on disk. */
  readonly isGenerationKept: () => boolean
  readonly consensus: Consensus
}

/** The replicated state as this host's own consensus half gives it. */
export function hostCluster({ id, generation, isGenerationKept, consensus }: HostClusterOptions): Cluster {
  return {
    host: id,
    boot: generation,
    propose: (command, deadline, done) => {
      // A later boot with this number would keep alive what it knows nothing of.
      const begins = command.kind === "open" || command.kind === "attach"
      if (begins && !isGenerationKept()) {
        return done({ kind: "not-proposed", reason: "generation-not-kept", up: 0, needed: 0 })
      }
      consensus.state.propose(command, deadline, done)
    },
    renew: (renewal, deadline, done) => consensus.state.renew(renewal, deadline, done),
    read: (deadline, done) => consensus.state.read(deadline, done),
    local: () => consensus.state.local(),
    hasState: () => consensus.running !== undefined || consensus.state.local() !== undefined,
    listen: (listener) => consensus.state.listen(listener),
  }
}
