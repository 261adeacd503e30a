import type { NodeId } from "@conclave/base"

/** Hosts that operators have removed, as far as this host has heard of it; none of them is ever forgotten here. */
export class RemovedHosts {
  readonly #onRemoved: (host: NodeId) => void
  readonly #known: Set<NodeId> = new Set()
  #listed: readonly NodeId[] = []

  constructor(onRemoved: (host: NodeId) => void) {
    this.#onRemoved = onRemoved
  }

  /** By the state of the group, where this host has a replica. */
  get listed(): readonly NodeId[] {
    return this.#listed
  }

  /** As far as it was heard. */
  get known(): ReadonlySet<NodeId> {
    return this.#known
  }

  has(host: NodeId): boolean {
    return this.#known.has(host)
  }

  /** The state of the group says so, with another list after each change; false = it is the one that is known. */
  list(hosts: readonly NodeId[]): boolean {
    if (hosts === this.#listed) return false
    this.#listed = hosts
    this.heard(hosts)
    return true
  }

  /** A relay says so. */
  heard(hosts: readonly NodeId[]): void {
    for (const host of hosts) {
      if (this.#known.has(host)) continue
      this.#known.add(host)
      this.#onRemoved(host)
    }
  }
}
