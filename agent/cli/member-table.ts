import type { Member } from "@conclave/sdk"
import { ageOf, formatMs } from "./terminal/ages.ts"
import type { Cell } from "./terminal/columns.ts"
import type { Output } from "./terminal/output.ts"
import { statusColor } from "./terminal/paint.ts"

export function showTable(items: readonly Member[], output: Output): void {
  const nowMs = Date.now()
  const header = ["NAME", "ADDRESS", "STATUS", "SINCE", "RTT", "ZONE", "VERSION", "TAGS"]
  const rows = items.map((member): Cell[] => [
    member.name,
    member.addr,
    statusCell(member),
    ageOf(member.since, nowMs),
    formatMs(member.rttMs),
    member.zone ?? "",
    member.version,
    Object.entries(member.tags)
      .map(([key, value]) => `${key}=${value}`)
      .join(","),
  ])
  output.table(header, rows)
}

export function statusCell(member: Member): Cell {
  const marks = [member.restartingUntil === null ? undefined : "restarting", ...member.health]
  const marked = marks.filter((mark) => mark !== undefined)
  const text = marked.length === 0 ? member.status : `${member.status} (${marked.join(", ")})`
  return { text, color: statusColor(member.status) }
}
