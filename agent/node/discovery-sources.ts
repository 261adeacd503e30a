import type { DiscoveryWish } from "../config/agent-config.ts"
import { dnsSource } from "../discovery/dns-source.ts"
import type { DiscoverySource } from "../discovery/source.ts"
import type { Names } from "../ports.ts"

/** Where this agent looks for others. */
export function discoverySources({ dns }: DiscoveryWish, names: Names): readonly DiscoverySource[] {
  return dns === undefined ? [] : [dnsSource(names, dns)]
}
