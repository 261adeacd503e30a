import { ConclaveError } from "@conclave/sdk"
import type { Session } from "@conclave/sdk/wire.gen"
import { closest } from "../config/closest.ts"
import { AGREED_MS, type AgentLink, withAgent } from "./terminal/agent-link.ts"
import { formatAge } from "./terminal/ages.ts"
import type { Context } from "./terminal/command.ts"
import { EXIT, Failure } from "./terminal/failure.ts"
import type { Output } from "./terminal/output.ts"

const ID = /^[a-z2-7]{26}$/

/** `sessions [ID]`: whose they are and what they have; one with the names of all that it holds. */
export async function sessions(context: Context): Promise<number> {
  const { given, output } = context
  const [id] = given.args
  const stale = given.flags.has("stale") ? { stale: true } : {}
  return await withAgent(
    context,
    async (link) => {
      if (id === undefined) {
        const list = await link.request("sessions.list", stale)
        if (output.isJson) output.json(list)
        else showTable(list.items, output)
        return EXIT.ok
      }
      const session = await getSession(link, id, stale)
      if (output.isJson) output.json(session)
      else describe(session, output)
      return EXIT.ok
    },
    { defaultMs: AGREED_MS },
  )
}

async function getSession(
  link: AgentLink,
  id: string,
  stale: { readonly stale?: boolean },
): Promise<Session & { readonly rev: bigint }> {
  try {
    if (ID.test(id)) return await link.request("sessions.get", { id, ...stale })
  } catch (error) {
    if (!ConclaveError.is(error, "NOT_FOUND")) throw error
  }
  const { items } = await link.request("sessions.list", stale)
  const ids = items.map((each) => each.id)
  // The beginning of one is enough to be understood.
  const meant = ids.find((each) => each.startsWith(id)) ?? closest(id, ids)
  const guess = meant === undefined ? "" : `; did you mean ${meant}?`
  const why = `There ${ids.length === 1 ? "is 1 session" : `are ${ids.length} sessions`}, none with that id.`
  throw new Failure("NOT_FOUND", `there is no session ${id}${guess}`, {
    why,
    next: "conclave sessions",
    details: { id },
  })
}

function showTable(items: readonly Session[], output: Output): void {
  output.table(
    ["ID", "MEMBER", "APP", "PID", "STATE", "TTL", "REMAINING", "GRANTS", "WAITS"],
    items.map(({ id, member, app, pid, state, ttlMs, remainingMs, grants, waits }) => [
      ...[id, member, app ?? "", pid === null ? "" : String(pid)],
      state === "attached" ? state : { text: state, color: "yellow" },
      ...[formatAge(ttlMs), formatAge(remainingMs), String(grants.length), String(waits.length)],
    ]),
  )
}

function describe(session: Session, output: Output): void {
  const { id, member, app, pid, state, ttlMs, remainingMs, grants, waits } = session
  const rows: readonly (readonly [string, string])[] = [
    ["member", member],
    ["application", app ?? "-"],
    ["pid", pid === null ? "-" : String(pid)],
    ["state", state],
    ["ends", `in ${formatAge(remainingMs)}, unless renewed (ttl ${formatAge(ttlMs)})`],
  ]
  output.line(output.paint(id, "bold"))
  for (const [key, value] of rows) output.line(`  ${key.padEnd(11)}  ${value}`)
  if (grants.length + waits.length === 0) return
  output.line("")
  output.table(
    ["KIND", "NAME", "TOKEN"],
    [
      ...grants.map(({ kind, name, token }) => [kind, name, String(token)]),
      ...waits.map(({ kind, name }) => [kind, name, "waits"]),
    ],
  )
}
