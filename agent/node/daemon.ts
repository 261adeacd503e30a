import type { Addr } from "@conclave/base"
import { raftConfig } from "@conclave/consensus"
import type { JournalNote } from "../api/objects.ts"
import type { ConfigItem, Warning } from "../api/view.ts"
import type { AgentConfig, DiscoveryWish } from "../config/agent-config.ts"
import { withAddresses } from "../config/items.ts"
import { audit, type Keep } from "../coordination/audit.ts"
import type { Cluster } from "../coordination/cluster.ts"
import { Coordinator, type CoordinatorOptions } from "../coordination/coordinator.ts"
import { DeadlockNews, tellDeadlock } from "../coordination/deadlock-news.ts"
import { GrantCounts } from "../coordination/grant-counts.ts"
import { GrantNews } from "../coordination/grant-news.ts"
import type { Draining, Farewell } from "../departure.ts"
import { GroupControl } from "../group/group-control.ts"
import { hostCluster } from "../group/host-cluster.ts"
import { Host } from "../host.ts"
import type { Fatal } from "../host-config.ts"
import { formatHostPort } from "../host-port.ts"
import { Journal } from "../journal.ts"
import { VERSION } from "../version.ts"
import { chooseAddresses } from "./addresses.ts"
import { Backups, type BackupsOptions } from "./backups.ts"
import { openDataDirectory } from "./data-directory.ts"
import { RECEIVE_BUFFER_BYTES } from "./datagrams.ts"
import { discoverySources, type Searcher } from "./discovery/discovery-sources.ts"
import { notEncrypted, stillInTheClear } from "./encryption.ts"
import { watchHealth } from "./health.ts"
import { openHttp } from "./http/http-listener.ts"
import { type OpenKeyring, openKeyring } from "./keyring.ts"
import { openIdentity } from "./links/identity.ts"
import { type LocalApi, openLocalApi } from "./local-api.ts"
import { claimSockets } from "./local-sockets.ts"
import type { OpenLog } from "./log.ts"
import { machineId } from "./machine-id.ts"
import { type Metrics, openMetrics } from "./metrics.ts"
import { type OpenPorts, openPorts, type PortsOptions } from "./open-ports.ts"
import { clearMembers, openSeals, type Seals, tellSeals } from "./seals.ts"
import { SecretFileError } from "./secret-file.ts"

/** The configuration, or something that it names, cannot be had: exit 78. */
export class StartError extends Error {
  override name = "StartError"
}

export interface DaemonOptions {
  readonly config: AgentConfig
  readonly items: readonly ConfigItem[]
  readonly warnings: readonly string[]
  readonly log: OpenLog
  /** The agent must end, for a reason of its own. */
  readonly onEnd: (fatal: Fatal | "left") => void
}

/** Everything that runs in an agent's process. */
export interface Daemon {
  readonly host: Host
  /** What `agent.ready` says. */
  readonly ready: Readonly<Record<string, unknown>>
  readonly health: { readonly close: () => void }
  /** Looks for agents where the configuration says now. */
  readonly discover: (wish: DiscoveryWish) => void
  readonly seals: Seals
  /** Lets applications go, says why the agent goes, closes everything. */
  readonly close: (reason: "restart" | "left" | "fatal") => Promise<void>
}

/** Time in which applications may finish their calls. */
const GOAWAY_MS = 1000

type Closer = () => unknown

/**
 * Opens everything in order: what can refuse first, the sockets that applications see last. What refuses leaves nothing
 * open.
 */
export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const closers: Closer[] = []
  try {
    return await open(options, closers)
  } catch (cause) {
    // Why it was refused counts, not what went wrong in tidying up after it.
    await closeAll(closers).catch(() => {})
    throw cause
  }
}

/** The last that was opened first, since it uses the earlier ones. One that fails keeps none of the others open. */
async function closeAll(closers: readonly Closer[]): Promise<void> {
  const failures: unknown[] = []
  for (const close of [...closers].reverse()) {
    try {
      await close()
    } catch (cause) {
      failures.push(cause)
    }
  }
  if (failures.length > 0) throw failures[0]
}

async function open(options: DaemonOptions, closers: Closer[]): Promise<Daemon> {
  const { config, log } = options
  const directory = await openDataDirectory(config.dataDir)
  if (directory.kind === "inUse") throw new StartError(directory.message)
  closers.push(directory.close)
  // Found out before others hear of this host: to them it would come and die.
  await claimSockets(config).catch(refuse)
  const identity = await openIdentity(directory.path, directory.disk)
  const seals = await openSeals(config, identity).catch(refuseSecret)
  tellSeals(seals, log)
  let host: Host | undefined
  const addresses = chooseAddresses({ bind: config.bind, advertise: config.advertise })
  const ports = await openPorts({
    ...addresses,
    id: identity.id,
    cluster: config.cluster,
    disk: directory.disk,
    directory: directory.path,
    log,
    door: seals.streams.door,
    ...whoLives(() => host),
  })
  closers.push(ports.close)
  const found = { bind: ports.bound, advertise: ports.addr, why: addresses.why }
  log.write("info", "agent.address", `others reach this agent at ${ports.addr}`, { ...found, machineId: machineId() })
  // Nothing can be kept there, whatever it is: one warning says so.
  const said = directory.problem ?? ""
  const isSame = said !== "" && identity.problem?.includes(said) === true
  const problems = [directory.problem, isSame ? undefined : identity.problem].filter((each) => each !== undefined)
  const items = withAddresses(options.items, found)
  let coordination: Coordinator | undefined
  let keyring: OpenKeyring | undefined
  const onSealed = (source: Addr): void => keyring?.onSealed(source)
  const own = { id: identity.id, seals, problems, items, onSealed }
  host = makeHost(options, ports, { ...own, ...parting(() => coordination) })
  const raft = new GroupControl({ consensus: host.consensus, view: host, clock: ports.clock })
  closers.push(() => raft.stop())
  const { metrics, grants } = metricsOf(host, ports, { raft, name: config.name })
  closers.push(metrics.close)
  const http = await openScrapeAddress(config, { host, metrics, log })
  if (http !== undefined) closers.push(http.close)
  const journal = new Journal(host)
  const keep = { log, tell: (note: JournalNote) => journal.add(note) }
  keyring = openKeyring({ host, clock: ports.clock, seals, ...keep })
  closers.push(keyring.close)
  closers.push(() => host.stop())
  await new Promise<void>((started) => host.start(started))
  const health = watchHealth({
    disk: directory.disk,
    datagrams: ports.datagrams,
    onChange: (bits) => host.setHealth(bits),
  })
  closers.push(health.close)
  closers.push(tellGrants(host, ports, { ...keep, grants }))
  coordination = coordinate(host, ports, { ...config, audit: (deed) => audit(deed, keep), tell: keep.tell })
  closers.push(() => coordination?.stop())
  const backups = backupsOf(host, { ...ports, directory: directory.path, term: () => raft.summary()?.term ?? "0" })
  const answering = { view: host, coordination, raft, keyring: keyring.control }
  const shared = { clock: ports.clock, config, metrics, journal, backups }
  const api = await openLocalApi({ ...answering, ...shared }).catch(refuse)
  closers.push(api.close)
  const ready = readyOf(config, { id: identity.id, addr: ports.addr, http: http?.addr ?? null })
  const close = async (reason: "restart" | "left" | "fatal"): Promise<void> => {
    await farewell(api, host, reason)
    await closeAll(closers)
  }
  return { host, ready, health, discover: discoverIn(host, searcherOf(host, ports, seals)), seals, close }
}

/** As far as it is known yet. */
function whoLives(host: () => Host | undefined): Pick<PortsOptions, "memberAt" | "isHome" | "isRemoved"> {
  return {
    memberAt: (addr) => host()?.livingAt(addr),
    isHome: (at) => host()?.isHome(at) === true,
    isRemoved: (peer) => host()?.consensus.removed.has(peer) === true,
  }
}

function readyOf(
  { name, socket, adminSocket, sockets: further }: AgentConfig,
  { id, addr, http }: { readonly id: string; readonly addr: Addr; readonly http: string | null },
): Daemon["ready"] {
  const sockets = further.map(({ path }) => path)
  return { pid: process.pid, name, id, addr, socket, adminSocket, sockets, http }
}

function discoverIn(host: Host, searcher: Searcher): Daemon["discover"] {
  return (wish) => host.setDiscovery(discoverySources(wish, searcher))
}

function searcherOf(
  { id, cluster }: Pick<Host, "id" | "cluster">,
  { names, addr, bound, links, ways }: OpenPorts,
  seals: Seals,
): Searcher {
  return { id, cluster, names, addr, bound, links, ways, secrets: seals.streams.meetings }
}

/**
 * What applications have of it that this host departs for good. Not served yet, they may have sessions of an earlier
 * life.
 */
function parting(coordination: () => Coordinator | undefined): {
  readonly drain: Draining
  readonly farewell: Farewell
} {
  return {
    drain: (graceMs, done) => {
      const serving = coordination()
      if (serving === undefined) done()
      else serving.drain(graceMs, done)
    },
    farewell: (limitMs, done) => {
      const serving = coordination()
      if (serving === undefined) done(false)
      else serving.farewell(limitMs, done)
    },
  }
}

/** The state that all share, over this host's consensus half. */
function clusterOf(host: Host): Cluster {
  const { id, consensus, memberById } = host
  return hostCluster({
    id,
    consensus,
    generation: () => memberById(id)?.record.generation ?? 0,
    isGenerationKept: () => host.isGenerationKept,
  })
}

function metricsOf(
  host: Host,
  { datagrams, links }: OpenPorts,
  own: { readonly raft: GroupControl; readonly name: string },
): { readonly metrics: Metrics; readonly grants: GrantCounts } {
  const refused = (): Readonly<Record<string, number>> => host.refusedDatagrams
  const grants = new GrantCounts()
  const metrics = openMetrics({ ...own, grants, view: host, version: VERSION, datagrams, links, refused })
  return { metrics, grants }
}

/**
 * What becomes of this host's sessions and grants goes into its journal, and where they wait in a ring; the result ends
 * it.
 */
function tellGrants(host: Host, { clock }: OpenPorts, keep: Keep & { readonly grants: GrantCounts }): Closer {
  const cluster = clusterOf(host)
  const news = new GrantNews({ cluster, clock, tell: keep.tell, counts: keep.grants })
  const deadlocks = new DeadlockNews({ cluster, tell: (chain) => tellDeadlock(chain, keep) })
  return () => {
    deadlocks.stop()
    news.stop()
  }
}

function backupsOf({ consensus }: Host, options: Omit<BackupsOptions, "consensus">): Backups {
  return new Backups({ ...options, consensus })
}

/** What applications share. */
function coordinate(
  host: Host,
  { clock, secrets, processes }: OpenPorts,
  { name, sessionTtlMs, audit: keep, tell }: AgentConfig & Pick<CoordinatorOptions, "audit" | "tell">,
): Coordinator {
  return new Coordinator({
    cluster: clusterOf(host),
    clock,
    secrets,
    processes,
    member: () => name,
    ttlMs: sessionTtlMs,
    audit: keep,
    tell,
  })
}

function refuse(cause: Error): never {
  throw new StartError(cause.message, { cause })
}

function refuseSecret(cause: Error): never {
  if (cause instanceof SecretFileError) refuse(cause)
  throw cause
}

function farewell(api: LocalApi, host: Host, reason: "restart" | "left" | "fatal"): Promise<void> {
  if (reason === "fatal") return Promise.resolve()
  api.goaway(reason === "left" ? "the agent leaves the cluster" : "the agent restarts", GOAWAY_MS)
  // The good-bye of a member that left has gone out already.
  if (reason === "left") return Promise.resolve()
  return new Promise((announced) => host.announceRestart(announced))
}

function makeHost(
  options: DaemonOptions,
  ports: OpenPorts,
  own: {
    readonly id: Host["id"]
    readonly seals: Daemon["seals"]
    readonly problems: readonly string[]
    readonly items: readonly ConfigItem[]
    readonly onSealed: (source: Addr) => void
    readonly drain: Draining
    readonly farewell: Farewell
  },
): Host {
  const { config, onEnd } = options
  const warnings: Warning[] = [
    ...options.warnings.map((message) => ({ code: "configuration", message, hint: "conclave config show --origin" })),
    ...own.problems.map((message) => ({
      code: "data-directory",
      message,
      hint: "make it writable, restart the agent",
    })),
    ...bufferWarning(ports.datagrams.receiveBufferBytes),
  ]
  const hostConfig = {
    id: own.id,
    name: config.name,
    addr: ports.addr,
    cluster: config.cluster,
    join: config.join,
    profile: config.profile,
    swim: config.swim,
    tags: config.tags,
    zone: config.zone,
    version: VERSION,
    restartGraceMs: config.restartGraceMs,
    voter: config.voter,
    raft: raftConfig(),
    sessionTtlMs: config.sessionTtlMs,
    bootstrap: config.bootstrap,
    bootstrapExpect: config.bootstrapExpect,
    faultInjection: config.faultInjection,
    items: own.items,
    warnings,
  }
  for (const { code, message } of warnings) options.log.write("warn", `agent.${code}`, message)
  const { drain, farewell: dismiss, onSealed } = own
  const last = { onLeft: (): void => onEnd("left"), drain, farewell: dismiss }
  const searcher = searcherOf({ id: own.id, cluster: config.cluster }, ports, own.seals)
  const discovery = discoverySources(config.discovery, searcher)
  const inTheClear = (): readonly Warning[] => {
    const names = clearMembers(own.seals, (id) => host.memberById(id)?.record.name)
    const late = own.seals.mode() === "send" ? stillInTheClear(names, own.seals.streams.clear()) : []
    return [...notEncrypted(own.seals.encryption()), ...late]
  }
  const more = { codec: own.seals.gossip.codec, warnings: inTheClear, discovery, onSealed }
  const removal = {
    isAsked: config.joinKeyFile !== undefined,
    onRemoved: (id: Host["id"]): void => ports.links.endPeer(id),
  }
  const host = new Host(hostConfig, ports, { onFatal: onEnd, ...last, ...more, ...removal })
  return host
}

/** The kernel doubles what is asked and counts its own bookkeeping; less than half of it is too little. */
function bufferWarning(granted: number): readonly Warning[] {
  if (granted >= RECEIVE_BUFFER_BYTES / 2) return []
  return [
    {
      code: "receive-buffer",
      message: `the kernel granted a receive buffer of ${granted} bytes only`,
      hint: `sysctl -w net.core.rmem_max=${RECEIVE_BUFFER_BYTES}`,
    },
  ]
}

async function openScrapeAddress(
  config: AgentConfig,
  parts: { readonly host: Host; readonly metrics: Metrics; readonly log: OpenLog },
): Promise<{ readonly addr: string; readonly close: () => Promise<void> } | undefined> {
  const { http } = config
  if (http.kind === "off") return undefined
  const listener = await openHttp({
    host: http.host,
    port: http.port,
    readiness: parts.host.readiness,
    metrics: parts.metrics,
  })
  if (listener.kind === "open") return listener
  if (http.isExplicit) throw new StartError(listener.message)
  // A second agent on one machine: its scrape address is a convenience, not a reason to stay away.
  const at = formatHostPort(http.host, http.port)
  parts.log.write("warn", "agent.http", `${listener.message}; the agent goes on without metrics at ${at}`)
  return undefined
}
