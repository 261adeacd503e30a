import { holdCommand } from "./hold/hold-command.ts"
import { HOLD_FLAGS } from "./hold/hold-flags.ts"
import { countOf, holdOptionsOf, noted } from "./hold/hold-options.ts"
import { AGREED_MS, withAgent } from "./terminal/agent-link.ts"
import { nextHelp } from "./terminal/arguments.ts"
import type { Context } from "./terminal/command.ts"
import { EXIT, usageError } from "./terminal/failure.ts"

/** `sem NAME --resize N`: what all permits may weigh together from now on. */
async function resize(context: Context, limit: number): Promise<number> {
  const { given, output } = context
  const [name = ""] = given.args
  const other = [...given.flags.keys()].find((flag) => OF_A_PERMIT.has(flag))
  if (other !== undefined || given.command !== undefined) {
    const what = other === undefined ? "a command" : `--${other}`
    throw usageError(`--resize goes without ${what}: it takes no permit`, nextHelp(given))
  }
  const ask = { defaultMs: AGREED_MS }
  const answer = await withAgent(context, (link) => link.request("semaphore.resize", { name, limit }), ask)
  if (output.isJson) output.json(answer)
  else output.line(`semaphore ${name} has a limit of ${limit} as long as anybody is there`)
  return EXIT.ok
}

const OF_A_PERMIT: ReadonlySet<string> = new Set(["limit", "weight", ...HOLD_FLAGS.map(({ name }) => name)])

/** `sem NAME --limit N [-- CMD…]`: a permit of a semaphore. */
export async function sem(context: Context): Promise<number> {
  const { given } = context
  const name = given.args[0] ?? ""
  const resized = countOf(given, "resize")
  if (resized !== undefined) return await resize(context, resized)
  const options = holdOptionsOf(given)
  const limit = countOf(given, "limit")
  const weight = countOf(given, "weight")
  if (limit === undefined) throw usageError("sem needs --limit N: how much may be held at once", nextHelp(given))
  if ((weight ?? 1) > limit) {
    throw usageError(`--weight ${weight} is more than --limit ${limit}, and would wait for ever`, nextHelp(given))
  }
  const request = {
    kind: "semaphore",
    name,
    limit,
    ...(weight === undefined ? {} : { weight }),
    ...noted(options),
  } as const
  return await holdCommand(context, { name, request, options })
}
