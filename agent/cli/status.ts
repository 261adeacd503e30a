import type { Status } from "@conclave/sdk"
import { spanText } from "./age.ts"
import { withAgent } from "./agent-call.ts"
import type { Call } from "./command.ts"
import { columnsText, type Row } from "./table.ts"

/** `status`: this agent and what it knows. */
export async function status(call: Call): Promise<number> {
  const found = await withAgent(call, "application", (client, limits) => client.request("status", {}, limits))
  const { out } = call
  out.result(found, () => out.text(statusText(found, out.hasColor)))
  return 0
}

/** Facts as pairs, then each warning with its next step. */
export function statusText(status: Status, hasColor: boolean): string {
  const { name, cluster, clusterId, addr, profile, version, localHealth, encrypted, raft } = status
  const rows: Row[] = [
    ["agent", { text: name, color: "bold" }],
    ["id", status.id],
    ["address", addr],
    ["cluster", clusterId === null ? cluster : `${cluster} (${clusterId})`],
    ["ready", status.ready ? { text: "yes", color: "green" } : { text: "no", color: "yellow" }],
    ["members", { text: membersText(status), color: status.members.suspect + status.members.dead > 0 ? "red" : "green" }],
    ["health", localHealth === 0 ? "good (0 of 8)" : `impaired (${localHealth} of 8)`],
    ["raft", raft === null ? "none" : `${raft.role}, leader ${raft.leader ?? "none"}, term ${raft.term}`],
    ["encrypted", encrypted ? "yes" : { text: "no", color: "yellow" }],
    ["up", spanText(status.uptimeMs)],
    ["version", `${version}, profile ${profile}`],
  ]
  const warnings = status.warnings.map(({ code, message, hint }): Row => [`! ${code}`, `${message} Next: ${hint}`])
  return `${columnsText(rows, hasColor)}${warnings.length === 0 ? "" : `\n${columnsText(warnings, hasColor)}`}`
}

function membersText({ members }: Status): string {
  const counts = [`${members.alive} alive`]
  for (const state of ["suspect", "dead", "left"] as const) {
    if (members[state] > 0) counts.push(`${members[state]} ${state}`)
  }
  return counts.join(", ")
}
