/** Fields that a line shows in another way, or that say nothing to a person who looks at one agent. */
const HIDDEN: ReadonlySet<string> = new Set(["level", "time", "pid", "event", "msg"])

/** One JSON line of the log as people read it: time, level, event, message, the other fields. */
export function prettyLine(line: string): string {
  let record: Record<string, unknown>
  try {
    record = JSON.parse(line) as Record<string, unknown>
  } catch {
    return line
  }
  const time = String(record["time"]).slice(11, 23)
  const level = String(record["level"]).toUpperCase().padEnd(5)
  const rest = Object.entries(record).filter(([key]) => !HIDDEN.has(key))
  const fields = rest.map(([key, value]) => ` ${key}=${prettyValue(value)}`).join("")
  return `${time} ${level} ${String(record["event"])}  ${String(record["msg"])}${fields}\n`
}

function prettyValue(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value) ?? "undefined"
  return /^[\w.:@/[\]-]+$/.test(value) ? value : JSON.stringify(value)
}
