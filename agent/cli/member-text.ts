import type { Ops } from "@conclave/sdk"
import { ageText, rttText } from "./age.ts"
import { statusCell, tagsText } from "./member-rows.ts"
import { columnsText, type Row, tableText } from "./table.ts"

/** One member in full, and who accused it, by which path, how healthy the accuser was. */
export function memberText(member: Ops["members.get"]["out"], nowMs: number, hasColor: boolean): string {
  const { accusations, restartingUntil, protocol } = member
  const facts: Row[] = [
    ["name", { text: member.name, color: "bold" }],
    ["id", member.id],
    ["address", member.addr],
    ["status", statusCell(member)],
    ["since", `${member.since} (${ageText(nowMs - Date.parse(member.since))})`],
    ...(restartingUntil === null ? [] : [["restarting until", restartingUntil]]),
    ["health", member.health.length === 0 ? "ok" : member.health.join(",")],
    ["rtt", rttText(member.rttMs)],
    ["zone", member.zone ?? ""],
    ["tags", tagsText(member.tags)],
    ["raft", member.raft],
    ["version", `${member.version}, protocol ${protocol[0]} to ${protocol[1]}`],
    ["generation", `${member.generation}, incarnation ${member.incarnation}`],
  ]
  if (accusations.length === 0) return columnsText(facts, hasColor)
  const rows = accusations.map(
    ({ time, by, path, rttMs, accuserHealth }): Row => [time, by, path, rttText(rttMs), `${accuserHealth} of 8`],
  )
  const accused = tableText(["ACCUSED AT", "BY", "PATH", "RTT", "ACCUSER'S HEALTH"], rows, hasColor)
  return `${columnsText(facts, hasColor)}\n${accused}`
}
