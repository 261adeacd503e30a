import type { Registry } from "prom-client"
import type { RaftControl } from "../api/raft-control.ts"
import type { AgentView } from "../api/view.ts"
import type { Traffic } from "../ports.ts"
import { ChangeCounts } from "./change-counts.ts"
import type { LinkRefusals } from "./link-server.ts"

/** What is counted outside the view. */
export interface MetricSources {
  readonly view: AgentView
  readonly raft: Pick<RaftControl, "summary">
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
  /** Datagrams that could not be read. */
  readonly malformed: () => number
}

export interface Metrics {
  readonly contentType: string
  readonly text: () => Promise<string>
  readonly close: () => void
}

/** Prometheus' text format, as its library names it. */
const CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

/**
 * Prometheus metrics of one agent; every series is there from the start, at zero. The library that writes them weighs more
 * than the rest of an idle agent and is loaded by the first scrape; until then only what happens is counted.
 */
export function openMetrics(sources: MetricSources): Metrics {
  const changes = new ChangeCounts()
  const unlisten = sources.view.onMemberChanged((change) => changes.changed(change))
  let registry: Promise<Registry> | undefined
  return {
    contentType: CONTENT_TYPE,
    text: async () => {
      registry ??= import("./metric-registry.ts").then(({ openRegistry }) => openRegistry(sources, changes))
      return await (await registry).metrics()
    },
    close: () => {
      unlisten()
      void registry?.then((loaded) => loaded.clear())
    },
  }
}
