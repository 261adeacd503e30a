import { ConclaveError, type Json } from "@conclave/sdk"
import type { HeldItem } from "@conclave/sdk/held-item"
import { onAbort } from "@conclave/sdk/on-abort"
import type { SessionDriver } from "@conclave/sdk/session-driver"
import type { Failure } from "../terminal/failure.ts"
import { CLUSTER } from "./cluster-hold.ts"
import type { HoldLines } from "./hold-lines.ts"
import type { KeeperLink, KeptCommand } from "./keeper-link.ts"
import type { Ended } from "./keeper-words.ts"
import { limitsOf } from "./limits.ts"
import { BIND_MS, notBegun, TELLS } from "./run-command.ts"

export interface ItemsBy {
  readonly driver: SessionDriver
  readonly keeper: KeeperLink
  readonly lines: HoldLines
  readonly command: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
}

type Item = HeldItem<Json>

interface Settlement {
  readonly result: "done" | "released" | "failed"
  readonly message?: string
}

const RELEASED: Settlement = { result: "released" }

/** The command, run once for each assignment. */
export class ItemCommands {
  readonly #by: ItemsBy
  readonly #stop: AbortController
  /** Why no more of them can be run. */
  failure: Failure | undefined
  /** Not all that it had when it was to end was handed back. */
  hasLostAtEnd = false

  /** `stop` is aborted when no more can be run; who aborts it asks all to end. */
  constructor(by: ItemsBy, stop: AbortController) {
    this.#by = by
    this.#stop = stop
  }

  /** Resolves when nothing of the command runs any more, and what became of the item was said. */
  async run(item: Item): Promise<void> {
    const { token, rev, payload, checkpoint, attempt } = item
    this.#by.lines.say({ type: "assigned", item: item.item, token, rev, payload, checkpoint, attempt })
    const kept = this.#by.keeper.command()
    const forget = this.#heed(item, kept)
    try {
      const settlement = await this.#settlement(item, kept)
      if (!item.isOver) await this.#settle(item, settlement)
    } finally {
      for (const each of forget) each()
    }
  }

  /** Passes on what is wanted of it, as long as it is not said what became of it. */
  #heed(item: Item, kept: KeptCommand): readonly (() => void)[] {
    const { lines } = this.#by
    const named = { item: item.item, token: item.token }
    const asked = (): void => {
      const { by, reason, deadlineMs } = detailsOf(item.revoking.reason)
      const deadline = typeof deadlineMs === "number" ? { deadlineMs } : {}
      lines.say({ type: "revoking", ...named, by: String(by ?? CLUSTER), reason: String(reason), ...deadline })
      kept.limits(limitsOf(this.#by.driver, item.remainingMs()))
      kept.ask()
    }
    const lost = (): void => {
      if (detailsOf(item.signal.reason)["reason"] !== "released") this.#sayLost(item, item.signal.reason)
      kept.kill()
    }
    return [onAbort(item.revoking, asked), onAbort(item.signal, lost), onAbort(this.#stop.signal, () => kept.ask())]
  }

  async #settlement(item: Item, kept: KeptCommand): Promise<Settlement> {
    const { driver, command, env } = this.#by
    const limits = () => limitsOf(driver, item.remainingMs())
    kept.start({ command, env: environmentOf(item, env), stdin: `${JSON.stringify(item.payload)}\n` }, limits())
    const begun = await kept.begun
    if (begun.kind === "failed") {
      this.failure ??= notBegun(begun, command[0] ?? "")
      this.#stop.abort()
      return RELEASED
    }
    // Its keeper could be killed together with this process.
    driver.bind(begun.processGroup, { timeoutMs: BIND_MS }).catch(() => {})
    const timer = setInterval(() => kept.limits(limits()), driver.ttlMs / TELLS)
    const ended = await kept.ended
    clearInterval(timer)
    driver.unbind(begun.processGroup)
    return settlementOf(ended)
  }

  async #settle(item: Item, { result, message }: Settlement): Promise<void> {
    const { lines } = this.#by
    const named = { item: item.item, token: item.token }
    try {
      await item.settle(result, message, { timeoutMs: Number.POSITIVE_INFINITY })
      lines.say({ type: "settled", ...named, result, message })
    } catch (error) {
      if (!ConclaveError.is(error)) throw error
      // Lost meanwhile, with the session or without it: its next worker has it under another token.
      this.#sayLost(item, error)
    }
  }

  #sayLost({ item, token }: Item, error: unknown): void {
    this.hasLostAtEnd ||= this.#stop.signal.aborted
    this.#by.lines.say({ type: "lost", item, token, reason: String(detailsOf(error)["reason"] ?? "session-lost") })
  }
}

/** Who ends because it was asked to has not failed. */
function settlementOf({ code, signal, stop }: Ended): Settlement {
  if (code === 0) return { result: "done" }
  if (stop !== null) return RELEASED
  return { result: "failed", message: signal === null ? `exit code ${code}` : `signal ${signal}` }
}

function environmentOf(item: Item, env: ItemsBy["env"]): ItemsBy["env"] {
  return {
    ...env,
    CONCLAVE_GRANT_KIND: item.kind,
    CONCLAVE_GRANT_NAME: item.name,
    CONCLAVE_GRANT_TOKEN: String(item.token),
    CONCLAVE_WORK_ITEM: item.item,
  }
}

function detailsOf(reason: unknown): ConclaveError["details"] {
  return ConclaveError.is(reason) ? reason.details : {}
}
