import { ConclaveError } from "@conclave/sdk"
import { AgentLink } from "./agent-link.ts"
import type { Context } from "./command.ts"
import { Failure } from "./failure.ts"

const RETRY_MIN_MS = 50
const RETRY_MAX_MS = 1000

/**
 * Prints a stream that has no end until a signal ends this process. The first connection must succeed; when the agent
 * or the quorum goes later, it is waited for.
 */
export async function follow(
  context: Context,
  stream: {
    readonly op: "events" | "watch"
    /** Asked anew for each connection, so that it can go on where the last one ended. */
    readonly input: () => object
    readonly onLine: (line: unknown) => void
  },
): Promise<never> {
  let link = await AgentLink.open(context)
  let hasBegun = false
  const onLine = (line: unknown): void => {
    hasBegun = true
    stream.onLine(line)
  }
  for (;;) {
    let what = "the agent went away"
    try {
      await link.stream(stream.op, stream.input(), onLine)
    } catch (error) {
      if (hasBegun && ConclaveError.is(error, "NO_QUORUM")) {
        what = "there is no quorum"
        await new Promise((resolve) => setTimeout(resolve, RETRY_MAX_MS))
      } else if (!isAway(error)) throw error
    } finally {
      link.close()
    }
    context.output.note(`conclave: ${what}; waiting for it …`)
    link = await openAgain(context)
    context.output.note(`conclave: ${link.agent.name} answers again`)
  }
}

async function openAgain(context: Context): Promise<AgentLink> {
  for (let waitMs = RETRY_MIN_MS; ; waitMs = Math.min(RETRY_MAX_MS, waitMs * 2)) {
    try {
      return await AgentLink.open(context)
    } catch (error) {
      if (!isAway(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, waitMs))
    }
  }
}

function isAway(error: unknown): boolean {
  if (error instanceof Failure) return error.code === "AGENT_UNAVAILABLE"
  return ConclaveError.is(error, "AGENT_UNAVAILABLE")
}
