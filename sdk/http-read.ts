import { FRAME_BYTES_MAX } from "./connection.ts"
import { ConclaveError } from "./errors.ts"
import { queryOf } from "./http-get.ts"
import type { Reconnector } from "./reconnector.ts"
import { READ_PATHS } from "./wire.gen.ts"

/** Whether a call was refused for nothing but the size of its answer, and can be asked for over HTTP. */
export function isTooLarge(op: string, error: unknown): boolean {
  if (!ConclaveError.is(error, "RESOURCE_EXHAUSTED") || error.details["limit"] !== FRAME_BYTES_MAX) return false
  return Object.hasOwn(READ_PATHS, op)
}

/** A list of thousands does not fit a frame: it is asked for over HTTP, at the same socket. */
export function httpRead(
  { path, ports }: Pick<Reconnector, "path" | "ports">,
  op: string,
  input: object,
  signal: AbortSignal,
): Promise<unknown> {
  return ports.httpGet(path, targetOf(READ_PATHS[op] ?? "", input as Readonly<Record<string, unknown>>), signal)
}

/** What frames carry in the input stands partly in the path: `/v1/hold/{kind}`; the rest is the query. */
export function targetOf(path: string, input: Readonly<Record<string, unknown>>): string {
  const rest = { ...input }
  const filled = path.replace(/\{(\w+)\}/g, (_, key: string) => {
    delete rest[key]
    return encodeURIComponent(String(input[key]))
  })
  return `${filled}${queryOf(rest)}`
}
