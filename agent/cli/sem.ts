import { holdCommand } from "./hold/hold-command.ts"
import { countOf, holdOptionsOf, noted } from "./hold/hold-options.ts"
import { nextHelp } from "./terminal/arguments.ts"
import type { Context } from "./terminal/command.ts"
import { usageError } from "./terminal/failure.ts"

/** `sem NAME --limit N [-- CMD…]`: a permit of a semaphore. */
export async function sem(context: Context): Promise<number> {
  const { given } = context
  const name = given.args[0] ?? ""
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
