import type { z } from "zod"
import type { OpSchema } from "./op-schema.ts"
import { openApi, schemaOf } from "./openapi.ts"
import { FRAMED, OPS } from "./schema.ts"

type Json = Readonly<Record<string, unknown>>

/** Files made from the schema, by path in the repository. */
export function generated(): Readonly<Record<string, string>> {
  return {
    "docs/openapi.json": `${JSON.stringify(openApi(), undefined, 2)}\n`,
    "sdk/wire.gen.ts": sdkTypes(),
  }
}

/** The SDK's types: as on the wire, but 64-bit numbers are `bigint`; and where those are, for the conversion. */
function sdkTypes(): string {
  const named = new Map<string, Json>()
  const ops: string[] = []
  const streams: string[] = []
  const framed: string[] = []
  const reads: string[] = []
  const shapes: string[] = []
  const declare = (name: string, op: { readonly input: z.ZodType; readonly output: z.ZodType }): string => {
    const input = schemaOf(op.input, "input")
    const output = schemaOf(op.output, "output")
    for (const json of [input, output])
      for (const [id, each] of Object.entries(json.$defs ?? {})) named.set(id, each as Json)
    const own = typeof output["id"] === "string" ? output["id"] : undefined
    if (own !== undefined) named.set(own, output)
    const shape = shapeOf(output, output.$defs ?? {})
    if (shape !== undefined) shapes.push(`  ${quoted(name)}: ${shapeText(shape)},`)
    const lines = [`    readonly in: ${typeOf(input, 4)}`, `    readonly out: ${own ?? typeOf(output, 4)}`]
    return `  readonly ${quoted(name)}: {\n${lines.join("\n")}\n  }`
  }
  for (const [name, op] of Object.entries(OPS) as [string, OpSchema][]) {
    const declared = declare(name, op)
    // Nobody asks for octets in frames.
    if (op.octets !== undefined) continue
    ;(op.stream ? streams : ops).push(declared)
    if (!op.stream && op.method === "GET") reads.push(`  ${quoted(name)}: ${JSON.stringify(op.path)},`)
  }
  for (const [name, op] of Object.entries(FRAMED)) framed.push(declare(name, op))
  const types = [...named].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, json]) => declaration(id, json))
  return [
    "// Generated from the agent's schema (agent/api/schema.ts); do not edit.",
    types.join("\n\n"),
    `/** Input and output of every operation that has one answer. */\nexport interface Ops {\n${ops.join("\n")}\n}`,
    `/** Input of every stream, and what its lines are. */\nexport interface Streams {\n${streams.join("\n")}\n}`,
    `/** Operations that frames alone carry. */\nexport interface FramedOps {\n${framed.join("\n")}\n}`,
    `/** Operations that change nothing, and their paths over HTTP. */\nexport const READ_PATHS: Readonly<Record<string, string>> = {\n${reads.join("\n")}\n}`,
    '/** Where 64-bit numbers are in an output: "u64", a list, or fields. */',
    'export type Shape = "u64" | readonly [Shape] | { readonly [key: string]: Shape }',
    `export const U64_SHAPES: Readonly<Record<string, Shape>> = {\n${shapes.join("\n")}\n}\n`,
  ].join("\n\n")
}

/** Unions cannot be interfaces. */
function declaration(id: string, json: Json): string {
  const type = typeOf(json, 0)
  return type.startsWith("{") ? `export interface ${id} ${type}` : `export type ${id} = ${type}`
}

function typeOf(json: Json, indent: number): string {
  const ref = json["$ref"]
  if (typeof ref === "string") return ref.slice("#/$defs/".length)
  const union = json["anyOf"]
  if (Array.isArray(union)) return union.map((each: Json) => typeOf(each, indent)).join(" | ")
  if (Array.isArray(json["enum"])) return json["enum"].map((each) => JSON.stringify(each)).join(" | ")
  const type = json["type"]
  if (Array.isArray(type)) return type.map((each) => typeOf({ ...json, type: each }, indent)).join(" | ")
  switch (type) {
    case "string":
      return json["format"] === "u64" ? "bigint" : "string"
    case "number":
    case "integer":
      return "number"
    case "boolean":
    case "null":
      return type
    case "array":
      return arrayType(json, indent)
    case "object":
      return objectType(json, indent)
    default:
      return "unknown"
  }
}

function arrayType(json: Json, indent: number): string {
  const tuple = json["prefixItems"]
  if (Array.isArray(tuple)) return `readonly [${tuple.map((each: Json) => typeOf(each, indent)).join(", ")}]`
  const item = typeOf(json["items"] as Json, indent)
  return /^[\w.]+$/.test(item) ? `readonly ${item}[]` : `readonly (${item})[]`
}

function objectType(json: Json, indent: number): string {
  const properties = Object.entries((json["properties"] ?? {}) as Record<string, Json>)
  const rest = json["additionalProperties"]
  if (properties.length === 0) {
    const value = typeof rest === "object" && rest !== null ? typeOf(rest as Json, indent) : "never"
    return `{ readonly [key: string]: ${value} }`
  }
  const required = new Set((json["required"] ?? []) as string[])
  const pad = " ".repeat(indent + 2)
  const lines = properties.map(([key, each]) => {
    const optional = required.has(key) && each["default"] === undefined ? "" : "?"
    const undef = optional === "" ? "" : " | undefined"
    return `${pad}readonly ${quoted(key)}${optional}: ${typeOf(each, indent + 2)}${undef}`
  })
  return `{\n${lines.join("\n")}\n${" ".repeat(indent)}}`
}

type Shape = "u64" | readonly [Shape] | { readonly [key: string]: Shape }

function shapeOf(json: Json, defs: Readonly<Record<string, unknown>>): Shape | undefined {
  const ref = json["$ref"]
  if (typeof ref === "string") return shapeOf((defs[ref.slice("#/$defs/".length)] ?? {}) as Json, defs)
  if (json["format"] === "u64") return "u64"
  if (Array.isArray(json["anyOf"])) return json["anyOf"].map((each: Json) => shapeOf(each, defs)).reduce(merged)
  if (json["type"] === "array" && json["items"] !== undefined) {
    const item = shapeOf(json["items"] as Json, defs)
    return item === undefined ? undefined : [item]
  }
  const fields: Record<string, Shape> = {}
  for (const [key, each] of Object.entries((json["properties"] ?? {}) as Record<string, Json>)) {
    const shape = shapeOf(each, defs)
    if (shape !== undefined) fields[key] = shape
  }
  return Object.keys(fields).length === 0 ? undefined : fields
}

/** The shape of whatever a union holds: a field that one of its members lacks is looked for in vain. */
function merged(a: Shape | undefined, b: Shape | undefined): Shape | undefined {
  if (a === undefined || b === undefined) return a ?? b
  if (Array.isArray(a) && Array.isArray(b)) return [merged(a[0], b[0]) as Shape]
  if (typeof a !== "object" || typeof b !== "object") return a
  const [one, other] = [a as Record<string, Shape>, b as Record<string, Shape>]
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])]
  return Object.fromEntries(keys.map((key) => [key, merged(one[key], other[key]) as Shape]))
}

function shapeText(shape: Shape): string {
  if (shape === "u64") return '"u64"'
  if (Array.isArray(shape)) return `[${shapeText(shape[0])}]`
  const fields = Object.entries(shape as Record<string, Shape>)
  return `{ ${fields.map(([key, each]) => `${quoted(key)}: ${shapeText(each)}`).join(", ")} }`
}

function quoted(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key)
}
