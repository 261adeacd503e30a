import { holdCommand } from "./hold/hold-command.ts"
import { holdOptionsOf, noted } from "./hold/hold-options.ts"
import { nextHelp } from "./terminal/arguments.ts"
import type { Context, Given } from "./terminal/command.ts"
import { usageError } from "./terminal/failure.ts"
import { jsonValueOf } from "./terminal/json-value.ts"

const PRIORITY_MAX = 1_000_000

/** `elect NAME [-- CMD…]`: stands for election, and leads. */
export async function elect(context: Context): Promise<number> {
  const { given } = context
  const name = given.args[0] ?? ""
  const options = holdOptionsOf(given)
  const value = jsonValueOf(given)
  const priority = priorityOf(given)
  const request = {
    kind: "election",
    name,
    ...(value === undefined ? {} : { value }),
    ...(priority === undefined ? {} : { priority }),
    ...noted(options),
  } as const
  return await holdCommand(context, { name, request, options })
}

function priorityOf(given: Given): number | undefined {
  const text = given.flags.get("priority")?.[0]
  if (text === undefined) return undefined
  const value = /^-?\d{1,7}$/.test(text) ? Number(text) : Number.NaN
  if (Math.abs(value) <= PRIORITY_MAX) return value
  throw usageError(
    `--priority takes a whole number from -${PRIORITY_MAX} to ${PRIORITY_MAX}, not ${JSON.stringify(text)}`,
    nextHelp(given),
  )
}
