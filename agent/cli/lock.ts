import { holdCommand } from "./hold/hold-command.ts"
import { holdOptionsOf, noted, spanOf } from "./hold/hold-options.ts"
import { nextHelp } from "./terminal/arguments.ts"
import type { Context } from "./terminal/command.ts"
import { usageError } from "./terminal/failure.ts"

/** Commands seldom hand on tokens, so what a dead host's command may still do gets time to end. */
const LOCK_DELAY_MS = 5000
const LOCK_DELAY_MAX_MS = 60_000

/** `lock NAME[,NAME…] [-- CMD…]`: one or several locks, all at once. */
export async function lock(context: Context): Promise<number> {
  const { given } = context
  const name = given.args[0] ?? ""
  const [first = "", ...others] = new Set(name.split(","))
  if (first === "" || others.includes(""))
    throw usageError(`${JSON.stringify(name)} has an empty name`, nextHelp(given))
  const options = holdOptionsOf(given)
  const lockDelayMs = spanOf(given, "lock-delay", 0, LOCK_DELAY_MAX_MS) ?? LOCK_DELAY_MS
  const request = {
    kind: "lock",
    name: first,
    lockDelayMs,
    mode: given.flags.has("shared") ? "shared" : "exclusive",
    ...(others.length === 0 ? {} : { names: others }),
    ...noted(options),
  } as const
  return await holdCommand(context, { name, request, options })
}
