import { z } from "zod"
import { wrongName } from "./in-words.ts"

/** How an operation is reached and what goes in and out. `stream` = many lines instead of one answer. */
export interface OpSchema {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE"
  /** With `{name}` for a path part, which frames carry in the input; `[/{name}]` at the end may be absent. */
  readonly path: string
  readonly admin: boolean
  readonly stream: boolean
  /** Its output, or its input beside the query, is a line with a Snapshot and then octets: over HTTP alone. */
  readonly octets?: "out" | "in"
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

/** Text of at most so many bytes as UTF-8. */
export function textOf(bytesMax: number) {
  return UNICODE.refine((text) => UTF8.encode(text).length <= bytesMax, `is over ${bytesMax} bytes`)
}

/** Any JSON of at most so many bytes, written without spaces. */
export function jsonOf(bytesMax: number) {
  const fits = (value: unknown): boolean => UTF8.encode(JSON.stringify(value) ?? "").length <= bytesMax
  return z.unknown().refine(fits, `is over ${bytesMax} bytes as JSON`)
}
