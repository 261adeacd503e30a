import type { Profile, Seat, SwimConfig } from "@conclave/swim"
import type { HostPort } from "../host-port.ts"
import type { SealMode } from "../seal-mode.ts"
import type { SocketWish } from "./socket-wish.ts"

/** All that configures an agent, whatever it was said by. */
export interface AgentConfig {
  readonly name: string
  readonly cluster: string
  /** Absolute. */
  readonly dataDir: string
  /** undefined, or an empty host: the machine's own address. Port 0 asks the operating system. */
  readonly bind: HostPort | undefined
  /** undefined = as bound; port 0 = the bound one. */
  readonly advertise: HostPort | undefined
  /** `host` or `host:port`. */
  readonly join: readonly string[]
  /** Where else to look for agents. */
  readonly discovery: DiscoveryWish
  readonly profile: Profile
  readonly zone: string
  readonly tags: Readonly<Record<string, string>>
  readonly restartGraceMs: number
  /** Whether this host may vote in the group that agrees. */
  readonly voter: Seat["wish"]
  /** A session's time to live where its application names none. */
  readonly sessionTtlMs: number
  /** Found a cluster at the start, unless there is one. */
  readonly bootstrap: boolean
  /** Found a cluster together with others, so many in all; undefined: it waits for none. */
  readonly bootstrapExpect: number | undefined
  /** Absolute paths of the two sockets. */
  readonly socket: string
  readonly adminSocket: string
  /** Further ones for applications, each for names of its own. */
  readonly sockets: readonly SocketWish[]
  readonly http: HttpWish
  readonly insecure: boolean
  /** Absolute; undefined: streams between agents are open. */
  readonly joinKeyFile: string | undefined
  /** Absolute; undefined: gossip is not sealed. */
  readonly gossipKeyFile: string | undefined
  readonly gossipSeal: SealMode
  readonly logLevel: "debug" | "info" | "warn" | "error"
  readonly logFormat: "auto" | "pretty" | "json"
  readonly swim: SwimConfig
  readonly faultInjection: boolean
}

/** The HTTP address for scrapers; `isExplicit` = somebody asked for it, so that a taken one is an error. */
export type HttpWish =
  | { readonly kind: "off" }
  | { readonly kind: "at"; readonly host: string; readonly port: number; readonly isExplicit: boolean }

export interface DiscoveryWish {
  /** Absolute: a file with addresses that somebody else keeps, one a line. */
  readonly file: string | undefined
  /** A DNS name, with a port perhaps; one that begins with `_` is that of SRV records. */
  readonly dns: string | undefined
  /** On the local network, by multicast DNS. */
  readonly mdns: boolean
  /** In a distributed hash table, by nodes of it that are always there: `host:port`. */
  readonly dht: boolean
  readonly dhtBootstrap: readonly string[]
}
