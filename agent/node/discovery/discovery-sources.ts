import type { DiscoveryWish } from "../../config/agent-config.ts"
import { dnsSource } from "../../discovery/dns-source.ts"
import type { DiscoverySource } from "../../discovery/source.ts"
import type { Names } from "../../ports.ts"
import { type DhtOptions, DhtSource } from "./dht-source.ts"
import { FileSource } from "./file-source.ts"
import { type MdnsOptions, MdnsSource } from "./mdns-source.ts"

export interface Searcher extends MdnsOptions, Omit<DhtOptions, "bootstrap" | "self"> {
  readonly names: Names
}

/** Where this agent looks for others. */
export function discoverySources(wish: DiscoveryWish, own: Searcher): readonly DiscoverySource[] {
  const sources: DiscoverySource[] = []
  if (wish.file !== undefined) sources.push(new FileSource(own.names, wish.file))
  if (wish.dns !== undefined) sources.push(dnsSource(own.names, wish.dns))
  if (wish.mdns) sources.push(new MdnsSource(own))
  if (wish.dht) sources.push(new DhtSource({ ...own, bootstrap: wish.dhtBootstrap, self: own }))
  return sources
}
