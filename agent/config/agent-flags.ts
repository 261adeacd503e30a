import type { FlagSpec } from "./command-line.ts"
import type { Key } from "./keys.ts"

/** A flag of `conclave agent`; most of them set a key of the configuration. */
export interface AgentFlag extends FlagSpec {
  readonly key?: Key
}

export const AGENT_FLAGS: readonly AgentFlag[] = [
  { name: "config", value: "F", help: "configuration file" },
  { name: "name", value: "N", key: "name", help: "member name, unique in the cluster (default the host name)" },
  { name: "cluster", value: "C", key: "cluster", help: 'cluster name (default "default")' },
  { name: "data-dir", value: "D", key: "dataDir", help: "where key, generation and known members are kept" },
  { name: "bind", value: "H:P", key: "bind", help: "address for UDP and TCP (default port 7951; 0 = any)" },
  { name: "advertise", value: "H:P", key: "advertise", help: "address that others are told (default as bound)" },
  {
    name: "join",
    value: "ADDR",
    key: "join",
    isList: true,
    help: "a member to join, host or host:port; may be repeated",
  },
  {
    name: "dns",
    value: "NAME",
    key: "discovery.dns",
    help: "a DNS name whose addresses (_name: SRV records) may be members",
  },
  { name: "mdns", key: "discovery.mdns", help: "find agents of this cluster on the local network" },
  { name: "dht", key: "discovery.dht", help: "find agents of this cluster in a DHT, behind NATs too" },
  {
    name: "dht-bootstrap",
    value: "H:P",
    key: "discovery.dhtBootstrap",
    isList: true,
    help: "a node of the DHT that is always there; may be repeated",
  },
  { name: "bootstrap", help: "found a cluster of this host, unless there is one; the others join it" },
  {
    name: "bootstrap-expect",
    value: "N",
    key: "bootstrapExpect",
    help: "found a cluster together with others, once N hosts that say the same have promised",
  },
  { name: "voter", value: "yes|auto|never", key: "voter", help: "whether this host may vote (default auto)" },
  { name: "profile", value: "local|lan|wan", key: "profile", help: "timing (default lan)" },
  { name: "zone", value: "Z", key: "zone", help: "failure domain of this host" },
  { name: "tag", value: "k=v", key: "tags", isList: true, help: "a tag; may be repeated" },
  { name: "http-addr", value: "H:P|off", key: "httpAddr", help: "metrics and health (default 127.0.0.1:7952)" },
  { name: "socket", value: "PATH", key: "socket", help: "where to listen for applications" },
  { name: "admin-socket", value: "PATH", key: "adminSocket", help: "where to listen for operators" },
  {
    name: "gossip-key-file",
    value: "F",
    key: "gossipKeyFile",
    help: "keys that seal gossip, one a line, the first seals",
  },
  {
    name: "join-key-file",
    value: "F",
    key: "joinKeyFile",
    help: "secrets that let agents in, one a line, the first is shown",
  },
  { name: "insecure", key: "insecure", help: "run without encryption" },
  { name: "log-level", value: "L", key: "logLevel", help: "debug, info, warn or error" },
  { name: "log-format", value: "F", key: "logFormat", help: "auto, pretty or json" },
  { name: "enable-fault-injection", help: 'allow "PUT /v1/faults"' },
]
