import type { Client, Ops } from "@conclave/sdk"
import { type Limits, withAgent } from "./agent-call.ts"
import type { Call } from "./command.ts"
import { memberColumns, memberRow } from "./member-rows.ts"
import { usageError } from "./usage.ts"

/** `members [NAME] [--status] [--tag] [--count] [--watch]`. */
export async function members(call: Call): Promise<number> {
  const { words } = call
  const [name] = words.args
  const isFiltered = words.has("--status") || words.has("--tag")
  if (words.has("--count") && words.has("--watch")) throw wrong("--count and --watch exclude each other")
  if (name !== undefined && (isFiltered || words.has("--count"))) {
    throw wrong("NAME shows one member; --status, --tag and --count are for all of them")
  }
  if (words.has("--watch")) return (await import("./members-watch.ts")).watchMembers(call)
  return await withAgent(call, "application", (client, limits) =>
    name === undefined ? list(call, client, limits) : one(call, { client, limits, name }),
  )
}

async function list(call: Call, client: Client, limits: Limits): Promise<number> {
  const { words, out } = call
  const input: Ops["members.list"]["in"] = {
    ...(words.has("--status") ? { status: words.texts("--status") } : {}),
    ...(words.has("--tag") ? { tag: words.texts("--tag") } : {}),
  }
  const found = await client.request("members.list", input, limits)
  if (words.has("--count")) {
    const count = found.items.length
    out.result({ count }, () => out.text(`${count}\n`))
    return 0
  }
  const nowMs = Date.now()
  const rows = (): void =>
    out.table(
      memberColumns(out.isVerbose),
      found.items.map((member) => memberRow(member, nowMs, out.isVerbose)),
    )
  out.result(found, rows)
  return 0
}

async function one(
  call: Call,
  { client, limits, name }: { readonly client: Client; readonly limits: Limits; readonly name: string },
): Promise<number> {
  const found = await client.request("members.get", { name }, limits)
  const { memberText } = await import("./member-text.ts")
  const { out } = call
  out.result(found, () => out.text(memberText(found, Date.now(), out.hasColor)))
  return 0
}

function wrong(message: string): Error {
  return usageError(message, "conclave help members")
}
