import type { Addr } from "@conclave/base"
import type { DiscoverySource, Trouble } from "conclave/discovery/source"

/** A source that says what the test says. */
export class ScriptedSource implements DiscoverySource {
  readonly kind = "dns"
  readonly what: string
  refreshes = 0
  isStopped = false
  found: (addrs: readonly Addr[]) => void = () => {}
  trouble: (trouble: Trouble) => void = () => {}

  constructor(what = "the source") {
    this.what = what
  }

  readonly start = (found: (addrs: readonly Addr[]) => void, trouble: (trouble: Trouble) => void): void => {
    this.found = found
    this.trouble = trouble
  }

  readonly refresh = (): void => void this.refreshes++

  readonly stop = (): void => {
    this.isStopped = true
  }
}
