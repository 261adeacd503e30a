import type { WorkItem } from "@conclave/sdk/wire.gen"
import { spanOf } from "./hold/hold-options.ts"
import { AGREED_MS, type AgentLink, withAgent } from "./terminal/agent-link.ts"
import { nextHelp, numberOf } from "./terminal/arguments.ts"
import type { Context, Given } from "./terminal/command.ts"
import { EXIT, usageError } from "./terminal/failure.ts"
import { ifRevOf, jsonOf } from "./terminal/json-value.ts"
import { type Words, watchLines } from "./watch-lines.ts"
import { itemText, showDecisions, showItems } from "./work-table.ts"

const PARTITIONS_MAX = 50_000
const COUNT_MAX = 1_000_000
const SPREADS = ["none", "host", "zone"] as const

/** `work configure NAME`: what is not given stays as it is. */
export async function workConfigure(context: Context): Promise<number> {
  const { given, output } = context
  const [name = ""] = given.args
  const input = {
    name,
    ...only("partitions", wholeOf(given, "partitions", 0, PARTITIONS_MAX)),
    ...only("handoffTimeoutMs", spanOf(given, "handoff-timeout", 0, Number.POSITIVE_INFINITY)),
    ...only("restartGraceMs", spanOf(given, "restart-grace", 0, Number.POSITIVE_INFINITY)),
    ...only("spread", spreadOf(given)),
    ...only("maxAttempts", wholeOf(given, "max-attempts", 1, COUNT_MAX)),
    ...ifRevOf(given),
  }
  const answer = await ask(context, (link) => link.request("work.configure", input))
  if (output.isJson) output.json(answer)
  else output.line(`${name} is configured, revision ${answer.rev}`)
  return EXIT.ok
}

/** `work put NAME ITEM`: another put replaces what the item carries. */
export async function workPut(context: Context): Promise<number> {
  const { given, output } = context
  const [name = "", item = ""] = given.args
  const text = given.flags.get("payload")?.[0]
  const input = {
    name,
    item,
    ...only("weight", wholeOf(given, "weight", 1, COUNT_MAX)),
    ...only("pin", given.flags.get("pin")?.[0]),
    ...only("payload", text === undefined ? undefined : await jsonOf(text, given)),
  }
  const answer = await ask(context, (link) => link.request("work.put", input))
  if (output.isJson) output.json(answer)
  else output.line(`${item} is put, revision ${answer.rev}`)
  return EXIT.ok
}

/** `work remove NAME ITEM`: that there was none is no failure. */
export async function workRemove(context: Context): Promise<number> {
  const { given, output } = context
  const [name = "", item = ""] = given.args
  const answer = await ask(context, (link) => link.request("work.remove", { name, item }))
  if (output.isJson) output.json(answer)
  else output.line(answer.removed ? `${item} is removed` : `there was no ${item}`)
  return EXIT.ok
}

/** `work retry NAME ITEM`. */
export async function workRetry(context: Context): Promise<number> {
  const { given, output } = context
  const [name = "", item = ""] = given.args
  const answer = await ask(context, (link) => link.request("work.retry", { name, item }))
  if (output.isJson) output.json(answer)
  else output.line(`${item} rests no more before its next try, revision ${answer.rev}`)
  return EXIT.ok
}

/** `work items NAME`: which worker has what, or every change of it. */
export async function workItems(context: Context): Promise<number> {
  const { given, output } = context
  const [name = ""] = given.args
  const stale = staleOf(given)
  if (given.flags.has("watch")) {
    if (stale.stale === true) throw usageError("--stale and --watch exclude each other", nextHelp(given))
    return await watchLines(context, { kind: "items", name }, ITEM_WORDS)
  }
  const answer = await ask(context, (link) => link.request("work.items", { name, ...stale }))
  if (output.isJson) output.json(answer)
  else showItems(answer.items, output)
  return EXIT.ok
}

/** `work explain NAME ITEM`: its last steps, the newest last. */
export async function workExplain(context: Context): Promise<number> {
  const { given, output } = context
  const [name = "", item = ""] = given.args
  const answer = await ask(context, (link) => link.request("work.explain", { name, item, ...staleOf(given) }))
  if (output.isJson) output.json(answer)
  else {
    showDecisions(answer.items, output)
    if (answer.waits !== null) output.line(`now: ${answer.waits}`)
  }
  return EXIT.ok
}

export const ITEM_WORDS: Words<WorkItem> = {
  keyOf: ({ item }) => item,
  show: showItems,
  there: (item, reason) => `${itemText(item)}${why(reason)}`,
  gone: (_, reason) => `gone${why(reason)}`,
}

function why(reason: string | undefined): string {
  return reason === undefined ? "" : `: ${reason}`
}

function ask<T>(context: Context, asking: (link: AgentLink) => Promise<T>): Promise<T> {
  return withAgent(context, asking, { defaultMs: AGREED_MS })
}

function staleOf(given: Given): { readonly stale?: boolean } {
  return given.flags.has("stale") ? { stale: true } : {}
}

function wholeOf(given: Given, flag: string, min: number, max: number): number | undefined {
  return given.flags.has(flag) ? numberOf(given, flag, { min, max, byDefault: min }) : undefined
}

function spreadOf(given: Given): (typeof SPREADS)[number] | undefined {
  const text = given.flags.get("spread")?.[0]
  if (text === undefined) return undefined
  const spread = SPREADS.find((each) => each === text)
  if (spread !== undefined) return spread
  throw usageError(`--spread takes ${SPREADS.join(", ")}, not ${JSON.stringify(text)}`, nextHelp(given))
}

function only<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V })
}
