import { withAgent } from "./terminal/agent-link.ts"
import type { Context } from "./terminal/command.ts"
import { EXIT } from "./terminal/failure.ts"

/** An address that does not answer is asked over TCP, too, and names are looked up. */
const JOIN_MS = 30_000

/** `join ADDR…`: who answered and who did not. */
export async function join(context: Context): Promise<number> {
  const { given, output } = context
  const work = { door: "admin", defaultMs: JOIN_MS } as const
  const answer = await withAgent(context, (link) => link.request("join", { addrs: [...given.args] }), work)
  const { joined, failed } = answer
  if (output.isJson) output.json(answer)
  else {
    const at = joined.length === 0 ? "nobody" : joined.join(", ")
    output.line(`joined ${at}: ${given.args.length - failed.length} of ${given.args.length} addresses answered`)
    for (const { addr, message } of failed) process.stderr.write(`  ${addr}: ${message}\n`)
    if (failed.length > 0) process.stderr.write("Next: conclave members, and look at the addresses above\n")
  }
  return failed.length === 0 ? EXIT.ok : EXIT.partly
}
