import type { Member } from "@conclave/sdk"
import { ageText, rttText } from "./age.ts"
import type { Color } from "./color.ts"
import type { Cell, Row } from "./table.ts"

export const MEMBER_COLUMNS: readonly string[] = [
  "NAME",
  "STATUS",
  "ADDRESS",
  "SINCE",
  "RTT",
  "HEALTH",
  "ZONE",
  "VERSION",
]
/** With `--verbose`. */
const MORE_COLUMNS: readonly string[] = ["GENERATION", "INCARNATION", "ID"]

const COLORS: Readonly<Record<string, Color>> = { alive: "green", suspect: "yellow", dead: "red", left: "grey" }

/** Which columns there are; tags come last, as they may hold blanks. */
export function memberColumns(isVerbose: boolean): readonly string[] {
  return [...MEMBER_COLUMNS, ...(isVerbose ? MORE_COLUMNS : []), "TAGS"]
}

/** One row; `nowMs` in Unix time gives the age. */
export function memberRow(member: Member, nowMs: number, isVerbose: boolean): Row {
  const { name, addr, since, rttMs, health, zone, version } = member
  const more = [String(member.generation), String(member.incarnation), member.id]
  return [
    member.self ? { text: name, color: "bold" } : name,
    statusCell(member),
    addr,
    ageText(nowMs - Date.parse(since)),
    rttText(rttMs),
    health.length === 0 ? "ok" : health.join(","),
    zone ?? "",
    version,
    ...(isVerbose ? more : []),
    tagsText(member.tags),
  ]
}

export function statusCell(member: Pick<Member, "status" | "restartingUntil">): Cell {
  const { status, restartingUntil } = member
  const color = COLORS[status] ?? "red"
  return { text: restartingUntil === null ? status : `${status},restarting`, color }
}

export function tagsText(tags: Member["tags"]): string {
  return Object.entries(tags)
    .map(([key, value]) => `${key}=${value}`)
    .join(",")
}
