import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client"
import type { RaftControl } from "../api/raft-control.ts"
import type { AgentView } from "../api/view.ts"
import type { GrantCounts } from "../coordination/grant-counts.ts"
import type { Traffic } from "../ports.ts"
import type { ChangeCounts } from "./change-counts.ts"
import { grantMetrics } from "./grant-metrics.ts"
import type { LinkRefusals } from "./links/link-server.ts"

/** What is counted outside the view. */
export interface MetricSources {
  readonly view: AgentView
  readonly raft: Pick<RaftControl, "summary">
  readonly grants: GrantCounts
  readonly name: string
  readonly version: string
  readonly datagrams: {
    readonly traffic: () => Traffic
    readonly sendErrors: () => number
    readonly kernelDrops: () => number
  }
  readonly links: {
    readonly traffic: () => Traffic
    readonly refusals: () => Readonly<LinkRefusals>
    readonly connections: () => number
  }
  /** Datagrams that were not taken, by reason. */
  readonly refused: () => Readonly<Record<string, number>>
}

type Summary = NonNullable<ReturnType<MetricSources["raft"]["summary"]>>

const ROLES = ["leader", "follower", "learner", "none"] as const
const STATES = ["alive", "suspect", "dead", "left"] as const
/** The library's own 10 ms would cost a hundredth of a core. */
const LOOP_MONITOR_MS = 500

/** Prometheus metrics of one agent, for as long as its process runs. */
export function openRegistry(sources: MetricSources, changes: ChangeCounts): Registry {
  const registry = new Registry()
  processMetrics(registry)
  info(registry, sources)
  membership(registry, sources.view)
  group(registry, sources)
  traffic(registry, sources)
  transitions(registry, changes)
  grantMetrics(registry, sources.grants)
  return registry
}

/** Those of the library, which counts from its own first moment: that of the first scrape. What was before is added. */
function processMetrics(registry: Registry): void {
  const { user, system } = process.cpuUsage()
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LOOP_MONITOR_MS })
  const before = { process_cpu_user_seconds_total: user, process_cpu_system_seconds_total: system }
  for (const [name, microseconds] of Object.entries({ ...before, process_cpu_seconds_total: user + system })) {
    const counter = registry.getSingleMetric(name)
    if (counter instanceof Counter) counter.inc(microseconds / 1e6)
  }
}

function info(registry: Registry, { view, name, version }: MetricSources): void {
  const registers = [registry]
  const build = new Gauge({
    name: "conclave_build_info",
    help: "Always 1; what runs here",
    labelNames: ["version", "node_version"],
    registers,
  })
  build.set({ version, node_version: process.version }, 1)
  const node = new Gauge({
    name: "conclave_node_info",
    help: "Always 1; who this agent is",
    labelNames: ["node", "cluster", "profile"],
    registers,
  })
  node.set({ node: name, cluster: view.cluster, profile: view.profile }, 1)
}

function membership(registry: Registry, view: AgentView): void {
  const registers = [registry]
  new Gauge({
    name: "conclave_members",
    help: "Members as this agent sees them",
    labelNames: ["status"],
    registers,
    collect() {
      const counts = view.counts()
      for (const status of STATES) this.set({ status }, counts[status])
    },
  })
  new Gauge({
    name: "conclave_local_health_score",
    help: "0 (well) to 8: how much this agent distrusts its own timing (Lifeguard)",
    registers,
    collect() {
      this.set(view.localHealth())
    },
  })
  new Gauge({
    name: "conclave_ready",
    help: "1 when a write would be accepted now",
    registers,
    collect() {
      this.set(view.readiness().every(({ ok }) => ok) ? 1 : 0)
    },
  })
  new Gauge({
    name: "conclave_rtt_seconds",
    help: "Smoothed round trips to the living members: quantiles over members",
    labelNames: ["quantile"],
    registers,
    collect() {
      const sorted = rtts(view)
      for (const quantile of [0.5, 0.9, 0.99]) {
        this.set({ quantile }, (sorted[Math.floor((sorted.length - 1) * quantile)] ?? 0) / 1000)
      }
    },
  })
}

/** The Raft group as this agent knows it; all zero before there is one. */
function group(registry: Registry, { raft }: MetricSources): void {
  const registers = [registry]
  const gauge = (name: string, help: string, value: (summary: Summary) => number | string): void => {
    new Gauge({
      name: `conclave_raft_${name}`,
      help,
      registers,
      collect() {
        const summary = raft.summary()
        this.set(summary === null ? 0 : Number(value(summary)))
      },
    })
  }
  new Gauge({
    name: "conclave_raft_role",
    help: "1 for what this agent is in the group",
    labelNames: ["role"],
    registers,
    collect() {
      const now = raft.summary()?.role ?? "none"
      for (const role of ROLES) this.set({ role }, role === now ? 1 : 0)
    },
  })
  gauge("has_leader", "1 when this agent knows a leader", ({ leader }) => (leader === null ? 0 : 1))
  gauge("term", "The term; each election begins another", ({ term }) => term)
  gauge("commit_index", "The last entry that is known to be committed", ({ commitIndex }) => commitIndex)
  gauge("applied_index", "The last entry that is applied here", ({ appliedIndex }) => appliedIndex)
  gauge("voters", "How many vote", ({ voters }) => voters)
  gauge("voters_up", "How many of them are up", ({ votersUp }) => votersUp)
  gauge("can_lose", "How many more may go before nothing can be written", ({ canLose }) => canLose)
}

function rtts(view: AgentView): readonly number[] {
  const known: number[] = []
  for (const { id, state } of view.members()) {
    const rttMs = state === "alive" ? view.rttMs(id) : undefined
    if (rttMs !== undefined) known.push(rttMs)
  }
  return known.sort((a, b) => a - b)
}

function traffic(registry: Registry, { datagrams, links, refused }: MetricSources): void {
  const count = (name: string, help: string, label: string, values: () => Readonly<Record<string, number>>): void => {
    new Counter({
      name,
      help,
      labelNames: [label],
      registers: [registry],
      collect() {
        this.reset()
        for (const [key, value] of Object.entries(values())) this.inc({ [label]: key }, value)
      },
    })
  }
  count("conclave_gossip_messages_total", "Datagrams", "direction", () => {
    const { sentPackets, receivedPackets } = datagrams.traffic()
    return { sent: sentPackets, received: receivedPackets }
  })
  count("conclave_gossip_bytes_total", "Bytes in datagrams", "direction", () => {
    const { sentBytes, receivedBytes } = datagrams.traffic()
    return { sent: sentBytes, received: receivedBytes }
  })
  count("conclave_gossip_drops_total", "Datagrams lost on this host", "reason", () => ({
    ...refused(),
    send: datagrams.sendErrors(),
    kernel: datagrams.kernelDrops(),
  }))
  count("conclave_link_bytes_total", "Bytes on streams between agents", "direction", () => {
    const { sentBytes, receivedBytes } = links.traffic()
    return { sent: sentBytes, received: receivedBytes }
  })
  count("conclave_link_refusals_total", "Inbound streams that were refused", "reason", () => ({ ...links.refusals() }))
  new Gauge({
    name: "conclave_link_connections",
    help: "Inbound streams that are open",
    registers: [registry],
    collect() {
      this.set(links.connections())
    },
  })
}

function transitions(registry: Registry, changes: ChangeCounts): void {
  const registers = [registry]
  new Counter({
    name: "conclave_member_transitions_total",
    help: "Changes of a member's status",
    labelNames: ["from", "to"],
    registers,
    collect() {
      this.reset()
      for (const { from, to, count } of changes.moves()) this.inc({ from, to }, count)
    },
  })
  new Counter({
    name: "conclave_false_suspicions_total",
    help: "Suspicions that ended with the member alive",
    registers,
    collect() {
      this.reset()
      this.inc(changes.refuted)
    },
  })
  const lasted = new Histogram({
    name: "conclave_suspicion_seconds",
    help: "How long members were suspected before they were declared dead",
    buckets: [0.25, 0.5, 1, 2, 5, 10, 30, 60],
    registers,
    collect: () => {
      for (const ms of changes.takeSuspicionsMs()) lasted.observe(ms / 1000)
    },
  })
}
