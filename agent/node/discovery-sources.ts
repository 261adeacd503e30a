import type { DiscoveryWish } from "../config/agent-config.ts"
import { dnsSource } from "../discovery/dns-source.ts"
import type { DiscoverySource } from "../discovery/source.ts"
import type { Names } from "../ports.ts"
import { type MdnsOptions, MdnsSource } from "./mdns-source.ts"

/** Where this agent looks for others. */
export function discoverySources(
  { dns, mdns }: DiscoveryWish,
  names: Names,
  own: MdnsOptions,
): readonly DiscoverySource[] {
  const sources: DiscoverySource[] = []
  if (dns !== undefined) sources.push(dnsSource(names, dns))
  if (mdns) sources.push(new MdnsSource(own))
  return sources
}
