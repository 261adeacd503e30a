import type { Member, Ops } from "@conclave/sdk"
import { closest } from "../config/closest.ts"
import { watchMembers } from "./members-watch.ts"
import { type AgentLink, withAgent } from "./terminal/agent-link.ts"
import { ageOf, formatMs } from "./terminal/ages.ts"
import { type Given, nextHelp } from "./terminal/arguments.ts"
import type { Cell } from "./terminal/columns.ts"
import type { Context } from "./terminal/command.ts"
import { EXIT, usageError } from "./terminal/failure.ts"
import { aboutMember } from "./terminal/member-name.ts"
import type { Output } from "./terminal/output.ts"
import { statusColor } from "./terminal/paint.ts"

const STATUSES = ["alive", "suspect", "dead", "left"]

/** What of the members is asked for. */
export interface MemberFilter {
  readonly name: string | undefined
  readonly status: readonly string[] | undefined
  readonly tags: readonly (readonly [string, string])[]
}

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

function statusCell(member: Member): Cell {
  const marks = [member.restartingUntil === null ? undefined : "restarting", ...member.health]
  const marked = marks.filter((mark) => mark !== undefined)
  const text = marked.length === 0 ? member.status : `${member.status} (${marked.join(", ")})`
  return { text, color: statusColor(member.status) }
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

function filterOf(given: Given): MemberFilter {
  const status = given.flags.get("status")?.flatMap((text) => text.split(","))
  const wrong = status?.find((each) => !STATUSES.includes(each))
  if (wrong !== undefined) {
    const meant = closest(wrong, STATUSES)
    const guess = meant === undefined ? `there are ${STATUSES.join(", ")}` : `did you mean ${meant}?`
    throw usageError(`${JSON.stringify(wrong)} is no status; ${guess}`, nextHelp(given))
  }
  const tags = (given.flags.get("tag") ?? []).map((text): [string, string] => {
    const equals = text.indexOf("=")
    if (equals < 1) throw usageError(`--tag takes key=value, not ${JSON.stringify(text)}`, nextHelp(given))
    return [text.slice(0, equals), text.slice(equals + 1)]
  })
  return { name: given.args[0], status, tags }
}

function query({ status, tags }: MemberFilter): Ops["members.list"]["in"] {
  const tag = tags.map(([key, value]) => `${key}=${value}`)
  return { ...(status === undefined ? {} : { status }), ...(tag.length === 0 ? {} : { tag }) }
}
