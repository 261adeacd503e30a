import { basename } from "node:path"
import { ConclaveError } from "@conclave/sdk"
import { NODE_PORTS } from "@conclave/sdk/node-ports"
import { Reconnector } from "@conclave/sdk/reconnector"
import type { HoldRequest } from "@conclave/sdk/session-core/types"
import { SessionDriver } from "@conclave/sdk/session-driver"
import { pathOf, withAgent } from "../terminal/agent-link.ts"
import type { Context } from "../terminal/command.ts"
import { EXIT, Failure, failureOf } from "../terminal/failure.ts"
import { ClusterHold } from "./cluster-hold.ts"
import { HoldLines } from "./hold-lines.ts"
import type { HoldOptions } from "./hold-options.ts"
import { KeeperLink } from "./keeper-link.ts"
import { exitCodeOf, PassedSignals } from "./passed-signals.ts"
import { runCommand } from "./run-command.ts"
import { WaitNotice } from "./wait-notice.ts"

/** What is held: the request, and its name as it was typed. */
export interface Wanted {
  readonly name: string
  readonly request: HoldRequest
  readonly options: HoldOptions
}

const RELEASE_MS = 5000

/** Holds something until a signal, or while a command runs. Resolves to the exit code. */
export async function holdCommand(context: Context, wanted: Wanted): Promise<number> {
  const { command } = context.given
  try {
    // Why there is no agent is said at once; one that is away later is waited for.
    await withAgent(context, async () => {})
    return command === undefined ? await hold(context, wanted) : await holdFor(context, wanted, command)
  } catch (error) {
    throw command === undefined ? error : beforeCommand(failureOf(error, context.output.isVerbose))
  }
}

async function hold(context: Context, wanted: Wanted): Promise<number> {
  return await withHold(context, wanted, async ({ held, signals }) => {
    const isLost = await Promise.race([held.over.then(() => true), signals.end.then(() => false)])
    if (isLost) return EXIT.lost
    try {
      await held.release(RELEASE_MS)
    } catch (error) {
      if (ConclaveError.is(error, "GRANT_LOST")) return EXIT.lost
      throw error
    }
    return EXIT.ok
  })
}

async function holdFor(context: Context, wanted: Wanted, command: readonly string[]): Promise<number> {
  // The command is not ended because nobody reads what is said about it.
  for (const stream of [process.stdout, process.stderr]) stream.removeAllListeners("error").on("error", () => {})
  const keeper = new KeeperLink()
  try {
    return await withHold(context, wanted, (parts) => {
      const { kind } = wanted.request
      const env = {
        ...context.env,
        CONCLAVE_GRANT_KIND: kind,
        CONCLAVE_GRANT_NAME: wanted.name,
        CONCLAVE_GRANT_TOKEN: String(parts.held.token),
      }
      return runCommand({ ...parts, keeper, command, env })
    })
  } finally {
    keeper.close()
  }
}

interface Parts {
  readonly held: ClusterHold
  readonly driver: SessionDriver
  readonly signals: PassedSignals
}

/** Waits for the grant and gives it to `work`; a signal ends the wait. */
async function withHold(context: Context, wanted: Wanted, work: (parts: Parts) => Promise<number>): Promise<number> {
  const { given, output } = context
  const { request, name, options } = wanted
  const app = given.command?.[0] === undefined ? `conclave ${given.name}` : basename(given.command[0])
  const reconnector = new Reconnector(pathOf(context, "application"), app, NODE_PORTS)
  const driver = new SessionDriver(reconnector, { ttlMs: options.ttlMs })
  const hasCommand = given.command !== undefined
  const held = new ClusterHold(driver, request, new HoldLines(output, { kind: request.kind, name, hasCommand }))
  const signals = new PassedSignals()
  const cancel = new AbortController()
  void signals.end.then(() => cancel.abort())
  try {
    await grantedOrWhy(context, held, options.waitMs, cancel.signal)
    return await work({ held, driver, signals })
  } catch (error) {
    if (signals.first !== undefined && cancel.signal.reason === error) return exitCodeOf(signals.first)
    throw error
  } finally {
    await driver.close()
    reconnector.close()
    signals.close()
  }
}

/** Waits for the grant; where nothing is heard of it, people are told why. */
async function grantedOrWhy(context: Context, held: ClusterHold, waitMs: number, signal: AbortSignal): Promise<void> {
  const notice = new WaitNotice(context, { isHeard: () => held.isHeard, waitMs })
  try {
    await held.granted(waitMs, signal)
  } catch (error) {
    throw signal.aborted ? error : notice.failure(error)
  } finally {
    notice.close()
  }
}

/** A command's own exit codes begin where ours end, except for those that say what was wrong with the call. */
function beforeCommand(failure: Failure): Failure {
  const { code, exitCode, message, why, next, outcome, retryable, details } = failure
  if (code === "INVALID_ARGUMENT" || KEPT.has(exitCode)) return failure
  return new Failure(code, message, { exitCode: EXIT.notBegun, why, next, outcome, retryable, details })
}

const KEPT: ReadonlySet<number> = new Set([EXIT.notGranted, EXIT.cannotExecute, EXIT.commandNotFound])
