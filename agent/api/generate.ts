import { openApi, schemaOf } from "./openapi.ts"
import { OPS } from "./schema.ts"

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
  const reads: string[] = []
  const shapes: string[] = []
  for (const [name, op] of Object.entries(OPS)) {
    const input = schemaOf(op.input, "input")
    const output = schemaOf(op.output, "output")
    for (const json of [input, output])
      for (const [id, each] of Object.entries(json.$defs ?? {})) named.set(id, each as Json)
    const own = typeof output["id"] === "string" ? output["id"] : undefined
    if (own !== undefined) named.set(own, output)
    const lines = [`    readonly in: ${typeOf(input, 4)}`, `    readonly out: ${own ?? typeOf(output, 4)}`]
    if (!op.stream) ops.push(`  readonly ${quoted(name)}: {\n${lines.join("\n")}\n  }`)
    if (!op.stream && op.method === "GET") reads.push(`  ${quoted(name)}: ${JSON.stringify(op.path)},`)
    const shape = shapeOf(output, output.$defs ?? {})
    if (shape !== undefined) shapes.push(`  ${quoted(name)}: ${shape},`)
  }
  const types = [...named]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, json]) => `export interface ${id} ${typeOf(json, 0)}`)
  return [
    "// Generated from the agent's schema (agent/api/schema.ts); do not edit.",
    types.join("\n\n"),
    `/** Input and output of every operation that has one answer. */\nexport interface Ops {\n${ops.join("\n")}\n}`,
    `/** Operations that change nothing, and their paths over HTTP. */\nexport const READ_PATHS: Readonly<Record<string, string>> = {\n${reads.join("\n")}\n}`,
    '/** Where 64-bit numbers are in an output: "u64", a list, or fields. */',
    'export type Shape = "u64" | readonly [Shape] | { readonly [key: string]: Shape }',
    `export const U64_SHAPES: Readonly<Record<string, Shape>> = {\n${shapes.join("\n")}\n}\n`,
  ].join("\n\n")
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

function shapeOf(json: Json, defs: Readonly<Record<string, unknown>>): string | undefined {
  const ref = json["$ref"]
  if (typeof ref === "string") return shapeOf((defs[ref.slice("#/$defs/".length)] ?? {}) as Json, defs)
  if (json["format"] === "u64") return '"u64"'
  if (Array.isArray(json["anyOf"])) {
    return json["anyOf"].map((each: Json) => shapeOf(each, defs)).find((shape) => shape !== undefined)
  }
  if (json["type"] === "array" && json["items"] !== undefined) {
    const item = shapeOf(json["items"] as Json, defs)
    return item === undefined ? undefined : `[${item}]`
  }
  const fields: string[] = []
  for (const [key, each] of Object.entries((json["properties"] ?? {}) as Record<string, Json>)) {
    const shape = shapeOf(each, defs)
    if (shape !== undefined) fields.push(`${quoted(key)}: ${shape}`)
  }
  return fields.length === 0 ? undefined : `{ ${fields.join(", ")} }`
}

function quoted(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key)
}
