import type { OpSchema } from "./op-schema.ts"
import { OPS, type OpName } from "./schema.ts"

export interface Routed {
  readonly op: OpName
  /** The parts of the path and, for GET, of the query. */
  readonly input: Readonly<Record<string, unknown>>
}

interface Route {
  readonly op: OpName
  readonly method: string
  readonly parts: readonly string[]
  readonly words: NonNullable<OpSchema["words"]>
  /** What is asked for there, whatever else is said. */
  readonly fixed?: Readonly<Record<string, string>>
}

const ROUTES: readonly Route[] = Object.entries(OPS).flatMap(([op, schema]) => routesOf(op as OpName, schema))

function routesOf(op: OpName, { method, path, reads, words = {} }: OpSchema): readonly Route[] {
  const routes: Route[] = pathsOf(path).map((each) => ({ op, method, parts: each.split("/"), words }))
  if (reads !== undefined) routes.push({ op, method: "GET", parts: reads.path.split("/"), words, fixed: reads.input })
  return routes
}

/** Finds the operation of a request; undefined for an unknown path or a wrong method. */
export function route(method: string, path: string, query: URLSearchParams): Routed | undefined {
  const parts = path.split("/")
  for (const candidate of ROUTES) {
    if (candidate.method !== method || candidate.parts.length !== parts.length) continue
    const named = match(candidate, parts)
    if (named === undefined) continue
    const asked = method === "GET" || hasOctets(candidate.op) ? fromQuery(query) : {}
    return { op: candidate.op, input: { ...asked, ...named, ...candidate.fixed } }
  }
  return undefined
}

/** Its body is no JSON: what else it takes stands in the query. */
function hasOctets(op: OpName): boolean {
  const { octets }: OpSchema = OPS[op]
  return octets !== undefined
}

/** `/a[/{b}]` stands for `/a` and `/a/{b}`. */
export function pathsOf(path: string): readonly string[] {
  const optional = /^(.*)\[(.*)\]$/.exec(path)
  return optional === null ? [path] : [optional[1] ?? "", `${optional[1]}${optional[2]}`]
}

function match({ parts: pattern, words }: Route, parts: readonly string[]): Record<string, string> | undefined {
  const named: Record<string, string> = {}
  for (const [index, part] of pattern.entries()) {
    const given = parts[index] ?? ""
    if (part.startsWith("{")) {
      const key = part.slice(1, -1)
      const text = decoded(given)
      if (text === undefined || text === "" || words[key]?.includes(text) === false) return undefined
      named[key] = text
    } else if (part !== given) return undefined
  }
  return named
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}

/** A key given twice is a list. */
function fromQuery(query: URLSearchParams): Record<string, unknown> {
  const keys = [...new Set(query.keys())]
  return Object.fromEntries(
    keys.map((key) => {
      const values = query.getAll(key)
      return [key, values.length === 1 ? values[0] : values]
    }),
  )
}
