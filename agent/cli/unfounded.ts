/** What to do where no cluster is founded: hosts that are to found one together do it by themselves. */
export const NEXT_TO_FOUND =
  "conclave raft bootstrap, once, on one agent of the cluster, unless conclave status says that it waits for others"
