import { type Client, ConclaveError, connect, type Member, type Status } from "@conclave/sdk"
import { pathOf } from "./terminal/agent-link.ts"
import { nextHelp, timeoutMsOf } from "./terminal/arguments.ts"
import type { Context, Given } from "./terminal/command.ts"
import { EXIT, usageError } from "./terminal/failure.ts"

const WAIT_MS = 30_000
const POLL_MS = 50

interface Condition {
  readonly text: string
  readonly holds: (seen: Seen) => boolean
}

export interface Seen {
  readonly status: Status
  readonly members: readonly Member[]
}

/** `wait --for COND…`: until all hold at the same moment; the agent itself may still be starting. */
export async function wait(context: Context): Promise<number> {
  const { given, output } = context
  const conditions = conditionsOf(given)
  const sinceMs = performance.now()
  const deadlineMs = sinceMs + timeoutMsOf(given, WAIT_MS)
  const { held, problem } = await poll(context, conditions, deadlineMs)
  const ok = held.every((each) => each)
  const waitedMs = Math.round(performance.now() - sinceMs)
  const items = conditions.map(({ text }, index) => ({ condition: text, ok: held[index] ?? false }))
  if (output.isJson) output.json({ ok, waitedMs, items })
  else for (const item of items) output.line(`${item.condition}  ${item.ok ? "ok" : "not yet"}`)
  if (ok) return EXIT.ok
  output.note(`conclave: gave up after ${waitedMs} ms${problem === undefined ? "" : `: ${problem}`}`)
  output.note("Next: conclave status")
  return EXIT.timeout
}

async function poll(
  context: Context,
  conditions: readonly Condition[],
  deadlineMs: number,
): Promise<{ readonly held: readonly boolean[]; readonly problem?: string }> {
  const nothing = conditions.map(() => false)
  const left = (): number => Math.max(1, deadlineMs - performance.now())
  let client: Client
  try {
    client = await connect({ socket: pathOf(context, "application"), name: "conclave", waitMs: left() })
  } catch (error) {
    return { held: nothing, problem: awayOrThrow(error) }
  }
  let held: readonly boolean[] = nothing
  let problem: string | undefined
  let hasSeen = false
  try {
    while (performance.now() < deadlineMs) {
      try {
        const seen = await look(client, left())
        held = conditions.map((each) => each.holds(seen))
        problem = undefined
        hasSeen = true
      } catch (error) {
        const away = awayOrThrow(error)
        // A look that the end of the waiting cut short says nothing about what the one before has seen.
        if (ConclaveError.is(error, "TIMEOUT") && hasSeen) break
        held = nothing
        problem = away
      }
      if (held.every((each) => each)) break
      await new Promise((resolve) => setTimeout(resolve, Math.min(POLL_MS, left())))
    }
  } finally {
    await client.close()
  }
  return { held, ...(problem === undefined ? {} : { problem }) }
}

async function look(client: Client, timeoutMs: number): Promise<Seen> {
  const [status, members] = await Promise.all([
    client.status({ timeoutMs }),
    client.request("members.list", {}, { timeoutMs }),
  ])
  return { status, members: members.items }
}

/** An agent that is not there yet is what one waits for; anything else is said at once. */
function awayOrThrow(error: unknown): string {
  if (ConclaveError.is(error, "AGENT_UNAVAILABLE") || ConclaveError.is(error, "TIMEOUT")) return error.message
  throw error
}

function conditionsOf(given: Given): readonly Condition[] {
  const texts = [...(given.flags.get("for") ?? []).flatMap((text) => text.split(",")), ...given.args]
  if (!given.flags.has("for")) throw usageError("wait needs --for COND", nextHelp(given))
  return texts.map((text) => {
    const holds = readCondition(text)
    if (holds !== undefined) return { text, holds }
    const known = "ready, leader, members=N, member:NAME=alive|suspect|dead|left"
    throw usageError(`${JSON.stringify(text)} is no condition; there are ${known}`, nextHelp(given))
  })
}

/** undefined = not a condition. */
export function readCondition(text: string): ((seen: Seen) => boolean) | undefined {
  if (text === "ready") return ({ status }) => status.ready
  if (text === "leader") return ({ status }) => (status.raft?.leader ?? null) !== null
  const count = /^members=(\d{1,5})$/.exec(text)?.[1]
  if (count !== undefined) {
    return ({ members }) => members.filter((each) => each.status === "alive").length === Number(count)
  }
  const [, name, wanted] = /^member:([^=]+)=(alive|suspect|dead|left)$/.exec(text) ?? []
  if (name === undefined) return undefined
  return ({ members }) => members.some((each) => each.name === name && each.status === wanted)
}
