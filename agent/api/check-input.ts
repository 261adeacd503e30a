import type { z } from "zod"
import { inWords } from "./in-words.ts"

export type CheckedInput<Data> =
  | { readonly success: true; readonly data: Data }
  | { readonly success: false; readonly issues: readonly z.core.$ZodIssue[] }

/**
 * What a schema makes of an input, with its problems in words. The library asks whatever has a `length` for it, also
 * where a text or a list was expected, and throws where that is an object which can be no number.
 */
export function checkInput<Schema extends z.ZodType>(schema: Schema, input: unknown): CheckedInput<z.output<Schema>> {
  try {
    const parsed = schema.safeParse(input, { error: inWords })
    return parsed.success ? parsed : { success: false, issues: parsed.error.issues }
  } catch {
    const message = "has an object where a text or a list should be"
    return { success: false, issues: [{ code: "custom", path: [], message, input }] }
  }
}
