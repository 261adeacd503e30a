/** A line of `conclave dev --json`. */
export type DevEvent = Readonly<Record<string, unknown>>

export interface DevAgent {
  readonly name: string
  readonly pid: number
  readonly addr: string
  readonly socket: string
  readonly adminSocket: string
}

/** What each event must carry, beside `event` and `atMs`. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  boot: ["agents", "voters", "bootMs"],
  fault: ["fault", "agent", "pid"],
  suspect: ["agent", "by", "afterMs"],
  dead: ["agent", "scope", "afterMs"],
  leader: ["agent", "term", "afterMs"],
  granted: ["name", "agent", "app", "token", "afterMs"],
  reassigned: ["name", "app", "items", "afterMs"],
  write: ["afterMs"],
  alive: ["agent", "afterMs"],
  summary: ["script", "ok", "seed", "items"],
}
const AGENT_KEYS = ["name", "pid", "addr", "socket", "adminSocket"]
const ITEM_KEYS = ["check", "value", "budget", "ok"]
const SCOPES = new Set(["first", "everywhere"])
const FAULTS = new Set([
  ...["kill-app", "stop-app", "continue-app", "drain-app"],
  ...["kill-agent", "stop", "continue", "cut", "heal", "restart"],
])

/** What is wrong with the lines of one run, in words. */
export function problemsOf(events: readonly DevEvent[]): readonly string[] {
  const order: string[] = []
  if (events[0]?.["event"] !== "boot") order.push("the first event is not boot")
  if (events.at(-1)?.["event"] !== "summary") order.push("the last event is not summary")
  let lastMs = 0
  for (const { atMs } of events) {
    if (typeof atMs !== "number" || atMs < lastMs) order.push(`atMs ${atMs} comes after ${lastMs}`)
    else lastMs = atMs
  }
  return [...order, ...events.flatMap(problemsOfOne)]
}

function problemsOfOne(event: DevEvent): readonly string[] {
  const name = String(event["event"])
  const keys = KEYS[name]
  if (keys === undefined) return [`there is no event ${name}`]
  const wrong = lacks(event, keys)
  for (const agent of listOf(event["agents"])) wrong.push(...lacks(agent, AGENT_KEYS))
  for (const item of listOf(event["items"])) wrong.push(...lacks(item, ITEM_KEYS))
  if (name === "dead" && !SCOPES.has(String(event["scope"]))) wrong.push(`scope ${event["scope"]}`)
  if (name === "fault" && !FAULTS.has(String(event["fault"]))) wrong.push(`fault ${event["fault"]}`)
  for (const key of ["atMs", "afterMs"])
    if (event[key] !== undefined && !(Number(event[key]) >= 0)) wrong.push(`${key} ${event[key]}`)
  return wrong.map((each) => `${name}: ${each}`)
}

function lacks(value: DevEvent, keys: readonly string[]): string[] {
  return keys.filter((key) => value[key] === undefined).map((key) => `no ${key}`)
}

function listOf(value: unknown): readonly DevEvent[] {
  return Array.isArray(value) ? value : []
}
