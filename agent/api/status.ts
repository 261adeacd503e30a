import { VERSION } from "../version.ts"
import type { OpOutput } from "./schema.ts"
import type { AgentView } from "./view.ts"

export function status(view: AgentView): OpOutput<"status"> {
  const self = view.memberById(view.id)
  return {
    name: self?.record.name ?? "",
    id: view.id,
    addr: self?.record.addr ?? "",
    cluster: view.cluster,
    clusterId: null,
    version: VERSION,
    profile: view.profile,
    uptimeMs: Math.round(view.uptimeMs()),
    ready: view.readiness().every((item) => item.ok),
    encrypted: false,
    members: { ...view.counts() },
    localHealth: view.localHealth(),
    raft: null,
    sessions: 0,
    grants: 0,
    warnings: view
      .warnings()
      .map(({ code, message, hint }) => ({ code, message, hint }))
      .sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0)),
  }
}
