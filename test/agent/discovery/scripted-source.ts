import type { Addr } from "@conclave/base"
import type { DiscoverySource, Trouble } from "conclave/discovery/source"

/** A source that says what the test says. */
export class ScriptedSource implements DiscoverySource {
  readonly kind = "dns"
  readonly what: string
  refreshes = 0
  isStopped = false
  found: (addrs: readonly Addr[], isLooking?: boolean) => void = () => {}
  trouble: (trouble: Trouble) => void = () => {}

  constructor(what = "the source") {
    this.what = what
  }

  readonly start: DiscoverySource["start"] = (found, trouble) => {
    this.found = found
    this.trouble = trouble
  }

  readonly refresh = (): void => void this.refreshes++

  readonly stop = (): void => {
    this.isStopped = true
  }
}
