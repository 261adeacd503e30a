import { holdCommand } from "./hold/hold-command.ts"
import { holdOptionsOf, noted } from "./hold/hold-options.ts"
import type { Context } from "./terminal/command.ts"
import { jsonValueOf } from "./terminal/json-value.ts"

/** `group NAME [-- CMD…]`: a member of a group, until a signal or while a command runs. */
export async function group(context: Context): Promise<number> {
  const { given } = context
  const name = given.args[0] ?? ""
  const options = holdOptionsOf(given)
  const value = jsonValueOf(given)
  const id = given.flags.get("id")?.[0]
  const request = {
    kind: "group",
    name,
    ...(id === undefined ? {} : { id }),
    ...(value === undefined ? {} : { value }),
    ...noted(options),
  } as const
  return await holdCommand(context, { name, request, options })
}
