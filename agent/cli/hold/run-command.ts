import { ConclaveError } from "@conclave/sdk"
import type { SessionDriver } from "@conclave/sdk/session-driver"
import { EXIT, Failure } from "../terminal/failure.ts"
import type { ClusterHold } from "./cluster-hold.ts"
import type { KeeperLink } from "./keeper-link.ts"
import type { Begun, Ended } from "./keeper-words.ts"
import { exitCodeOf, type PassedSignals } from "./passed-signals.ts"

export const BIND_MS = 5000
/** Renewals are told to the keeper so often within a time to live. */
export const TELLS = 20
/** Beyond its deadline a release has so long to be heard of. */
const RELEASE_SLACK_MS = 1000

export interface Run {
  readonly held: ClusterHold
  readonly driver: SessionDriver
  readonly signals: PassedSignals
  readonly keeper: KeeperLink
  readonly command: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Runs the command under a grant and releases the grant when nothing of the command runs any more. */
export async function runCommand(run: Run): Promise<number> {
  const { held, driver, signals, keeper, command, env } = run
  const { processGroup } = keeper
  if (processGroup === undefined) throw new Failure("INTERNAL", "no process could be started beside the command")
  // From here on this process may be killed at any time: the grant waits for the keeper, and the keeper for the
  // command.
  await Promise.race([driver.bind(processGroup, { timeoutMs: BIND_MS }), held.over])
  if (held.isLost) return EXIT.lost
  if (signals.first !== undefined) {
    await held.release(BIND_MS)
    return exitCodeOf(signals.first)
  }
  const kept = keeper.command()
  signals.passTo((signal) => kept.signal(signal))
  held.onAsked = () => kept.ask()
  kept.onStopping = () => held.sayStopping()
  void held.over.then(() => kept.kill())
  kept.start({ command, env }, held.limits())
  const begun = await kept.begun
  if (begun.kind === "failed") {
    await held.release(BIND_MS)
    throw notBegun(begun, command[0] ?? "")
  }
  // The keeper could be killed as well.
  driver.bind(begun.processGroup, { timeoutMs: BIND_MS }).catch(() => {})
  const timer = setInterval(() => kept.limits(held.limits()), held.ttlMs / TELLS)
  const ended = await kept.ended
  clearInterval(timer)
  return await afterCommand(held, ended)
}

/**
 * 122 where the command was stopped for the sake of the grant: it was lost, or its longest time was over, or somebody
 * asked for it; and where the release finds that the grant was lost before. A command that ended by itself, also after
 * it was asked to, has else done its work under the grant.
 */
async function afterCommand(held: ClusterHold, ended: Ended): Promise<number> {
  if (held.isLost) return EXIT.lost
  try {
    await held.release(held.remainingMs + RELEASE_SLACK_MS)
  } catch (error) {
    if (ended.stop !== null || ConclaveError.is(error, "GRANT_LOST")) return EXIT.lost
  }
  if (ended.stop === "kill") return EXIT.lost
  if (ended.signal === null) return ended.code ?? EXIT.bug
  return ended.stop === null ? exitCodeOf(ended.signal) : EXIT.lost
}

/** Why a command could not be started. */
export function notBegun({ code, message }: Begun & { readonly kind: "failed" }, file: string): Failure {
  if (code === "ENOENT") {
    const why = "There is no such program, or no interpreter for it."
    return new Failure("NOT_FOUND", `${file} was not found`, { exitCode: EXIT.commandNotFound, why, next: NEXT })
  }
  const exitCode = code === "EKEEPER" ? EXIT.notBegun : EXIT.cannotExecute
  return new Failure("PERMISSION_DENIED", `${file} cannot be executed`, { exitCode, why: `${message}.`, next: NEXT })
}

const NEXT = "the command itself, without conclave before it"
