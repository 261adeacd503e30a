import type { Member, Ops } from "@conclave/sdk"
import { filterOf, type MemberFilter } from "./member-filter.ts"
import { showTable, statusCell } from "./member-table.ts"
import { watchMembers } from "./members-watch.ts"
import { type AgentLink, withAgent } from "./terminal/agent-link.ts"
import { ageOf, formatMs } from "./terminal/ages.ts"
import { nextHelp } from "./terminal/arguments.ts"
import type { Context } from "./terminal/command.ts"
import { EXIT, usageError } from "./terminal/failure.ts"
import { aboutMember } from "./terminal/member-name.ts"
import type { Output } from "./terminal/output.ts"
import { statusColor } from "./terminal/paint.ts"

/** `members [NAME]`: the table, one member with its accusers, the count, or every change. */
export async function members(context: Context): Promise<number> {
  const { given, output } = context
  const filter = filterOf(given)
  const isCount = given.flags.has("count")
  if (given.flags.has("watch")) {
    if (isCount) throw usageError("--count and --watch exclude each other", nextHelp(given))
    return await watchMembers(context, filter)
  }
  const { name } = filter
  if (name !== undefined && (isCount || filter.status !== undefined || filter.tags.length > 0)) {
    throw usageError("NAME goes without --status, --tag and --count", nextHelp(given))
  }
  if (name !== undefined) return await showOne(context, name)
  const list = await withAgent(context, (link) => link.request("members.list", query(filter)))
  if (isCount) {
    if (output.isJson) output.json({ count: list.items.length })
    else output.line(String(list.items.length))
  } else if (output.isJson) output.json(list)
  else showTable(list.items, output)
  return EXIT.ok
}

async function showOne(context: Context, name: string): Promise<number> {
  const { output } = context
  const member = await withAgent(context, (link) => getMember(link, name))
  if (output.isJson) {
    output.json(member)
    return EXIT.ok
  }
  const { accusations, ...plain } = member
  for (const line of describe(plain, output)) output.line(line)
  if (accusations.length === 0) return EXIT.ok
  output.line("")
  output.table(
    ["ACCUSED", "BY", "PATH", "RTT", "HEALTH OF ACCUSER"],
    accusations.map(({ time, by, path, rttMs, accuserHealth }) => [
      time,
      by,
      path,
      formatMs(rttMs),
      String(accuserHealth),
    ]),
  )
  return EXIT.ok
}

async function getMember(link: AgentLink, name: string): Promise<Ops["members.get"]["out"]> {
  return await aboutMember(link, name, () => link.request("members.get", { name }))
}

function describe(member: Member, output: Output): readonly string[] {
  const { text } = statusCell(member) as { readonly text: string }
  const tags = Object.entries(member.tags).map(([key, value]) => `${key}=${value}`)
  const rows: [string, string][] = [
    ["status", output.paint(text, statusColor(member.status))],
    ["since", `${member.since} (${ageOf(member.since, Date.now())})`],
    ["address", member.addr],
    ["id", member.id],
    ["generation", `${member.generation}, incarnation ${member.incarnation}`],
    ["round trip", member.self ? "this host" : formatMs(member.rttMs) || "-"],
    ["zone", member.zone ?? "-"],
    ["tags", tags.join(" ") || "-"],
    ["version", `${member.version}, protocol ${member.protocol.join(" to ")}`],
    ["raft", member.raft],
  ]
  if (member.restartingUntil !== null) rows.push(["restarting", `until ${member.restartingUntil}`])
  return [output.paint(member.name, "bold"), ...rows.map(([key, value]) => `  ${key.padEnd(10)}  ${value}`)]
}

function query({ status, tags }: MemberFilter): Ops["members.list"]["in"] {
  const tag = tags.map(([key, value]) => `${key}=${value}`)
  return { ...(status === undefined ? {} : { status }), ...(tag.length === 0 ? {} : { tag }) }
}
