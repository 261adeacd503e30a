import type { z } from "zod"

/** Text of a value that is echoed. */
const SHOWN_CHARS_MAX = 60

const EXPECTED: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  int: "a whole number",
  number: "a number",
  object: "an object",
  record: "a map",
  string: "text",
}

/** What a schema says of a value that it does not take: what was expected, and what came. */
export function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return `must be ${EXPECTED[issue.expected] ?? issue.expected}, ${whatCame(issue.input)}`
    case "invalid_value":
      return `must be ${oneOf(issue.values)}, ${whatCame(issue.input)}`
    case "too_big":
      return limit("at most", issue.origin, Number(issue.maximum), issue.input)
    case "too_small":
      return limit("at least", issue.origin, Number(issue.minimum), issue.input)
    case "invalid_union":
      return `takes no such value, ${whatCame(issue.input)}`
    case "invalid_key":
      return issue.issues[0]?.message
    default:
      return undefined
  }
}

/** The same of a name: at most so many letters and digits, and these marks among them. */
export function wrongName(input: unknown, charactersMax: number, marks: string): string {
  const isTooLong = typeof input === "string" && input.length > charactersMax
  const came = isTooLong ? counted(input) : whatCame(input)
  return `must have 1 to ${charactersMax} letters, digits and ${marks}, first a letter or digit, ${came}`
}

function oneOf(values: readonly unknown[]): string {
  const shown = values.map(String)
  return shown.length === 1 ? (shown[0] ?? "") : `one of ${shown.join(", ")}`
}

function limit(bound: string, origin: string, by: number, input: unknown): string {
  if (origin === "string") return `must have ${bound} ${by} characters, ${counted(input)}`
  if (origin === "array" || origin === "set") return `must have ${bound} ${by} items, ${counted(input)}`
  return `must be ${bound} ${by}, ${whatCame(input)}`
}

function counted(input: unknown): string {
  const length = typeof input === "string" || Array.isArray(input) ? input.length : 0
  return `and has ${length}`
}

function whatCame(input: unknown): string {
  if (input === undefined) return "and is missing"
  if (Array.isArray(input)) return "and is a list"
  if (typeof input === "object" && input !== null) return "and is an object"
  const text = typeof input === "string" ? JSON.stringify(input) : String(input)
  return `and is ${text.length > SHOWN_CHARS_MAX ? `${text.slice(0, SHOWN_CHARS_MAX)} …` : text}`
}
