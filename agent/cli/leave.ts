import { AGREED_MS, withAgent } from "./terminal/agent-link.ts"
import type { Context } from "./terminal/command.ts"
import { EXIT } from "./terminal/failure.ts"
import { aboutMember } from "./terminal/member-name.ts"

/** After the seat has moved applications are told, sessions end, and a good-bye goes out. */
const LATE_MS = 10_000

/** `leave [NAME]`: this host departs for good, or a member that is not alive is declared departed. */
export async function leave(context: Context): Promise<number> {
  const { given, output } = context
  const name = given.args[0]
  const input = {
    ...(name === undefined ? {} : { name }),
    ...(given.flags.has("prune") ? { prune: true } : {}),
    ...(given.flags.has("force") ? { force: true } : {}),
  }
  const answer = await withAgent(context, (link) => aboutMember(link, name ?? "", () => link.request("leave", input)), {
    door: "admin",
    defaultMs: AGREED_MS + LATE_MS,
  })
  if (output.isJson) output.json(answer)
  else {
    output.line(`${answer.left} has left`)
    if (answer.seat === "kept")
      output.note("Its seat in the group stays, and counts as one that is down until another takes it")
    if (name === undefined) output.note("Its agent ends now. To come back: conclave agent --join ADDR")
  }
  return EXIT.ok
}
