import type { Accusation, Member } from "@conclave/swim"
import { byName, memberJson, timeText } from "./member-json.ts"
import { invalid, type Problem, problem } from "./problem.ts"
import type { OpInput, OpOutput } from "./schema.ts"
import type { AgentView } from "./view.ts"

const STATES = new Set(["alive", "suspect", "dead", "left"])

export function listMembers(view: AgentView, input: OpInput<"members.list">): OpOutput<"members.list"> | Problem {
  const states = input.status === undefined ? undefined : texts(input.status).flatMap((text) => text.split(","))
  const wrong = states?.find((state) => !STATES.has(state))
  if (wrong !== undefined) return invalid("status", `"${wrong}" is no status; there are alive, suspect, dead and left`)
  const tags: [string, string][] = []
  for (const tag of input.tag === undefined ? [] : texts(input.tag)) {
    const equals = tag.indexOf("=")
    if (equals < 1) return invalid("tag", `"${tag}" is not of the form key=value`)
    tags.push([tag.slice(0, equals), tag.slice(equals + 1)])
  }
  const fits = (member: Member): boolean =>
    (states === undefined || states.includes(member.state)) &&
    tags.every(([key, value]) => Object.hasOwn(member.record.tags, key) && member.record.tags[key] === value)
  const items = view
    .members()
    .filter(fits)
    .map((member) => memberJson(view, member))
  return { version: String(view.viewVersion()), items: items.sort(byName) }
}

export function getMember(view: AgentView, input: OpInput<"members.get">): OpOutput<"members.get"> | Problem {
  const member = view.byName(input.name)
  if (member === undefined) return noMember(input.name)
  const accusations = view.accusations(member.id).map((accusation) => accusationJson(view, accusation))
  return { ...memberJson(view, member), accusations }
}

export function noMember(name: string): Problem {
  return problem("NOT_FOUND", `there is no member ${name}`, { hint: "conclave members", details: { name } })
}

function accusationJson(
  view: AgentView,
  { atMs, accuser }: Accusation,
): OpOutput<"members.get">["accusations"][number] {
  return {
    time: timeText(view.wallOf(atMs)),
    by: nameOf(view, accuser.id),
    path: accuser.path,
    rttMs: accuser.rttMs === 0 ? null : accuser.rttMs,
    accuserHealth: accuser.health,
  }
}

/** The name of a member, or its id when it is not known (any more). */
export function nameOf(view: Pick<AgentView, "memberById">, id: Accusation["subject"]): string {
  return view.memberById(id)?.record.name ?? id
}

function texts(value: string | readonly string[]): readonly string[] {
  return typeof value === "string" ? [value] : value
}
