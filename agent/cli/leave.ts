import { AGREED_MS, type AgentLink, withAgent } from "./terminal/agent-link.ts"
import { graceOf } from "./terminal/arguments.ts"
import type { Context } from "./terminal/command.ts"
import { EXIT } from "./terminal/failure.ts"
import { aboutMember } from "./terminal/member-name.ts"

/** After the seat has moved applications are told, sessions end, and a good-bye goes out. */
const LATE_MS = 10_000
/** What an agent waits for items of work at most, whatever their pools say. */
const DRAIN_MAX_MS = 600_000

/** `leave [NAME]`: this host departs for good, or a member that is not alive is declared departed. */
export async function leave(context: Context): Promise<number> {
  const { given, output } = context
  const name = given.args[0]
  const graceMs = graceOf(given)
  const input = {
    ...(name === undefined ? {} : { name }),
    ...(given.flags.has("prune") ? { prune: true } : {}),
    ...(given.flags.has("force") ? { force: true } : {}),
    ...(graceMs === undefined ? {} : { graceMs }),
  }
  const go = async (link: AgentLink) => {
    if (name !== undefined) return await aboutMember(link, name, () => link.request("leave", input))
    tellProgress(link, context)
    return await link.request("leave", input, graceMs ?? DRAIN_MAX_MS)
  }
  const answer = await withAgent(context, go, { door: "admin", defaultMs: AGREED_MS + LATE_MS })
  if (output.isJson) output.json(answer)
  else {
    output.line(`${answer.left} has left`)
    if (answer.seat === "kept")
      output.note("Its seat in the group stays, and counts as one that is down until another takes it")
    if (name === undefined) output.note("Its agent ends now. To come back: conclave agent --join ADDR")
  }
  return EXIT.ok
}

/** What is still to go elsewhere, as the agent's journal has it. */
function tellProgress(link: AgentLink, { output }: Context): void {
  const onLine = (line: unknown): void => {
    const { leaderships = 0, items = 0 } = line as { readonly leaderships?: number; readonly items?: number }
    const left = [counted(leaderships, "leadership"), counted(items, "item")].filter((each) => each !== "")
    const what = left.length === 0 ? "all has moved" : `${left.join(" and ")} to move`
    output.note(`conclave: ${what}`)
  }
  const query = { kind: "host.draining", follow: true, since: new Date().toISOString() }
  // What the answer comes to is the request's affair.
  link.stream("events", query, onLine).catch(() => {})
}

function counted(count: number, what: string): string {
  return count === 0 ? "" : `${count} ${what}${count === 1 ? "" : "s"}`
}
