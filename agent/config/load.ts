import { configProblems, type Profile, type SwimConfig, swimConfig } from "@conclave/swim"
import { tagsProblem } from "@conclave/swim/record"
import type { z } from "zod"
import type { ConfigItem } from "../api/view.ts"
import { SESSION_TTL_MS } from "../session-ttl.ts"
import type { AgentConfig, DiscoveryWish, HttpWish } from "./agent-config.ts"
import { checkValue } from "./check-value.ts"
import { type DefaultPaths, defaultPaths } from "./default-paths.ts"
import { readEnvironment } from "./environment.ts"
import { readFiles } from "./files-source.ts"
import { type AgentOptions, readFlags } from "./flags.ts"
import { GOSSIP_KEYS } from "./gossip-keys.ts"
import { configItems } from "./items.ts"
import { contradictions, missingKeyFiles } from "./key-files.ts"
import type { KEYS, Key } from "./keys.ts"
import { type Merged, merge, mergedTags, placeOf } from "./merge.ts"
import type { ConfigProblem, Entry } from "./problem.ts"
import { socketProblems } from "./socket-paths.ts"
import type { ConfigSurroundings } from "./surroundings.ts"

export type LoadedConfig =
  | {
      readonly ok: true
      readonly config: AgentConfig
      /** Every key with its value and origin, sorted. */
      readonly items: readonly ConfigItem[]
      readonly warnings: readonly string[]
      /** The files that were read, weakest first. */
      readonly files: readonly string[]
      readonly options: AgentOptions
    }
  /** The flags cannot be understood: exit 2. */
  | {
      readonly ok: false
      readonly kind: "usage"
      readonly usage: readonly string[]
      readonly options: AgentOptions
    }
  /** Exit 78, all at once. */
  | {
      readonly ok: false
      readonly kind: "problems"
      readonly problems: readonly ConfigProblem[]
      readonly options: AgentOptions
    }

const RESTART_GRACE_MS = 30_000
const HTTP = { host: "127.0.0.1", port: 7952 }

/** Merges flags > environment > conf.d > conclave.yaml > profile > defaults, key by key, and checks the whole. */
export function loadConfig(argv: readonly string[], around: ConfigSurroundings): LoadedConfig {
  const flags = readFlags(argv)
  const { options, usage } = flags
  if (usage.length > 0) return { ok: false, kind: "usage", usage, options }
  const paths = defaultPaths(around)
  const asked = options.config ?? (around.env["CONCLAVE_CONFIG"] || undefined)
  const files = readFiles(around, asked ?? paths.configFile, asked !== undefined)
  const environment = readEnvironment(around.env)
  const merged = merge([...files.entries, ...environment.entries, ...flags.entries, ...verbosity(options)])
  const { config, problems } = assemble(merged, { around, paths, options })
  const found = [...files.problems, ...environment.problems, ...flags.problems, ...problems]
  const all = [...found, ...missingKeyFiles(config, merged)]
  if (all.length > 0) return { ok: false, kind: "problems", problems: byPlace(all), options }
  const items = configItems(config, merged)
  return { ok: true, config, items, warnings: environment.warnings, files: files.files, options }
}

/** Checks one file as a start with it alone would, but for the keys, which may stand anywhere else. */
export function validateFile(file: string, around: ConfigSurroundings): readonly ConfigProblem[] {
  const files = readFiles({ ...around, list: () => [] }, file, true)
  const { problems } = assemble(merge(files.entries), { around, paths: defaultPaths(around), options: {} })
  return byPlace([...files.problems, ...problems])
}

/** The sources in the order they came, each from top to bottom. */
function byPlace(problems: readonly ConfigProblem[]): readonly ConfigProblem[] {
  const files = [...new Set(problems.map(({ file }) => file))]
  const lineOf = ({ line = 0, column = 0 }: ConfigProblem): number => line * 1_000_000 + column
  return [...problems].sort((a, b) => files.indexOf(a.file) - files.indexOf(b.file) || lineOf(a) - lineOf(b))
}

function verbosity(options: AgentOptions): readonly Entry[] {
  if (options.verbose !== true) return []
  return [{ key: "logLevel", value: "debug", origin: "flag --verbose", place: { file: "flags" } }]
}

interface Context {
  readonly around: ConfigSurroundings
  readonly paths: DefaultPaths
  readonly options: AgentOptions
}

function assemble(
  merged: Merged,
  { around, paths, options }: Context,
): { readonly config: AgentConfig; readonly problems: readonly ConfigProblem[] } {
  const absolute = (path: string): string => (path.startsWith("/") ? path : `${around.workingDirectory}/${path}`)
  const profile: Profile = settingOf(merged, "profile") ?? "lan"
  const gossipKeyFile = settingOf(merged, "gossipKeyFile")
  const joinKeyFile = settingOf(merged, "joinKeyFile")
  const config: AgentConfig = {
    name: settingOf(merged, "name") ?? around.hostname,
    cluster: settingOf(merged, "cluster") ?? "default",
    dataDir: absolute(settingOf(merged, "dataDir") ?? paths.dataDir),
    bind: settingOf(merged, "bind"),
    advertise: settingOf(merged, "advertise"),
    join: settingOf(merged, "join") ?? [],
    discovery: discoveryOf(merged, absolute),
    profile,
    zone: settingOf(merged, "zone") ?? "",
    tags: mergedTags(merged),
    restartGraceMs: settingOf(merged, "restartGrace") ?? RESTART_GRACE_MS,
    voter: settingOf(merged, "voter") ?? "auto",
    sessionTtlMs: settingOf(merged, "session.ttl") ?? SESSION_TTL_MS[profile],
    bootstrap: options.bootstrap === true,
    bootstrapExpect: settingOf(merged, "bootstrapExpect"),
    socket: absolute(settingOf(merged, "socket") ?? paths.socket),
    adminSocket: absolute(settingOf(merged, "adminSocket") ?? paths.adminSocket),
    sockets: (settingOf(merged, "sockets") ?? []).map(({ path, mode, group, names }) => {
      return { path: absolute(path), mode, group, names }
    }),
    http: httpWish(settingOf(merged, "httpAddr")),
    insecure: settingOf(merged, "insecure") ?? false,
    gossipKeyFile: gossipKeyFile === undefined ? undefined : absolute(gossipKeyFile),
    joinKeyFile: joinKeyFile === undefined ? undefined : absolute(joinKeyFile),
    gossipSeal: settingOf(merged, "gossip.seal") ?? "require",
    logLevel: settingOf(merged, "logLevel") ?? "info",
    logFormat: settingOf(merged, "logFormat") ?? "auto",
    swim: swimOf(merged, profile),
    faultInjection: options.enableFaultInjection === true,
  }
  return { config, problems: [...wholeProblems(config, merged), ...gossipProblems(config.swim, merged)] }
}

/** Entries were checked by their key's schema when they were read, so the type is known. */
function settingOf<K extends Key>(merged: Merged, key: K): z.output<(typeof KEYS)[K]["schema"]> | undefined {
  return merged.get(key)?.value as z.output<(typeof KEYS)[K]["schema"]> | undefined
}

function discoveryOf(merged: Merged, absolute: (path: string) => string): DiscoveryWish {
  const file = settingOf(merged, "discovery.file")
  return {
    file: file === undefined ? undefined : absolute(file),
    dns: settingOf(merged, "discovery.dns"),
    mdns: settingOf(merged, "discovery.mdns") ?? false,
    dht: settingOf(merged, "discovery.dht") ?? false,
    dhtBootstrap: settingOf(merged, "discovery.dhtBootstrap") ?? [],
  }
}

function httpWish(value: "off" | { readonly host: string; readonly port: number } | undefined): HttpWish {
  if (value === "off") return { kind: "off" }
  if (value === undefined) return { kind: "at", ...HTTP, isExplicit: false }
  return { kind: "at", host: value.host || HTTP.host, port: value.port, isExplicit: true }
}

function swimOf(merged: Merged, profile: Profile): SwimConfig {
  const changed: Partial<Record<keyof SwimConfig, unknown>> = {}
  for (const [key, { field }] of Object.entries(GOSSIP_KEYS)) {
    const entry = merged.get(key)
    if (entry !== undefined) changed[field] = entry.value
  }
  return { ...swimConfig(profile), ...(changed as Partial<SwimConfig>) }
}

/** What no single key can know. */
function wholeProblems(config: AgentConfig, merged: Merged): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = []
  const claim = (holds: boolean, key: string, message: string): void => {
    if (!holds) problems.push({ ...placeOf(merged, key), key, message })
  }
  const named = checkValue("name", config.name).ok
  claim(named, "name", `the host name ${JSON.stringify(config.name)} cannot be a member's name; set name`)
  const { dht, dhtBootstrap } = config.discovery
  const nodes = "needs discovery.dhtBootstrap, host:port of nodes of the DHT that are always there: no other is asked"
  claim(!dht || dhtBootstrap.length > 0, "discovery.dht", nodes)
  const secret = "needs joinKeyFile: where agents meet follows from its secret, so that nobody else finds it"
  claim(!dht || !config.insecure, "discovery.dht", secret)
  const foundsTwice = config.bootstrap && config.bootstrapExpect !== undefined
  claim(!foundsTwice, "bootstrapExpect", "founds with others, and --bootstrap alone; leave out one of the two")
  const tags = tagsProblem(config.tags)
  const firstTag = [...merged.keys()].find((key) => key.startsWith("tags."))
  if (tags !== undefined) problems.push({ ...placeOf(merged, firstTag ?? "tags"), key: "tags", message: tags })
  return [...problems, ...socketProblems(config, merged), ...contradictions(config, merged)]
}

function gossipProblems(swim: SwimConfig, merged: Merged): readonly ConfigProblem[] {
  return configProblems(swim).map(({ key: field, message }) => {
    const key = Object.entries(GOSSIP_KEYS).find(([, spec]) => spec.field === field)?.[0] ?? `gossip.${field}`
    return { ...placeOf(merged, key), key, message }
  })
}
