import { VERSION } from "../version.ts"
import type { Coordination } from "./coordination.ts"
import type { RaftControl } from "./raft-control.ts"
import type { OpOutput } from "./schema.ts"
import type { AgentView } from "./view.ts"

export function status(
  view: AgentView,
  raft: Pick<RaftControl, "summary" | "clusterId">,
  coordination: Pick<Coordination, "counts">,
): OpOutput<"status"> {
  const { sessions, grants } = coordination.counts
  const self = view.memberById(view.id)
  const warnings = view.warnings()
  return {
    name: self?.record.name ?? "",
    id: view.id,
    addr: self?.record.addr ?? "",
    cluster: view.cluster,
    clusterId: raft.clusterId(),
    version: VERSION,
    profile: view.profile,
    uptimeMs: Math.round(view.uptimeMs()),
    ready: view.readiness().every((item) => item.ok),
    encrypted: !warnings.some(({ code }) => code === "not-encrypted"),
    members: { ...view.counts() },
    localHealth: view.localHealth(),
    raft: raft.summary(),
    sessions,
    grants,
    warnings: warnings
      .map(({ code, message, hint }) => ({ code, message, hint }))
      .sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0)),
  }
}
