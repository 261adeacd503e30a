import { HEALTH_BITS, type Member } from "@conclave/swim"
import type { MemberJson } from "./objects.ts"
import type { AgentView } from "./view.ts"

/** RFC 3339 in UTC with milliseconds. */
export function timeText(unixMs: number): string {
  return new Date(unixMs).toISOString()
}

/** A member as every door shows it. */
export function memberJson(view: AgentView, member: Member): MemberJson {
  const { record, state } = member
  const rttMs = view.rttMs(member.id)
  return {
    name: record.name,
    id: member.id,
    addr: record.addr,
    status: state,
    since: timeText(view.wallOf(member.sinceMs)),
    restartingUntil: member.restartingUntilMs === undefined ? null : timeText(view.wallOf(member.restartingUntilMs)),
    self: member.id === view.id,
    generation: String(record.generation),
    incarnation: String(record.incarnation),
    raft: record.seat?.role ?? "none",
    rttMs: rttMs === undefined ? null : Math.round(rttMs * 1000) / 1000,
    zone: record.zone === "" ? null : record.zone,
    tags: record.tags,
    version: record.version,
    protocol: [record.protocolMin, record.protocolMax],
    health: healthNames(record.health),
  }
}

function healthNames(bits: number): MemberJson["health"] {
  const names: MemberJson["health"] = []
  for (const name of ["cpu", "disk", "loop", "socket"] as const) if ((bits & HEALTH_BITS[name]) !== 0) names.push(name)
  return names
}

/**
 * Lists are sorted by the bytes of the name; names are ASCII. Of two that share one, a dead and its successor, by id.
 */
export function byName(a: Pick<MemberJson, "name" | "id">, b: Pick<MemberJson, "name" | "id">): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}
