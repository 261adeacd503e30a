import { withAgent } from "./terminal/agent-link.ts"
import { formatMs } from "./terminal/ages.ts"
import { numberOf } from "./terminal/arguments.ts"
import type { Context } from "./terminal/command.ts"
import { EXIT } from "./terminal/failure.ts"
import { aboutMember } from "./terminal/member-name.ts"

const COUNT_MAX = 100
/** Longest that one ping waits for its answer, with room. */
const EACH_MS = 3000
const BASE_MS = 5000

/** `ping NAME`: round trips as measured now, path by path. */
export async function ping(context: Context): Promise<number> {
  const { given, output } = context
  const name = given.args[0] ?? ""
  const count = numberOf(given, "count", { min: 1, max: COUNT_MAX, byDefault: 5 })
  const answer = await withAgent(
    context,
    (link) => aboutMember(link, name, () => link.request("ping", { name, count })),
    { defaultMs: BASE_MS + count * EACH_MS },
  )
  if (output.isJson) {
    output.json(answer)
    return EXIT.ok
  }
  output.table(
    ["PATH", "SENT", "RECEIVED", "MIN", "P50", "MAX"],
    answer.items.map(({ path, sent, received, rttMs }) => [
      path,
      String(sent),
      received === sent ? String(received) : { text: String(received), color: received === 0 ? "red" : "yellow" },
      ...[rttMs?.min, rttMs?.p50, rttMs?.max].map((each) => formatMs(each ?? null)),
    ]),
  )
  return EXIT.ok
}
