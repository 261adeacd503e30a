import { invalidError } from "./errors.ts"

/** Of a value that an application hands over: throws where JSON would say something else than it is. */
export function assertJson(field: string, value: unknown): void {
  if (isJson(value)) return
  throw invalidError(field, `${field} is JSON: no bigint, no NaN or Infinity, nothing that refers to itself`)
}

function isJson(value: unknown): boolean {
  try {
    const text = JSON.stringify(value)
    // What is no number is written as null, which few values have.
    return text !== undefined && !(text.includes("null") && hasNoNumber(value))
  } catch {
    return false
  }
}

/** Of what can be written, so that it ends somewhere. What says itself how it is written is as it says. */
function hasNoNumber(root: unknown): boolean {
  const open = [root]
  for (const value of open) {
    if (typeof value === "number" && !Number.isFinite(value)) return true
    if (typeof value !== "object" || value === null || "toJSON" in value) continue
    for (const each of Object.values(value)) open.push(each)
  }
  return false
}
