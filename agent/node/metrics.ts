import type { Registry } from "prom-client"
import { ChangeCounts } from "./change-counts.ts"
import type { MetricSources } from "./metric-registry.ts"

export interface Metrics {
  readonly contentType: string
  readonly text: () => Promise<string>
  readonly close: () => void
}

/** Prometheus' text format, as its library names it. */
const CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

/**
 * Prometheus metrics of one agent; every series is there from the start, at zero. The library that writes them weighs
 * more than the rest of an idle agent and is loaded by the first scrape; until then only what happens is counted.
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
