import type { Addr, NodeId } from "@conclave/base"
import type { Warning } from "./api/view.ts"
import type { Draining, Farewell } from "./departure.ts"
import type { DiscoverySource } from "./discovery/source.ts"
import type { SwimCodec } from "./gossip/swim-driver.ts"
import type { Fatal } from "./host-config.ts"

/** Who hears what becomes of a host, and what it does not know by itself. */
export interface HostOptions {
  readonly onFatal: (fatal: Fatal) => void
  /** This host has departed for good; whoever asked for it has been told. */
  readonly onLeft?: () => void
  /** Streams tell who is who; default: they do not. */
  readonly isAsked?: boolean
  /** An operator has removed another host for good. */
  readonly onRemoved?: (host: NodeId) => void
  /** Before it departs for good; without them there are no applications. */
  readonly drain?: Draining
  readonly farewell?: Farewell
  readonly codec?: SwimCodec
  /** A datagram from there does not open; for whoever can do something about it. */
  readonly onSealed?: (source: Addr) => void
  /** Beside its own, asked for each time. */
  readonly warnings?: () => readonly Warning[]
  /** Where to look for agents that nobody has named. */
  readonly discovery?: readonly DiscoverySource[]
}
