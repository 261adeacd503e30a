import { basename } from "node:path"
import { AgentClient, ATTEMPT_MS } from "./agent-client.ts"
import type { Client } from "./client.ts"
import { invalidError } from "./errors.ts"
import { NODE_PORTS } from "./node-ports.ts"
import type { SdkPorts } from "./ports.ts"
import { Reconnector } from "./reconnector.ts"
import type { SessionTrace } from "./session-connection.ts"
import { SessionDriver } from "./session-driver.ts"
import { socketPath } from "./socket-path.ts"

export interface ConnectOptions {
  /** Path of the agent's socket; default `CONCLAVE_SOCKET`, the user's runtime directory, then `/run/conclave`. */
  readonly socket?: string
  /** What this application is called where operators see it; default the name of its script. */
  readonly name?: string
  /** How long to wait for the agent, in ms; default 5000, 0 = one attempt. */
  readonly waitMs?: number
  /**
   * How long what this client holds outlives its last sign of life, in ms: 2000 to 300,000, default the agent's
   * (10,000). A shorter one frees the locks of a host that died sooner, and forgives shorter pauses.
   */
  readonly ttlMs?: number
  /**
   * Asked before each heartbeat. Where it says false, throws, or says nothing for half the TTL, the session is not
   * renewed and its grants run out: for a process that turns and does no work.
   */
  readonly health?: () => boolean | Promise<boolean>
  readonly signal?: AbortSignal
}

const APP_CHARS_MAX = 256
/** What a Unix socket's address holds; Node cuts a longer path off without a word. */
const PATH_BYTES_MAX = 107
const TTL_MIN_MS = 2000
const TTL_MAX_MS = 300_000

/**
 * Connects to the agent of this host and resolves when it has answered. A later loss of the connection is repaired in
 * the background: watches go on with a whole view first, calls wait within their own time limit.
 *
 * Throws AGENT_UNAVAILABLE when no agent answers within `waitMs`, PERMISSION_DENIED when the socket may not be
 * opened, UNIMPLEMENTED when the agent speaks another protocol.
 *
 * @example
 * const client = await connect()
 * for (const member of await client.members()) console.log(member.name, member.status)
 * await client.close()
 */
export async function connect(o: ConnectOptions = {}): Promise<Client> {
  return await connectTraced(o, undefined)
}

/** The same; `trace` is told what passes between the session and its agent. */
export async function connectTraced(o: ConnectOptions, trace: SessionTrace | undefined): Promise<Client> {
  const path = o.socket ?? socketPath("application")
  const pathBytes = Buffer.byteLength(path)
  if (pathBytes === 0 || pathBytes > PATH_BYTES_MAX) {
    throw invalidError(
      "socket",
      `the path of a socket has 1 to ${PATH_BYTES_MAX} bytes, this one ${pathBytes}: ${path}`,
    )
  }
  return await connectOver({ ports: NODE_PORTS, path, trace }, o)
}

/** The same in any world: `path` is where that has an agent. */
export async function connectOver(
  way: { readonly ports: SdkPorts; readonly path: string; readonly trace: SessionTrace | undefined },
  o: Omit<ConnectOptions, "socket">,
): Promise<Client> {
  const waitMs = o.waitMs ?? 5000
  if (!(waitMs >= 0)) throw invalidError("waitMs", "waitMs is a number from 0")
  const app = (o.name ?? basename(process.argv[1] ?? "node")).slice(0, APP_CHARS_MAX)
  const { ttlMs, health } = o
  if (ttlMs !== undefined && !(ttlMs >= TTL_MIN_MS && ttlMs <= TTL_MAX_MS))
    throw invalidError("ttlMs", `ttlMs is a number from ${TTL_MIN_MS} to ${TTL_MAX_MS}`)
  const { ports, path, trace } = way
  const reconnector = new Reconnector(path, app, ports)
  const limits = { timeoutMs: waitMs === 0 ? ATTEMPT_MS : waitMs, signal: o.signal }
  try {
    const deadline = reconnector.nowMs + waitMs
    await reconnector.bounded("hello", limits, (signal) => reconnector.until(deadline, signal))
  } catch (error) {
    reconnector.close()
    throw error
  }
  return new AgentClient(reconnector, new SessionDriver(reconnector, { ttlMs, health, trace }))
}
