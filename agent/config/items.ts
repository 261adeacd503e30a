import type { SwimConfig } from "@conclave/swim"
import type { ConfigItem } from "../api/view.ts"
import { formatHostPort, type HostPort } from "../host-port.ts"
import type { AgentConfig } from "./agent-config.ts"
import { formatDuration } from "./duration.ts"
import { GOSSIP_KEYS, type GossipKey } from "./gossip-keys.ts"
import type { Merged } from "./merge.ts"
import type { SocketWish } from "./socket-wish.ts"

/** Every key with its value as a file would write it, and where it comes from; sorted by key. */
export function configItems(config: AgentConfig, merged: Merged): readonly ConfigItem[] {
  const values: [string, unknown][] = [...plainValues(config), ...gossipValues(config.swim)]
  for (const [tag, value] of Object.entries(config.tags)) values.push([`tags.${tag}`, value])
  const items = values.map(([key, value]) => ({ key, value, origin: originOf(merged, key, config) }))
  return items.sort((a, b) => (a.key < b.key ? -1 : 1))
}

/** The same items after the machine had its say: addresses that were chosen, with the reason. */
export function withAddresses(
  items: readonly ConfigItem[],
  found: { readonly bind: string; readonly advertise: string; readonly why: string },
): readonly ConfigItem[] {
  return items.map((item) => {
    if (item.key !== "bind" && item.key !== "advertise") return item
    const origin = item.origin === "default" ? `chosen: ${found.why}` : item.origin
    return { key: item.key, value: found[item.key], origin }
  })
}

function plainValues(config: AgentConfig): [string, unknown][] {
  const { http } = config
  return [
    ["adminSocket", config.adminSocket],
    ["advertise", addressValue(config.advertise)],
    ["bind", addressValue(config.bind)],
    ["bootstrapExpect", config.bootstrapExpect ?? null],
    ["cluster", config.cluster],
    ["dataDir", config.dataDir],
    ["discovery.dht", config.discovery.dht],
    ["discovery.dhtBootstrap", config.discovery.dhtBootstrap],
    ["discovery.dns", config.discovery.dns ?? null],
    ["discovery.file", config.discovery.file ?? null],
    ["discovery.mdns", config.discovery.mdns],
    ["gossip.seal", config.gossipSeal],
    ["gossipKeyFile", config.gossipKeyFile ?? null],
    ["httpAddr", http.kind === "off" ? "off" : formatHostPort(http.host, http.port)],
    ["insecure", config.insecure],
    ["join", config.join],
    ["joinKeyFile", config.joinKeyFile ?? null],
    ["logFormat", config.logFormat],
    ["logLevel", config.logLevel],
    ["name", config.name],
    ["profile", config.profile],
    ["restartGrace", formatDuration(config.restartGraceMs)],
    ["session.ttl", formatDuration(config.sessionTtlMs)],
    ["socket", config.socket],
    ["sockets", config.sockets.map(socketValue)],
    ["voter", config.voter],
    ["zone", config.zone],
  ]
}

function socketValue({ path, mode, group, names }: SocketWish): unknown {
  return { path, mode: `0${mode.toString(8)}`, ...(group === undefined ? {} : { group }), names }
}

function addressValue(at: HostPort | undefined): string | null {
  return at === undefined ? null : formatHostPort(at.host, at.port)
}

function gossipValues(swim: SwimConfig): [string, unknown][] {
  return Object.entries(GOSSIP_KEYS).map(([key, spec]) => [key, gossipValue(spec, swim)])
}

function gossipValue({ field, notation }: GossipKey, swim: SwimConfig): unknown {
  const value = Number(swim[field])
  if (notation === "duration") return formatDuration(value)
  return notation === "thousandths" ? value / 1000 : value
}

function originOf(merged: Merged, key: string, config: AgentConfig): string {
  const entry = merged.get(key)
  if (entry !== undefined) return entry.origin
  return (key.startsWith("gossip.") && key !== "gossip.seal") || key === "session.ttl"
    ? `profile ${config.profile}`
    : "default"
}
