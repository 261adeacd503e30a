import { z } from "zod"
import { wrongName } from "./in-words.ts"

/** How an operation is reached and what goes in and out. `stream` = many lines instead of one answer. */
export interface OpSchema {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE"
  /** With `{name}` for a path part, which frames carry in the input; `[/{name}]` at the end may be absent. */
  readonly path: string
  readonly admin: boolean
  readonly stream: boolean
  /**
   * Its answer is waited for as long as its caller wishes: in frames `end` gives it up, over HTTP the end of the
   * request.
   */
  readonly waits?: boolean
  /** Its output, or its input beside the query, is a line with a Snapshot and then octets: over HTTP alone. */
  readonly octets?: "out" | "in"
  /** A body that is no JSON is this field of its input: 32 octets, or text. */
  readonly octetsAs?: string
  /** The words that a part of its path may be: there is no path with another one. */
  readonly words?: Readonly<Record<string, readonly string[]>>
  /** Over HTTP a GET of this path asks for it with this much of its input, and no more. */
  readonly reads?: { readonly path: string; readonly input: Readonly<Record<string, string>> }
  readonly about: string
  readonly input: z.ZodObject
  readonly output: z.ZodType
}

/** An operation that frames alone carry: it is about the connection's own session. */
export interface FramedSchema {
  readonly about: string
  readonly input: z.ZodObject
  readonly output: z.ZodObject
}

/** Names of members. */
export const NAME = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/, { error: ({ input }) => wrongName(input, 128, "._-") })
/** Names of what applications share: locks, elections. */
export const RESOURCE = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:@/-]{0,254}$/, { error: ({ input }) => wrongName(input, 255, "._:@/-") })
/** A query gives flags as text. */
export const FLAG = z.union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")])
export const NOTHING = z.object({})

const UTF8 = new TextEncoder()

/** JSON can write half a pair of surrogates, UTF-8 cannot: such a text could be told to nobody else as it is. */
export const UNICODE = z.string().refine((text) => !/\p{Surrogate}/u.test(text), "is no Unicode text")

export function utf8Bytes(text: string): number {
  return UTF8.encode(text).length
}

/** Text of at most so many bytes as UTF-8. */
export function textOf(bytesMax: number) {
  return UNICODE.refine((text) => utf8Bytes(text) <= bytesMax, `is over ${bytesMax} bytes`)
}

/**
 * Levels of lists and objects in a value: whoever writes it out again needs a stack for them. The state takes as many
 * (consensus/machine/json-text.ts).
 */
const JSON_LEVELS_MAX = 256

/** Any JSON of at most so many bytes, written without spaces. */
export function jsonOf(bytesMax: number) {
  return z.unknown().refine((value) => jsonProblem(value, bytesMax) === undefined, {
    error: ({ input }) => jsonProblem(input, bytesMax) ?? "is no JSON",
  })
}

function jsonProblem(value: unknown, bytesMax: number): string | undefined {
  if (value === undefined) return "is missing"
  const problem = treeProblem(value)
  if (problem !== undefined) return problem
  const bytes = UTF8.encode(JSON.stringify(value)).length
  return bytes <= bytesMax ? undefined : `is over ${bytesMax} bytes as JSON, and has ${bytes}`
}

/** Level by level: what is nested too deep must not be gone down into. */
function treeProblem(value: unknown): string | undefined {
  let level = [value]
  for (let depth = 0; level.length > 0; depth++) {
    const next: unknown[] = []
    for (const each of level) {
      // Others would write it as null.
      if (typeof each === "number" && !Number.isFinite(each)) return "has a number that is too large"
      if (typeof each !== "object" || each === null) continue
      if (depth >= JSON_LEVELS_MAX) return `is nested over ${JSON_LEVELS_MAX} levels deep`
      for (const inner of Object.values(each)) next.push(inner)
    }
    level = next
  }
  return undefined
}
