import type { Hold } from "@conclave/sdk/wire.gen"
import { closest } from "../config/closest.ts"
import { describeHold, type HoldKind, showHolds } from "./hold-table.ts"
import { watchHolds } from "./holds-watch.ts"
import { AGREED_MS, type AgentLink, withAgent } from "./terminal/agent-link.ts"
import { nextHelp } from "./terminal/arguments.ts"
import type { Context } from "./terminal/command.ts"
import { EXIT, usageError } from "./terminal/failure.ts"

/** `locks [NAME]`: who holds what and how many wait, one lock with its history, or every change. */
export async function locks(context: Context): Promise<number> {
  return await showKind(context, "lock")
}

/** `elections [NAME]`: who leads what and how many stand. */
export async function elections(context: Context): Promise<number> {
  return await showKind(context, "election")
}

/** `semaphores [NAME]`: who has how much of which. */
export async function semaphores(context: Context): Promise<number> {
  return await showKind(context, "semaphore")
}

/** `groups [NAME]`: who is a member of what. */
export async function groups(context: Context): Promise<number> {
  return await showKind(context, "group")
}

/** `work show [NAME]`: pools and their workers. */
export async function workers(context: Context): Promise<number> {
  return await showKind(context, "work")
}

async function showKind(context: Context, kind: HoldKind): Promise<number> {
  const { given, output } = context
  const [name] = given.args
  const prefix = given.flags.get("prefix")?.[0]
  if (name !== undefined && prefix !== undefined) throw usageError("NAME goes without --prefix", nextHelp(given))
  const stale = given.flags.has("stale") ? { stale: true } : {}
  if (given.flags.has("watch")) {
    if (stale.stale === true) throw usageError("--stale and --watch exclude each other", nextHelp(given))
    return await watchHolds(context, { kind, name, prefix })
  }
  if (name !== undefined) return await showOne(context, { kind, name, ...stale })
  const input = { kind, ...stale, ...(prefix === undefined ? {} : { prefix }) }
  const list = await withAgent(context, (link) => link.request("hold.list", input), { defaultMs: AGREED_MS })
  if (output.isJson) output.json(list)
  else showHolds(kind, list.items, output)
  return EXIT.ok
}

async function showOne(
  context: Context,
  input: { readonly kind: HoldKind; readonly name: string; readonly stale?: boolean },
): Promise<number> {
  const { output } = context
  return await withAgent(
    context,
    async (link) => {
      const hold = await link.request("hold.get", input)
      if (output.isJson) output.json(hold)
      else {
        describeHold(hold, output)
        if (isUnheard(hold)) await guess(link, input, output)
      }
      return EXIT.ok
    },
    { defaultMs: AGREED_MS },
  )
}

function isUnheard({ holders, waiters, history }: Hold): boolean {
  return holders.length + waiters.length + history.length === 0
}

/** A name that nobody ever used is free, and no error; it may still be a slip. */
async function guess(
  link: AgentLink,
  { name, ...rest }: { readonly kind: HoldKind; readonly name: string; readonly stale?: boolean },
  output: Context["output"],
): Promise<void> {
  const { items } = await link.request("hold.list", rest)
  const names = items.map((each) => each.name)
  // A pool is there before any worker has been.
  if (names.includes(name)) return
  const meant = closest(name, names)
  if (meant !== undefined) output.note(`conclave: did you mean ${meant}?`)
}
