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
}

const ROUTES: readonly Route[] = Object.entries(OPS).map(([op, { method, path }]) => ({
  op: op as OpName,
  method,
  parts: path.split("/"),
}))

/** Finds the operation of a request; undefined for an unknown path or a wrong method. */
export function route(method: string, path: string, query: URLSearchParams): Routed | undefined {
  const parts = path.split("/")
  for (const candidate of ROUTES) {
    if (candidate.method !== method || candidate.parts.length !== parts.length) continue
    const named = match(candidate.parts, parts)
    if (named !== undefined)
      return { op: candidate.op, input: { ...(method === "GET" ? fromQuery(query) : {}), ...named } }
  }
  return undefined
}

function match(pattern: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  const named: Record<string, string> = {}
  for (const [index, part] of pattern.entries()) {
    const given = parts[index] ?? ""
    if (part.startsWith("{")) {
      const text = decoded(given)
      if (text === undefined || text === "") return undefined
      named[part.slice(1, -1)] = text
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

/** `timeoutMs` bounds the call and is no input of it. A key given twice is a list. */
function fromQuery(query: URLSearchParams): Record<string, unknown> {
  const input: Record<string, unknown> = {}
  for (const key of new Set(query.keys())) {
    if (key === "timeoutMs") continue
    const values = query.getAll(key)
    input[key] = values.length === 1 ? values[0] : values
  }
  return input
}
