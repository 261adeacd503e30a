import { basename } from "node:path"
import { ConclaveError } from "@conclave/sdk"
import { NODE_PORTS } from "@conclave/sdk/node-ports"
import { Reconnector } from "@conclave/sdk/reconnector"
import type { HoldRequest } from "@conclave/sdk/session-core/types"
import { SessionDriver } from "@conclave/sdk/session-driver"
import { isFinal, work } from "@conclave/sdk/worker"
import { HoldLines } from "./hold/hold-lines.ts"
import { countOf } from "./hold/hold-options.ts"
import { ItemCommands } from "./hold/item-commands.ts"
import { tellJeopardy } from "./hold/jeopardy.ts"
import { KeeperLink } from "./hold/keeper-link.ts"
import { PassedSignals } from "./hold/passed-signals.ts"
import { BIND_MS } from "./hold/run-command.ts"
import { WaitNotice } from "./hold/wait-notice.ts"
import { pathOf, withAgent } from "./terminal/agent-link.ts"
import { nextHelp } from "./terminal/arguments.ts"
import type { Context, Given } from "./terminal/command.ts"
import { EXIT, Failure, usageError } from "./terminal/failure.ts"

const RETRY_MS = 200

/** `work run NAME -- CMD…`: a worker that runs a command for each item that it is given, until a signal. */
export async function workRun(context: Context): Promise<number> {
  const { given } = context
  const { command } = given
  if (command === undefined) throw usageError("work run needs a command after --", nextHelp(given))
  const request = requestOf(given)
  // Why there is no agent is said at once; one that is away later is waited for.
  await withAgent(context, async () => {})
  // No command is ended because nobody reads what is said about it.
  for (const stream of [process.stdout, process.stderr]) stream.removeAllListeners("error").on("error", () => {})
  const worker = new Worker(context, request, command)
  try {
    return await worker.run()
  } finally {
    await worker.close()
  }
}

function requestOf(given: Given): HoldRequest {
  const [name = ""] = given.args
  const id = given.flags.get("id")?.[0]
  const capacity = countOf(given, "capacity")
  const zone = given.flags.get("zone")?.[0]
  return {
    kind: "work",
    name,
    ...(id === undefined ? {} : { id }),
    ...(capacity === undefined ? {} : { capacity }),
    ...(zone === undefined ? {} : { zone }),
  }
}

class Worker {
  readonly #context: Context
  readonly #request: HoldRequest
  readonly #reconnector: Reconnector
  readonly #driver: SessionDriver
  readonly #lines: HoldLines
  readonly #keeper: KeeperLink = new KeeperLink()
  readonly #signals: PassedSignals = new PassedSignals()
  readonly #stop: AbortController = new AbortController()
  readonly #commands: ItemCommands
  #isJoined = false
  #end: string | undefined
  #releasedAt: bigint | undefined

  constructor(context: Context, request: HoldRequest, command: readonly string[]) {
    this.#context = context
    this.#request = request
    const app = basename(command[0] ?? "")
    this.#reconnector = new Reconnector(pathOf(context, "application"), app, NODE_PORTS)
    const driver = new SessionDriver(this.#reconnector, {})
    this.#driver = driver
    this.#lines = new HoldLines(context.output, { kind: "work", name: request.name, hasCommand: true })
    const by = { driver, keeper: this.#keeper, lines: this.#lines, command, env: context.env }
    this.#commands = new ItemCommands(by, this.#stop)
    tellJeopardy(driver, this.#lines, () => this.#isJoined)
    void this.#signals.end.then(() => this.#stop.abort())
  }

  /** 122 where what it had was not handed back but lost. */
  async run(): Promise<number> {
    const { signal } = this.#stop
    let isHandedBack = true
    while (!signal.aborted && !isFinal(this.#end ?? "")) isHandedBack = await this.#join()
    if (this.#commands.failure !== undefined) throw this.#commands.failure
    return isHandedBack && !this.#commands.hasLostAtEnd ? EXIT.ok : EXIT.lost
  }

  async close(): Promise<void> {
    await this.#driver.close()
    this.#reconnector.close()
    this.#keeper.close()
    this.#signals.close()
  }

  /** One life as a worker; true where it has had nothing, or has handed back all. */
  async #join(): Promise<boolean> {
    const { signal } = this.#stop
    const notice = new WaitNotice(this.#context, { isHeard: () => this.#isJoined, waitMs: Number.POSITIVE_INFINITY })
    try {
      // From here on this process may be killed at any time: the items wait for the keeper, and the keeper for the
      // commands.
      if (!(await this.#isBound())) return true
      const fn = this.#commands.run.bind(this.#commands)
      const reason = await work(this.#driver, this.#request, { fn, signal, heard: this.#heard() })
      // What became of the last items is said before it.
      if (this.#releasedAt !== undefined) this.#lines.say({ type: "released", rev: this.#releasedAt })
      return signal.aborted && reason === "released"
    } catch (error) {
      throw notice.failure(error)
    } finally {
      notice.close()
    }
  }

  #heard(): Parameters<typeof work>[2]["heard"] & object {
    return {
      granted: (token, rev) => {
        this.#isJoined = true
        const validForMs = Math.floor(this.#driver.session.remainingMs)
        this.#lines.say({ type: "granted", token, rev, validForMs })
      },
      lost: (token, reason, rev) => {
        this.#isJoined = false
        this.#end = reason
        if (reason === "released") this.#releasedAt = rev ?? 0n
        else this.#lines.say({ type: "lost", token, reason })
      },
    }
  }

  /** The session knows the keeper: each new one is told anew. False: not yet, or not any more. */
  async #isBound(): Promise<boolean> {
    const { processGroup } = this.#keeper
    if (processGroup === undefined) throw new Failure("INTERNAL", "no process could be started beside the commands")
    try {
      await this.#driver.bind(processGroup, { timeoutMs: BIND_MS, signal: this.#stop.signal })
      return true
    } catch (error) {
      if (this.#stop.signal.aborted) return false
      if (!ConclaveError.is(error) || !(error.retryable || error.code === "SESSION_LOST")) throw error
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
      return false
    }
  }
}
