import type { Json } from "@conclave/sdk"
import { nextHelp } from "./arguments.ts"
import type { Given } from "./command.ts"
import { usageError } from "./failure.ts"

/** Of a value on stdin: as much as the agent reads of one request. */
const STDIN_BYTES_MAX = 256 * 1024
/** As much of what was typed as is shown again. */
const SHOWN_CHARS_MAX = 40

/** What was typed as JSON; `-` = it is on stdin. */
export async function jsonOf(text: string, given: Given): Promise<Json> {
  return parsed(text === "-" ? await stdin(given) : text, given)
}

/** The revision of `--if-rev`. */
export function ifRevOf(given: Given): { readonly ifRev?: bigint } {
  const text = given.flags.get("if-rev")?.[0]
  if (text === undefined) return {}
  if (/^\d{1,19}$/.test(text)) return { ifRev: BigInt(text) }
  throw usageError(`--if-rev takes a revision, not ${JSON.stringify(text)}`, nextHelp(given))
}

/** On one line. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value) ?? "null"
}

/** The JSON of `--value`. */
export function jsonValueOf(given: Given): Json | undefined {
  const text = given.flags.get("value")?.[0]
  return text === undefined ? undefined : parsed(text, given)
}

function parsed(text: string, given: Given): Json {
  const value = read(text)
  if (value === undefined) throw noJson(text, given)
  if (!isSound(value)) throw usageError("a number of the value is too large for JSON", nextHelp(given))
  return value
}

function read(text: string): Json | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What is larger than any number would be sent as null. Level by level: it may be nested deep. */
function isSound(value: Json): boolean {
  let level: readonly Json[] = [value]
  while (level.length > 0) {
    if (level.some((each) => typeof each === "number" && !Number.isFinite(each))) return false
    level = level.flatMap((each) => (typeof each === "object" && each !== null ? Object.values(each) : []))
  }
  return true
}

function noJson(text: string, given: Given): Error {
  const shown = text.length > SHOWN_CHARS_MAX ? `${text.slice(0, SHOWN_CHARS_MAX)} …` : text
  const quoted = `'${JSON.stringify(text.slice(0, SHOWN_CHARS_MAX))}'`
  return usageError(`${JSON.stringify(shown)} is no JSON; a text is written ${quoted}`, nextHelp(given))
}

async function stdin(given: Given): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > STDIN_BYTES_MAX)
      throw usageError(`a value has at most 64 KiB, stdin has more than ${STDIN_BYTES_MAX} bytes`, nextHelp(given))
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString("utf8")
}
