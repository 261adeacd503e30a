import type { NodeId } from "@conclave/base"
import type { Cluster } from "../coordination/cluster.ts"
import type { Consensus } from "./consensus.ts"

export interface HostClusterOptions {
  readonly id: NodeId
  /** This life's generation: of two boots of a host the higher one is the present one. */
  readonly generation: () => number
  readonly consensus: Consensus
}

/** The replicated state as this host's own consensus half gives it. */
export function hostCluster({ id, generation, consensus }: HostClusterOptions): Cluster {
  return {
    host: id,
    boot: generation,
    propose: (command, deadline, done) => consensus.propose(command, deadline, done),
    renew: (renewal, deadline, done) => consensus.renew(renewal, deadline, done),
    read: (deadline, done) => consensus.read(deadline, done),
    local: () => consensus.local(),
    hasState: () => consensus.running !== undefined || consensus.local() !== undefined,
    listen: (listener) => consensus.listen(listener),
  }
}
