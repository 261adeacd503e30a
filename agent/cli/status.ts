import type { Status } from "@conclave/sdk"
import { withAgent } from "./terminal/agent-link.ts"
import { formatAge } from "./terminal/ages.ts"
import type { Context } from "./terminal/command.ts"
import { EXIT } from "./terminal/failure.ts"
import type { Output } from "./terminal/output.ts"

/** `status`: one look at this host's agent, what is wrong with it included. */
export async function status(context: Context): Promise<number> {
  const answer = await withAgent(context, (link) => link.request("status", {}))
  if (context.output.isJson) context.output.json(answer)
  else show(answer, context.output)
  return EXIT.ok
}

function show(answer: Status, output: Output): void {
  const { members, raft, warnings } = answer
  const head = `cluster ${answer.cluster}, up ${formatAge(answer.uptimeMs)}, agent ${answer.version}`
  output.line(`${output.paint(answer.name, "bold")}  ${head}`)
  const counts = `${members.alive} alive, ${members.suspect} suspect, ${members.dead} dead, ${members.left} left`
  const rows: [string, string][] = [
    ["  ready", answer.ready ? "yes" : "no"],
    ["  address", answer.addr],
    ["  members", counts],
    ["  profile", answer.profile],
    ["  encrypted", answer.encrypted ? "yes" : "no"],
    ["  local health", `${answer.localHealth} of 8 (0 is best)`],
  ]
  if (raft !== null) {
    rows.push(["  raft", `${raft.role}, leader ${raft.leader ?? "none"}, term ${raft.term}`])
    rows.push(["  voters", `${raft.votersUp} of ${raft.voters} up, can lose ${raft.canLose}`])
    const { sessions, grants } = answer
    const [ofSession, ofGrant] = [sessions === 1 ? "session" : "sessions", grants === 1 ? "grant" : "grants"]
    rows.push(["  here", `${sessions} ${ofSession}, ${grants} ${ofGrant}`])
  } else rows.push(["  raft", "in no group yet (conclave help raft bootstrap)"])
  rows.push(["  id", answer.id])
  const width = Math.max(...rows.map(([key]) => key.length))
  for (const [key, value] of rows) output.line(`${key.padEnd(width)}  ${value}`)
  for (const { code, message, hint } of warnings) {
    output.line(`  ${output.paint("!", "yellow")} ${message} (${code})`)
    output.line(`    Next: ${hint}`)
  }
}
