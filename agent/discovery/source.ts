import type { Addr } from "@conclave/base"

/** Why a source finds nobody, and what to do about it. */
export interface Trouble {
  readonly problem: string
  readonly hint: string
}

/**
 * Somewhere to look for agents of this cluster. Whatever it says is a hint: an address that is asked and does not
 * answer costs nothing else. It never throws, and says something soon after each start and refresh.
 */
export interface DiscoverySource {
  /** Names its warning, `discovery-dns`. */
  readonly kind: "file" | "dns" | "mdns" | "dht"
  /** For people: the subject of a sentence. */
  readonly what: string
  /**
   * `found` has all addresses that it knows now, this agent's own perhaps among them; `isLooking`: there may be more in
   * a moment.
   */
  readonly start: (
    found: (addrs: readonly Addr[], isLooking?: boolean) => void,
    trouble: (trouble: Trouble) => void,
  ) => void
  /** It is time to look again. */
  readonly refresh: () => void
  /** Says nothing from now on, and keeps nothing open. */
  readonly stop: () => void
}
