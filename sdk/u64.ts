import type { Shape } from "./wire.gen.ts"

/** Turns the decimal strings of 64-bit numbers into `bigint`, where the shape says that they are. In place. */
export function toBigints(value: unknown, shape: Shape | undefined): unknown {
  if (shape === undefined || value === null || value === undefined) return value
  if (shape === "u64") return typeof value === "string" ? BigInt(value) : value
  if (isList(shape)) {
    if (Array.isArray(value)) for (const [index, each] of value.entries()) value[index] = toBigints(each, shape[0])
    return value
  }
  if (typeof value !== "object") return value
  const fields = value as Record<string, unknown>
  for (const [key, inner] of Object.entries(shape)) {
    if (key in fields) fields[key] = toBigints(fields[key], inner)
  }
  return value
}

function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape)
}

/** JSON text in which 64-bit numbers are decimal strings. */
export function toJsonText(value: unknown, indent?: number): string {
  try {
    // Most have none, and a function that is asked of every value makes it several times slower.
    return JSON.stringify(value, undefined, indent)
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    return JSON.stringify(value, (_key, each: unknown) => (typeof each === "bigint" ? String(each) : each), indent)
  }
}
