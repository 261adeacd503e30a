import type { StatusJson } from "conclave/api/objects"
import type { AgentView, MemberChanged } from "conclave/api/view"
import { GrantCounts } from "conclave/coordination/grant-counts"
import { type Metrics, openMetrics } from "conclave/node/metrics"
import { test } from "tap"
import { HostStage } from "../host-stage.ts"
import { NO_REFUSALS } from "./no-refusals.ts"

const NO_TRAFFIC = { sentPackets: 0, sentBytes: 0, receivedPackets: 0, receivedBytes: 0 }

const SUMMARY: StatusJson["raft"] = {
  role: "follower",
  leader: "n2",
  term: "3",
  commitIndex: "9",
  appliedIndex: "8",
  voters: 3,
  votersUp: 2,
  canLose: 1,
}

function metricsOf(view: AgentView, summary: StatusJson["raft"] = SUMMARY): Metrics {
  return openMetrics({
    view,
    raft: { summary: () => summary },
    grants: new GrantCounts(),
    name: "n1",
    version: "0.1.0",
    datagrams: { traffic: () => ({ ...NO_TRAFFIC, sentPackets: 7 }), sendErrors: () => 0, kernelDrops: () => 4 },
    links: { traffic: () => NO_TRAFFIC, refusals: () => NO_REFUSALS, connections: () => 1 },
    refused: () => ({ malformed: 2 }),
  })
}

test("every series is there from the start, and changes are counted", async (t) => {
  let tell: (change: MemberChanged) => void = () => {}
  const view = {
    cluster: "c1",
    profile: "lan",
    counts: () => ({ alive: 3, suspect: 1, dead: 0, left: 0 }),
    localHealth: () => 2,
    readiness: () => [{ name: "gossip", ok: true, message: "ok" }],
    members: () => [{ id: "x", state: "alive" }],
    rttMs: () => 5,
    onMemberChanged: (on: (change: MemberChanged) => void) => {
      tell = on
      return () => {}
    },
  } as unknown as AgentView
  const metrics = metricsOf(view)
  const before = await metrics.text()
  for (const line of [
    'conclave_node_info{node="n1",cluster="c1",profile="lan"} 1',
    'conclave_members{status="alive"} 3',
    'conclave_members{status="left"} 0',
    'conclave_member_transitions_total{from="suspect",to="dead"} 0',
    "conclave_false_suspicions_total 0",
    "conclave_local_health_score 2",
    'conclave_gossip_messages_total{direction="sent"} 7',
    'conclave_gossip_drops_total{reason="malformed"} 2',
    'conclave_gossip_drops_total{reason="kernel"} 4',
    'conclave_link_refusals_total{reason="otherCluster"} 0',
    'conclave_rtt_seconds{quantile="0.5"} 0.005',
    'conclave_raft_role{role="follower"} 1',
    'conclave_raft_role{role="leader"} 0',
    "conclave_raft_has_leader 1",
    "conclave_raft_term 3",
    "conclave_raft_commit_index 9",
    "conclave_raft_applied_index 8",
    "conclave_raft_voters 3",
    "conclave_raft_voters_up 2",
    "conclave_raft_can_lose 1",
  ]) {
    t.ok(before.includes(`${line}\n`), line)
  }
  tell({ before: { state: "suspect" }, after: { state: "alive" }, change: "alive", suspectMs: 0 } as MemberChanged)
  tell({ before: { state: "suspect" }, after: { state: "dead" }, change: "dead", suspectMs: 600 } as MemberChanged)
  const after = await metrics.text()
  t.ok(after.includes("conclave_false_suspicions_total 1\n"))
  t.ok(after.includes('conclave_member_transitions_total{from="suspect",to="dead"} 1\n'))
  t.ok(after.includes("conclave_suspicion_seconds_sum 0.6\n"))
  t.ok(after.includes('conclave_gossip_messages_total{direction="sent"} 7\n'), "a scrape does not add up")
  metrics.close()
})

test("what happened before the first scrape is in it, once", async (t) => {
  let tell: (change: MemberChanged) => void = () => {}
  const view: AgentView = new HostStage().host
  const metrics = metricsOf(
    Object.assign(Object.create(view), {
      onMemberChanged: (on: (change: MemberChanged) => void) => {
        tell = on
        return () => {}
      },
    }),
  )
  tell({ before: { state: "suspect" }, after: { state: "dead" }, change: "dead", suspectMs: 600 } as MemberChanged)
  const [one, other] = await Promise.all([metrics.text(), metrics.text()])
  for (const text of [one, other, await metrics.text()]) {
    t.ok(text.includes('conclave_member_transitions_total{from="suspect",to="dead"} 1\n'))
    t.ok(text.includes("conclave_suspicion_seconds_count 1\n"))
  }
  metrics.close()
})

test("a host that has not started yet can be scraped: it knows nobody", async (t) => {
  const metrics = metricsOf(new HostStage().host, null)
  const text = await metrics.text()
  for (const line of ['conclave_members{status="alive"} 0', "conclave_local_health_score 0"])
    t.ok(text.includes(`${line}\n`), line)
  metrics.close()
})
