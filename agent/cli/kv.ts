import { showEntries } from "./kv-table.ts"
import { watchEntries } from "./kv-watch.ts"
import { AGREED_MS, type AgentLink, withAgent } from "./terminal/agent-link.ts"
import type { Context, Given } from "./terminal/command.ts"
import { EXIT } from "./terminal/failure.ts"
import { ifRevOf, jsonOf, jsonText } from "./terminal/json-value.ts"

/** `kv get KEY`: the value alone, as JSON. */
export async function kvGet(context: Context): Promise<number> {
  const { given, output } = context
  const [key = ""] = given.args
  const entry = await ask(context, (link) => link.request("kv.get", { key, ...staleOf(given) }))
  if (output.isJson) output.json(entry)
  else output.line(jsonText(entry.value))
  return EXIT.ok
}

/** `kv put KEY JSON|-`. Sent once: nobody repeats it, so that with `--if-rev` it is applied once or not at all. */
export async function kvPut(context: Context): Promise<number> {
  const { given, output } = context
  const [key = "", text = ""] = given.args
  const value = await jsonOf(text, given)
  const answer = await ask(context, (link) => link.request("kv.put", { key, value, ...ifRevOf(given) }))
  if (output.isJson) output.json(answer)
  else output.line(`${key} is of revision ${answer.rev}`)
  return EXIT.ok
}

/** `kv delete KEY`: that there was none is no failure. */
export async function kvDelete(context: Context): Promise<number> {
  const { given, output } = context
  const [key = ""] = given.args
  const answer = await ask(context, (link) => link.request("kv.delete", { key, ...ifRevOf(given) }))
  if (output.isJson) output.json(answer)
  else output.line(answer.deleted ? `${key} is deleted` : `there was no ${key}`)
  return EXIT.ok
}

/** `kv list [PREFIX]`. */
export async function kvList(context: Context): Promise<number> {
  const { given, output } = context
  const [prefix] = given.args
  const input = { ...(prefix === undefined ? {} : { prefix }), ...staleOf(given) }
  const answer = await ask(context, (link) => link.request("kv.list", input))
  if (output.isJson) output.json(answer)
  else showEntries(answer.items, output)
  return EXIT.ok
}

/** `kv watch [PREFIX]`. */
export async function kvWatch(context: Context): Promise<number> {
  const [prefix] = context.given.args
  return await watchEntries(context, prefix)
}

function ask<T>(context: Context, work: (link: AgentLink) => Promise<T>): Promise<T> {
  return withAgent(context, work, { defaultMs: AGREED_MS })
}

function staleOf(given: Given): { readonly stale?: boolean } {
  return given.flags.has("stale") ? { stale: true } : {}
}
