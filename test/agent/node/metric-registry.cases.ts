import type { AgentView } from "conclave/api/view"
import { GrantCounts } from "conclave/coordination/grant-counts"
import { ChangeCounts } from "conclave/node/change-counts"
import type { MetricSources } from "conclave/node/metric-registry"
import { openRegistry } from "conclave/node/metric-registry"
import { openMetrics } from "conclave/node/metrics"
import { test } from "tap"
import { HostStage } from "../host-stage.ts"
import { NO_REFUSALS } from "./no-refusals.ts"

const NO_TRAFFIC = { sentPackets: 3, sentBytes: 0, receivedPackets: 0, receivedBytes: 0 }

function sources(view: AgentView): MetricSources {
  return {
    view,
    raft: { summary: () => null },
    grants: new GrantCounts(),
    name: "n1",
    version: "0.1.0",
    datagrams: { traffic: () => NO_TRAFFIC, sendErrors: () => 0, kernelDrops: () => 0 },
    links: {
      traffic: () => NO_TRAFFIC,
      refusals: () => NO_REFUSALS,
      connections: () => 0,
    },
    refused: () => ({ forged: 4 }),
  }
}

function death(suspectMs: number): Parameters<ChangeCounts["changed"]>[0] {
  const [before, after] = [{ state: "suspect" }, { state: "dead" }]
  return { before, after, change: "dead", suspectMs } as Parameters<ChangeCounts["changed"]>[0]
}

test("a counter that is read anew with each scrape does not add up, and a histogram does", async (t) => {
  const changes = new ChangeCounts()
  const registry = openRegistry(sources(new HostStage().host), changes)
  for (const deaths of [1, 2]) {
    changes.changed(death(700))
    const text = await registry.metrics()
    t.ok(text.includes('conclave_gossip_messages_total{direction="sent"} 3\n'))
    t.ok(text.includes(`conclave_suspicion_seconds_bucket{le="1"} ${deaths}\n`), `${deaths} deaths`)
    t.ok(text.includes("conclave_build_info{"))
  }
  registry.clear()
})

test("the processor time is that of the process, also where the first scrape comes late", async (t) => {
  const { user, system } = process.cpuUsage()
  const registry = openRegistry(sources(new HostStage().host), new ChangeCounts())
  const text = await registry.metrics()
  const shown = (kind: string): number =>
    Number(new RegExp(`^process_cpu_${kind}seconds_total (.*)$`, "m").exec(text)?.[1])
  t.ok(shown("") >= (user + system) / 1e6)
  t.ok(shown("user_") >= user / 1e6)
  t.ok(shown("system_") >= system / 1e6)
  registry.clear()
})

test("the content type that is told before the library is there is the library's", (t) => {
  const view = new HostStage().host
  const registry = openRegistry(sources(view), new ChangeCounts())
  t.equal(openMetrics(sources(view)).contentType, registry.contentType)
  registry.clear()
  t.end()
})
