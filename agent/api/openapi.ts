import { z } from "zod"
import { VERSION } from "../version.ts"
import { pathsOf } from "./route.ts"
import { OPS, type OpSchema } from "./schema.ts"

/** The OpenAPI 3.1 description of `/v1`, from the one schema. */
export function openApi(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  const schemas: Record<string, unknown> = {}
  for (const [name, op] of Object.entries(OPS)) {
    for (const [index, path] of pathsOf(op.path).entries()) {
      const operations = paths[path] ?? {}
      paths[path] = operations
      // Operation ids are unique in a document.
      const id = index === 0 ? name : `${name}.named`
      operations[op.method.toLowerCase()] = operation(id, { ...op, path }, schemas)
    }
  }
  return {
    openapi: "3.1.0",
    info: { title: "Conclave local API", version: VERSION },
    servers: [{ url: "http://localhost", description: "over the agent's Unix socket" }],
    paths,
    components: { schemas },
  }
}

function operation(name: string, op: OpSchema, schemas: Record<string, unknown>): Record<string, unknown> {
  const hoisted = (schema: OpSchema["input"], io: "input" | "output"): Record<string, unknown> => {
    const { $defs, ...json } = schemaOf(schema, io)
    for (const [id, each] of Object.entries($defs ?? {})) schemas[id] = moved(each)
    return moved(json)
  }
  const input = hoisted(op.input, "input")
  const output = hoisted(op.output, "output")
  const properties = (input["properties"] ?? {}) as Record<string, unknown>
  const required = new Set((input["required"] ?? []) as string[])
  const inPath = [...op.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "")
  const parameters = Object.entries(properties)
    .filter(([key]) => op.method === "GET" || inPath.includes(key))
    .map(([key, schema]) => {
      const place = inPath.includes(key) ? "path" : "query"
      return { name: key, in: place, required: place === "path" || required.has(key), schema }
    })
  const type = op.stream ? "application/x-ndjson" : "application/json"
  return {
    operationId: name,
    summary: op.about,
    ...(op.admin ? { "x-admin": true } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(op.method === "GET" ? {} : { requestBody: { content: { "application/json": { schema: input } } } }),
    responses: {
      "200": { description: op.stream ? "one line each" : "the result", content: { [type]: { schema: output } } },
    },
  }
}

/** Shared schemas live in the components of the document. */
function moved(schema: unknown): Record<string, unknown> {
  return JSON.parse(JSON.stringify(schema).replaceAll("#/$defs/", "#/components/schemas/")) as Record<string, unknown>
}

/** JSON Schema without the marks of a stand-alone document. */
export function schemaOf(
  schema: z.ZodType,
  io: "input" | "output",
): Record<string, unknown> & { readonly $defs?: Record<string, unknown> } {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, { io, reused: "inline", unrepresentable: "any" })
  return JSON.parse(JSON.stringify(json)) as Record<string, unknown>
}
