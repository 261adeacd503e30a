import type { Ops } from "@conclave/sdk"
import { closest } from "../config/closest.ts"
import { formatDuration } from "../config/duration.ts"
import { AGREED_MS, withAgent } from "./terminal/agent-link.ts"
import { graceOf, nextHelp } from "./terminal/arguments.ts"
import type { Context, Given } from "./terminal/command.ts"
import { EXIT, usageError } from "./terminal/failure.ts"

const KINDS = ["lock", "election", "semaphore", "group", "work", "session"]
const GRACE_MS = 10_000
/** Beyond the grace the agent waits for the cluster's own clock to have come so far. */
const LATE_MS = 6000

/** `revoke KIND NAME`: resolves when nothing of what was asked to finish is held any more. */
export async function revoke(context: Context): Promise<number> {
  const { given, output } = context
  const input = inputOf(given)
  const { kind, name, graceMs } = input
  if (graceMs > 0) output.note(`conclave: whoever holds it has up to ${formatDuration(graceMs)} to finish`)
  const answer = await withAgent(context, (link) => link.request("revoke", input), {
    door: "admin",
    defaultMs: AGREED_MS + graceMs + LATE_MS,
  })
  if (output.isJson) output.json(answer)
  else output.line(sentence(kind, name, answer.revoked))
  return EXIT.ok
}

function sentence(kind: string, name: string, tokens: readonly bigint[]): string {
  const list = tokens.length === 0 ? "" : `: ${tokens.length === 1 ? "token" : "tokens"} ${tokens.join(", ")}`
  if (kind === "session") return `session ${name} has ended${list}`
  return tokens.length === 0 ? `nobody held ${kind} ${name}` : `${kind} ${name} is taken back${list}`
}

function inputOf(given: Given): Ops["revoke"]["in"] {
  const [kind = "", name = ""] = given.args
  if (!KINDS.includes(kind)) {
    const meant = closest(kind, KINDS)
    const guess = meant === undefined ? `there are ${KINDS.join(", ")}` : `did you mean ${meant}?`
    throw usageError(`${JSON.stringify(kind)} is no kind to revoke; ${guess}`, nextHelp(given))
  }
  const reason = given.flags.get("reason")?.[0] ?? ""
  if (reason === "") throw usageError("revoke needs --reason TEXT: the holders are told", nextHelp(given))
  const token = given.flags.get("token")?.[0]
  if (token !== undefined && kind === "session") throw usageError("a session has no --token", nextHelp(given))
  if (token !== undefined && !/^\d{1,19}$/.test(token)) {
    throw usageError(`--token takes a number, not ${JSON.stringify(token)}`, nextHelp(given))
  }
  return {
    kind,
    name,
    graceMs: graceOf(given) ?? GRACE_MS,
    reason,
    ...(token === undefined ? {} : { token: BigInt(token) }),
  }
}
