import { parseDuration } from "../config/duration.ts"
import { withAgent } from "./terminal/agent-link.ts"
import { formatAge } from "./terminal/ages.ts"
import { nextHelp } from "./terminal/arguments.ts"
import type { Context } from "./terminal/command.ts"
import { EXIT, usageError } from "./terminal/failure.ts"
import { follow } from "./terminal/follow.ts"
import type { Output } from "./terminal/output.ts"
import { type Color, statusColor } from "./terminal/paint.ts"

/** An event as the agent writes it. */
interface EventLine {
  readonly seq: string
  readonly time: string
  readonly kind: string
  readonly member?: string
  readonly by?: readonly string[]
  readonly suspectMs?: number
  readonly term?: string
  readonly leader?: string | null
  readonly voters?: readonly string[]
  readonly learners?: readonly string[]
  readonly name?: string
  readonly item?: string
  readonly token?: string
  readonly app?: string | null
  readonly reason?: string
  readonly revoked?: { readonly by: string; readonly reason: string }
  readonly tokens?: readonly string[]
  readonly leaderships?: number
  readonly items?: number
  readonly chain?: readonly Link[]
}

interface Link {
  readonly member: string
  readonly app: string | null
  readonly waits: { readonly kind: string; readonly name: string }
}

/** `events`: the agent's journal, to its end or on and on. */
export async function events(context: Context): Promise<number> {
  const { given, output } = context
  const kind = given.flags.get("kind")?.[0]
  let since = sinceOf(context)
  let last: EventLine | undefined
  const input = (): object => ({
    ...(since === undefined ? {} : { since }),
    ...(kind === undefined ? {} : { kind }),
    follow: given.flags.has("follow"),
  })
  const onLine = (raw: unknown): void => {
    const event = raw as EventLine
    // After a reconnect the journal is read again from the time of the last event.
    if (last !== undefined && event.time === last.time && BigInt(event.seq) <= BigInt(last.seq)) return
    last = event
    since = event.time
    if (output.isJson) output.json(event)
    else show(event, output)
  }
  if (given.flags.has("follow")) return await follow(context, { op: "events", input, onLine })
  await withAgent(context, (link) => link.stream("events", input(), onLine))
  return EXIT.ok
}

function show(event: EventLine, output: Output): void {
  const kind = event.kind.padEnd(KIND_WIDTH)
  const color = KIND_COLORS[event.kind]
  output.line(`${event.time}  ${color === undefined ? kind : output.paint(kind, color)}  ${wordsOf(event).join("  ")}`)
}

function wordsOf(event: EventLine): readonly string[] {
  if (event.kind.startsWith("raft.")) return groupWords(event)
  if (event.chain !== undefined) return event.chain.map(linkWords)
  const { member, name, item, app, by = [], suspectMs, token, reason, revoked, leaderships, items = 0 } = event
  const holder = app === undefined || app === null ? member : `${app} at ${member}`
  return [
    ...(name === undefined ? [] : [name]),
    ...(item === undefined ? [] : [`item ${item}`]),
    ...(holder === undefined ? [] : [name === undefined ? holder : `by ${holder}`]),
    ...(by.length === 0 ? [] : [`by ${by.join(", ")}`]),
    ...(suspectMs === undefined ? [] : [`after ${formatSuspicion(suspectMs)}`]),
    ...(token === undefined ? [] : [`token ${token}`]),
    ...(event.tokens === undefined ? [] : [`from ${event.tokens.length}`]),
    ...(reason === undefined || reason === revoked?.reason ? [] : [reason]),
    ...(revoked === undefined ? [] : [`asked back by ${revoked.by}: ${revoked.reason}`]),
    ...(leaderships === undefined ? [] : [`leaderships ${leaderships}`, `items ${items}`]),
  ]
}

/** Each waits for what the next one holds, the last one for what the first one holds. */
function linkWords({ member, app, waits }: Link): string {
  return `${app ?? "?"} at ${member} waits for ${waits.kind} ${waits.name}`
}

function groupWords({ leader, term, voters, learners = [] }: EventLine): readonly string[] {
  const who = leader === null ? "nobody leads" : `${leader} leads`
  return [
    `${who} in term ${term}`,
    ...(voters === undefined ? [] : [`voters ${voters.join(", ")}`]),
    ...(learners.length === 0 ? [] : [`learners ${learners.join(", ")}`]),
  ]
}

const KIND_WIDTH = "election.released".length
const KIND_COLORS: Readonly<Record<string, Color>> = {
  "member.suspect": statusColor("suspect"),
  "member.dead": statusColor("dead"),
  "member.conflict": "red",
  "raft.no-leader": "red",
  deadlock: "red",
  "session.lost": "yellow",
  "lock.lost": "red",
  "election.lost": "red",
}

function formatSuspicion(ms: number): string {
  return ms < 10_000 ? `${(ms / 1000).toFixed(2)} s suspected` : `${formatAge(ms)} suspected`
}

/** A duration counts back from now; a time and a sequence number are the agent's to read. */
function sinceOf({ given }: Context): string | undefined {
  const text = given.flags.get("since")?.[0]
  if (text === undefined || /^\d+$/.test(text)) return text
  const ms = parseDuration(text)
  if (ms !== undefined) return new Date(Date.now() - ms).toISOString()
  if (/^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text))) return new Date(text).toISOString()
  throw usageError(
    `--since takes 1h, a time (RFC 3339) or a sequence number, not ${JSON.stringify(text)}`,
    nextHelp(given),
  )
}
