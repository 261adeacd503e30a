import type { Observation, Verdict } from "./observation.ts"

/** A row of the members watch, as much of it as a bench reads. */
interface Row {
  readonly name: string
  readonly status: "alive" | "suspect" | "dead" | "left"
  readonly generation: string
  readonly incarnation: string
}

/**
 * Reads one NDJSON line of `/v1/watch/members`: rows of a view are the state the observer starts
 * with, changes are news. Throws on a line of another shape: a bench must not measure silence.
 */
export function readWatchLine(text: string, observer: string, atMs: number): Observation[] {
  const line: unknown = JSON.parse(text)
  if (!isRecord(line)) throw new TypeError(`not a watch line: ${text.slice(0, 200)}`)
  switch (line["type"]) {
    case "view": {
      const fresh = line["reset"] !== true
      return listOf(line["items"]).map((item) => seen(observer, atMs, item, { gone: false, initial: fresh }))
    }
    case "change":
      return listOf(line["changes"]).map((change) => {
        const gone = isRecord(change) && change["type"] === "delete"
        return seen(observer, atMs, isRecord(change) ? change["item"] : undefined, { gone, initial: false })
      })
    case "progress":
      return []
    default:
      throw new TypeError(`not a watch line: ${text.slice(0, 200)}`)
  }
}

function seen(
  observer: string,
  atMs: number,
  item: unknown,
  how: { readonly gone: boolean; readonly initial: boolean },
): Observation {
  if (!isRow(item)) throw new TypeError(`not a member: ${JSON.stringify(item)?.slice(0, 200)}`)
  const verdict: Verdict = how.gone ? "gone" : item.status
  const inc = String(BigInt(item.generation) * 4_294_967_296n + BigInt(item.incarnation))
  return { atMs, observer, subject: item.name, verdict, initial: how.initial, inc }
}

function isRow(item: unknown): item is Row {
  if (!isRecord(item) || typeof item["name"] !== "string") return false
  if (!isNumberText(item["generation"]) || !isNumberText(item["incarnation"])) return false
  return ["alive", "suspect", "dead", "left"].includes(String(item["status"]))
}

function isNumberText(value: unknown): boolean {
  return typeof value === "string" && /^\d+$/.test(value)
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
