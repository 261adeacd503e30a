import { z } from "zod"
import { VERSION } from "../version.ts"
import { FAILURE, STREAM_FAILURE } from "./objects.ts"
import { NOTHING, type OpSchema } from "./op-schema.ts"
import { pathsOf } from "./route.ts"
import { OPS, PLAIN, TIMEOUT_MAX_MS, TIMEOUT_MS } from "./schema.ts"

type Schemas = Record<string, unknown>

/** Every call with one answer takes it. */
const TIMEOUT = {
  name: "timeoutMs",
  in: "query",
  required: false,
  description: "How long the call may take, in ms",
  schema: { type: "integer", minimum: 1, maximum: TIMEOUT_MAX_MS, default: TIMEOUT_MS },
}

let made: Record<string, unknown> | undefined

/**
 * The OpenAPI 3.1 description of `/v1`, from the one schema. Made once: it takes tens of milliseconds of the event
 * loop.
 */
export function openApi(): Record<string, unknown> {
  made ??= describe()
  return made
}

function describe(): Record<string, unknown> {
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
  for (const [name, op] of Object.entries<OpSchema>(OPS)) {
    const { reads } = op
    if (reads === undefined) continue
    const read: OpSchema = { ...op, method: "GET", path: reads.path, input: NOTHING }
    paths[reads.path] = { get: operation(`${name}.${Object.values(reads.input).join(".")}`, read, schemas) }
  }
  for (const [path, plain] of Object.entries(PLAIN)) paths[path] = { get: plainPath(path, plain, schemas) }
  return {
    openapi: "3.1.0",
    info: { title: "Conclave local API", version: VERSION },
    servers: [{ url: "http://localhost", description: "over the agent's Unix socket" }],
    paths,
    components: { schemas },
  }
}

function operation(name: string, op: OpSchema, schemas: Schemas): Record<string, unknown> {
  const input = hoisted(op.input, "input", schemas)
  const answer = hoisted(op.output, "output", schemas)
  const output = op.stream ? { anyOf: [answer, hoisted(STREAM_FAILURE, "output", schemas)] } : answer
  const properties = (input["properties"] ?? {}) as Record<string, unknown>
  const required = new Set((input["required"] ?? []) as string[])
  const inPath = [...op.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "")
  const named = Object.entries(properties)
    .filter(([key]) => op.method === "GET" || op.octets !== undefined || inPath.includes(key))
    .map(([key, schema]) => {
      const place = inPath.includes(key) ? "path" : "query"
      return { name: key, in: place, required: place === "path" || required.has(key), schema }
    })
  const parameters = op.stream ? named : [...named, TIMEOUT]
  const type = op.stream ? "application/x-ndjson" : op.octets === "out" ? OCTETS : "application/json"
  return {
    operationId: name,
    summary: op.about,
    ...(op.admin ? { "x-admin": true } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(op.method === "GET" ? {} : { requestBody: { content: bodyOf(op, input) } }),
    responses: {
      "200": { description: op.stream ? "one line each" : "the result", content: { [type]: { schema: output } } },
      default: {
        description: "why the call was refused",
        content: { "application/json": { schema: hoisted(FAILURE, "output", schemas) } },
      },
    },
  }
}

/** A line of JSON, then octets. */
const OCTETS = "application/octet-stream"

function bodyOf({ octets, octetsAs }: OpSchema, input: Record<string, unknown>): Record<string, unknown> {
  if (octets !== undefined) return { [OCTETS]: {} }
  return { "application/json": { schema: input }, ...(octetsAs === undefined ? {} : { [OCTETS]: {} }) }
}

function plainPath(
  path: string,
  { about, type, schema, statuses }: (typeof PLAIN)[keyof typeof PLAIN],
  schemas: Schemas,
): Record<string, unknown> {
  const content = { [type]: { schema: hoisted(schema, "output", schemas) } }
  // 101 is the end of HTTP on that connection: it has no content.
  const responses = statuses.map((status) => [
    String(status),
    { description: about, ...(status === 101 ? {} : { content }) },
  ])
  return { operationId: path.slice(1).replaceAll("/", "."), summary: about, responses: Object.fromEntries(responses) }
}

/** A schema with a name is put beside the paths and referred to. */
function hoisted(schema: z.ZodType, io: "input" | "output", schemas: Schemas): Record<string, unknown> {
  const { $defs, ...json } = schemaOf(schema, io)
  for (const [id, each] of Object.entries($defs ?? {})) schemas[id] = moved(each)
  return moved(json)
}

/** Shared schemas live in the components of the document. Objects are left open: within `/v1` keys are added. */
function moved(schema: unknown): Record<string, unknown> {
  const text = JSON.stringify(schema, (key, value: unknown) =>
    key === "additionalProperties" && value === false ? undefined : value,
  )
  return JSON.parse(text.replaceAll("#/$defs/", "#/components/schemas/")) as Record<string, unknown>
}

/** JSON Schema without the marks of a stand-alone document. */
export function schemaOf(
  schema: z.ZodType,
  io: "input" | "output",
): Record<string, unknown> & { readonly $defs?: Record<string, unknown> } {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, { io, reused: "inline", unrepresentable: "any" })
  return JSON.parse(JSON.stringify(json)) as Record<string, unknown>
}
