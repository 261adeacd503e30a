import type { Failure } from "@conclave/sdk/session-core/types"
import type { Operation } from "../check/lines.ts"
import type { Recorder } from "./recorder.ts"

const SESSION_OPS: ReadonlySet<string> = new Set(["session.open", "session.attach", "session.close", "heartbeat"])

/** The operations by which a session lives, as an application sends them and hears of them. */
export class SessionLines {
  readonly #recorder: Recorder
  readonly #by: { readonly life: string; readonly agent: string }
  readonly #untilUs: () => number | undefined
  readonly #open: Set<number> = new Set()

  constructor(
    recorder: Recorder,
    by: { readonly life: string; readonly agent: string },
    untilUs: () => number | undefined,
  ) {
    this.#recorder = recorder
    this.#by = by
    this.#untilUs = untilUs
  }

  /** A frame leaves; the result takes its answer, after the session has. */
  sent(op: string, session: string | null, ttlMs: number): (out: unknown, failure: Failure | undefined) => void {
    if (!SESSION_OPS.has(op)) return () => {}
    const known = session === null || op === "session.open" ? {} : { s: session }
    const input = { app: this.#by.life, ttlMs, ...known }
    const invoked = this.#recorder.invoke(op as Operation, `session/${known.s ?? ""}`, this.#by, input)
    this.#open.add(invoked)
    return (out, failure) => {
      this.#open.delete(invoked)
      if (failure !== undefined) {
        this.#recorder.failed(invoked, failure)
        return
      }
      const { id, validForMs } = out as { readonly id?: string; readonly validForMs?: number }
      const s = id ?? session ?? ""
      const until = this.#untilUs()
      const promise = validForMs === undefined ? {} : { validForMs }
      this.#recorder.end(invoked, "ok", { r: { s, ...promise, ...(until === undefined ? {} : { until }) } })
    }
  }

  disconnected(): void {
    for (const op of this.#open) this.#recorder.end(op, "info", { e: "AGENT_UNAVAILABLE" })
    this.#open.clear()
  }
}
