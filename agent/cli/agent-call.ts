import { type Client, ConclaveError, connect, socketPath } from "@conclave/sdk"
import type { Call, Door } from "./command.ts"
import { EXIT_CONFIG } from "./exit-code.ts"

/** One attempt to connect lasts this long; a busy agent gets as many as `--timeout` allows. */
const ATTEMPT_MS = 1000
const TIMEOUT_MS = 5000
/** Size of `sun_path` without its final zero (unix(7)). */
const SOCKET_PATH_BYTES_MAX = 107

/** No socket can have this path: exit 78, as for any configuration that cannot work. */
export class SocketPathError extends ConclaveError {
  readonly exit = EXIT_CONFIG
}

/** What a call to the agent may take. */
export interface Limits {
  readonly timeoutMs: number
}

/** Connects, runs `work` and closes again. Without an agent it fails at once; a stopped one is given `--timeout`. */
export async function withAgent<T>(
  call: Call,
  door: Door,
  work: (client: Client, limits: Limits) => Promise<T>,
): Promise<T> {
  const timeoutMs = call.words.durationMs("--timeout") ?? TIMEOUT_MS
  const client = await reach(pathOf(call, door), door, timeoutMs)
  try {
    return await work(client, { timeoutMs })
  } finally {
    await client.close()
  }
}

/** Where the agent's socket is: the flag, the variable, the user's path if it exists, the system's. */
export function pathOf({ words }: Call, door: Door): string {
  const path = words.text(flagOf(door)) ?? socketPath(door)
  const bytes = Buffer.byteLength(path)
  if (bytes <= SOCKET_PATH_BYTES_MAX) return path
  const message = `the path of the socket has ${bytes} bytes; the system allows ${SOCKET_PATH_BYTES_MAX}`
  throw new SocketPathError("INVALID_ARGUMENT", message, {
    hint: `conclave agent ${flagOf(door)} with a shorter path`,
    details: { field: flagOf(door), path },
  })
}

async function reach(path: string, door: Door, timeoutMs: number): Promise<Client> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    try {
      return await connect({ socket: path, name: "conclave", waitMs: 0 })
    } catch (error) {
      if (!ConclaveError.is(error)) throw error
      const isSilent = ConclaveError.is(error, "AGENT_UNAVAILABLE") && errnoOf(error) === undefined
      if (!isSilent || performance.now() + ATTEMPT_MS > deadline) throw unreachable(error, path, door)
    }
  }
}

/** The same error with what the text of it needs: which socket, which others were looked for, what the system said. */
export function unreachable(error: ConclaveError, path: string, door: Door): ConclaveError {
  const { code, message, outcome, retryable, hint, details } = error
  if (code !== "AGENT_UNAVAILABLE" && code !== "PERMISSION_DENIED") return error
  const errno = errnoOf(error)
  const known = [socketPath(door, process.env, () => true), socketPath(door, process.env, () => false)]
  const tried = known.includes(path) ? [...new Set(known)] : [path]
  const more = { door, path, tried, ...(errno === undefined ? {} : { errno }) }
  return new ConclaveError(code, message, {
    outcome,
    retryable,
    hint,
    details: { ...details, ...more },
    cause: error.cause,
  })
}

function flagOf(door: Door): "--socket" | "--admin-socket" {
  return door === "admin" ? "--admin-socket" : "--socket"
}

function errnoOf(error: ConclaveError): string | undefined {
  const { cause } = error
  return cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : undefined
}
