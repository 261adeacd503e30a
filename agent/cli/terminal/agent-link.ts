import { lstatSync } from "node:fs"
import { userInfo } from "node:os"
import { ConclaveError, type Ops, socketPath } from "@conclave/sdk"
import { Connection } from "@conclave/sdk/connection"
import { httpRead, isTooLarge } from "@conclave/sdk/http-read"
import { NODE_PORTS } from "@conclave/sdk/node-ports"
import { agentTimeoutMs } from "@conclave/sdk/session-core/call-timeout"
import { socketPaths } from "@conclave/sdk/socket-path"
import { toBigints } from "@conclave/sdk/u64"
import { U64_SHAPES } from "@conclave/sdk/wire.gen"
import { timeoutMsOf } from "./arguments.ts"
import type { Context } from "./command.ts"
import { EXIT, Failure } from "./failure.ts"

export type Door = "application" | "admin"

export const CALL_MS = 5000
/** Where the cluster has to agree the agent waits so long for a quorum, and then says what it lacks. */
export const AGREED_MS = 7000
/** What the address of a Unix socket can hold, less the final zero (unix(7)). */
const SOCKET_PATH_BYTES_MAX = 107

export interface LinkWish {
  readonly door?: Door
  /** How long a call may take without `--timeout`. */
  readonly defaultMs?: number
  /** The agent is told that, too: it works for as long. */
  readonly tellsDefault?: boolean
}

/** One connection to the agent for one command; an agent that is not there is said at once, not waited for. */
export class AgentLink {
  readonly #connection: Connection
  readonly #path: string
  readonly #timeoutMs: number
  /** What the agent is told; undefined = its default. */
  readonly #toldMs: number | undefined

  private constructor(
    connection: Connection,
    path: string,
    { timeoutMs, toldMs }: { readonly timeoutMs: number; readonly toldMs: number | undefined },
  ) {
    this.#connection = connection
    this.#path = path
    this.#timeoutMs = timeoutMs
    this.#toldMs = toldMs
  }

  /** Throws a Failure that says which socket was tried, and why it did not answer. */
  static async open(context: Context, wish: LinkWish = {}): Promise<AgentLink> {
    const { door = "application", defaultMs = CALL_MS, tellsDefault = false } = wish
    const path = pathOf(context, door)
    const timeoutMs = timeoutMsOf(context.given, defaultMs)
    const toldMs = tellsDefault || context.given.flags.has("timeout") ? agentTimeoutMs(timeoutMs) : undefined
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(new Error("late")), timeoutMs)
    try {
      const connection = await Connection.open(path, {
        ports: NODE_PORTS,
        app: "conclave",
        signal: late.signal,
        onClose: () => {},
      })
      return new AgentLink(connection, path, { timeoutMs, toldMs })
    } catch (error) {
      throw late.signal.aborted ? silent(path, timeoutMs) : unreachable(error, path, door, context)
    } finally {
      clearTimeout(timer)
    }
  }

  /** What the agent said of itself. */
  get agent(): { readonly name: string; readonly id: string; readonly version: string } {
    return this.#connection.agent
  }

  /** `moreMs`: how much longer than other calls it may take to be answered. */
  async request<K extends keyof Ops>(op: K, input: Ops[K]["in"], moreMs = 0): Promise<Ops[K]["out"]> {
    const over = new AbortController()
    const limitMs = this.#timeoutMs + moreMs
    const timer = setTimeout(() => over.abort(unanswered(op, limitMs)), limitMs)
    const late = new Promise<never>((_, reject) => {
      over.signal.addEventListener("abort", () => reject(over.signal.reason), { once: true })
    })
    try {
      return toBigints(
        await Promise.race([this.#answer(op, input, over.signal), late]),
        U64_SHAPES[op],
      ) as Ops[K]["out"]
    } finally {
      clearTimeout(timer)
    }
  }

  /** Calls `onLine` with each line as the agent wrote it; resolves when the agent says that there are no more. */
  stream(op: "events" | "watch", input: object, onLine: (line: unknown) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (error: ConclaveError | undefined): void => (error === undefined ? resolve() : reject(error))
      this.#connection.stream(op, input, { event: onLine, end })
    })
  }

  close(): void {
    this.#connection.close()
  }

  async #answer(op: keyof Ops, input: object, signal: AbortSignal): Promise<unknown> {
    try {
      return await this.#connection.call(op, input, this.#toldMs)
    } catch (error) {
      if (isTooLarge(op, error)) return await httpRead({ path: this.#path, ports: NODE_PORTS }, op, input, signal)
      throw error
    }
  }
}

/** Opens a link, gives it to `work` and closes it, whatever happens. */
export async function withAgent<T>(
  context: Context,
  work: (link: AgentLink) => Promise<T>,
  wish: LinkWish = {},
): Promise<T> {
  const link = await AgentLink.open(context, wish)
  try {
    return await work(link)
  } catch (error) {
    throw wish.door === "admin" && ConclaveError.is(error, "PERMISSION_DENIED") ? wrongDoor(error, context) : error
  } finally {
    link.close()
  }
}

/** The flag, the variable, the user's path if it exists, the system's path. */
export function pathOf({ given, env }: Context, door: Door): string {
  const path = given.flags.get(door === "admin" ? "admin-socket" : "socket")?.[0] ?? socketPath(door, env)
  const bytes = Buffer.byteLength(path)
  if (bytes <= SOCKET_PATH_BYTES_MAX) return path
  throw new Failure("INVALID_ARGUMENT", `the socket's path has ${bytes} bytes: ${path}`, {
    exitCode: EXIT.configuration,
    why: `The path of a Unix socket has at most ${SOCKET_PATH_BYTES_MAX} bytes.`,
    next:
      door === "admin"
        ? "choose a shorter path with --admin-socket or CONCLAVE_ADMIN_SOCKET"
        : "choose a shorter path with --socket or CONCLAVE_SOCKET",
    details: { field: door === "admin" ? "adminSocket" : "socket" },
  })
}

/** The application socket where the admin socket was to be. */
function wrongDoor({ message, details }: ConclaveError, context: Context): Failure {
  const why = `${pathOf(context, "admin")} is a socket for applications.`
  return new Failure("PERMISSION_DENIED", message, { why, next: "the same command with --admin-socket PATH", details })
}

function silent(path: string, timeoutMs: number): Failure {
  return new Failure("AGENT_UNAVAILABLE", `the agent at ${path} did not answer within ${timeoutMs} ms`, {
    why: "Something listens there, but it is stopped, overloaded, or no agent.",
    next: "the same command with --timeout 30s",
    retryable: true,
  })
}

function unanswered(op: string, timeoutMs: number): ConclaveError {
  return new ConclaveError("TIMEOUT", `${op} was not answered within ${timeoutMs} ms`, {
    outcome: "unknown",
    retryable: true,
    hint: "the same command with a longer --timeout",
  })
}

/** The three parts for each way in which a socket does not open. */
function unreachable(error: unknown, path: string, door: Door, context: Context): unknown {
  if (!ConclaveError.is(error)) return error
  const { code, details, outcome, retryable } = error
  const errno = (error.cause as NodeJS.ErrnoException | undefined)?.code
  const more = { details, outcome, retryable }
  if (errno === "ENOENT" || errno === "ENOTDIR") {
    const why = tried(path, door, context)
    return new Failure(code, "no agent runs here", { ...more, why, next: startFor(door) })
  }
  if (errno === "ECONNREFUSED") {
    const why = isSocket(path) ? `${path} is left over from an agent that died.` : `${path} is not a socket.`
    return new Failure(code, "no agent answers here", { ...more, why, next: startFor(door) })
  }
  if (errno === "EACCES" || errno === "EPERM") {
    const { username, uid } = userInfo()
    const why = `${path} is not open to ${username} (uid ${uid}); its group may use it.`
    return new Failure(code, "you may not speak to the agent", {
      ...more,
      why,
      next: `ls -l ${path}, then sudo or the group`,
    })
  }
  return error
}

function startFor(door: Door): string {
  const flag = door === "admin" ? "--admin-socket" : "--socket"
  return `conclave agent (to try it out: conclave dev; elsewhere: ${flag} PATH)`
}

/** Each path that was looked at, and why it was. */
function tried(path: string, door: Door, { given, env }: Context): string {
  if (given.flags.has(door === "admin" ? "admin-socket" : "socket")) return `${path} does not exist.`
  const paths = socketPaths(door, env)
  if (paths.length === 1) return `${path} does not exist (from the environment).`
  return `No socket is at ${paths.join(", nor at ")}.`
}

function isSocket(path: string): boolean {
  try {
    return lstatSync(path).isSocket()
  } catch {
    return false
  }
}
