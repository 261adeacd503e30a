import { assert } from "@conclave/base"
import { checkInput } from "../api/check-input.ts"
import { specOf } from "./keys.ts"

export interface ValueProblem {
  /** Below the key, in a list or a map; empty for the value itself. */
  readonly path: readonly PropertyKey[]
  readonly message: string
}

export type CheckedValue =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problems: readonly ValueProblem[] }

/** Checks a value as a YAML file would give it. */
export function checkValue(key: string, raw: unknown): CheckedValue {
  const spec = specOf(key)
  assert(spec !== undefined, "only known keys have values")
  const result = checkInput(spec.schema, raw)
  if (result.success) return { ok: true, value: result.data }
  return { ok: false, problems: result.issues.map(({ path, message }) => ({ path, message })) }
}

/** Turns the text of a flag or of the environment into what a YAML file would say; checking comes after. */
export function fromText(key: string, text: string): unknown {
  switch (specOf(key)?.notation) {
    case "boolean":
      if (["true", "yes", "1"].includes(text)) return true
      return ["false", "no", "0"].includes(text) ? false : text
    case "number":
      return /^\d+(\.\d+)?$/.test(text) ? Number(text) : text
    case "list":
      return text
        .split(",")
        .map((item) => item.trim())
        .filter((item) => item !== "")
    case "map":
      return mapOf(text.split(",").filter((item) => item !== ""))
    case "json":
      return jsonOf(text)
    default:
      return text
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The schema says what it should have been.
    return text
  }
}

/** `k=v` each; without `=` the whole is returned, which no schema of a map takes. */
export function mapOf(pairs: readonly string[]): unknown {
  const map: [string, string][] = []
  for (const pair of pairs) {
    const at = pair.indexOf("=")
    if (at < 0) return pair
    map.push([pair.slice(0, at).trim(), pair.slice(at + 1)])
  }
  return Object.fromEntries(map)
}
