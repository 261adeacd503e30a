import type { Random } from "@conclave/base"
import type { Failure } from "@conclave/sdk/session-core/types"
import type { Fleet } from "../fleet.ts"
import type { AppsPlan } from "../plan.ts"
import { SimProcess } from "../process.ts"
import { AppConnection } from "./app-connection.ts"
import type { Recorder } from "./recorder.ts"
import { drawTarget } from "./targets.ts"

/** Of agents' and applications' processes the numbers are lower. */
const PROCESS_BASE = 2_000_000
const GRACES_MS = [0, 0, 300, 2000]

export interface OperatorParts {
  readonly fleet: Fleet
  readonly recorder: Recorder
  readonly random: Random
  readonly plan: AppsPlan
  /** Between two acts, on the average. */
  readonly everyMs: number
  /** Sessions that live now. */
  readonly sessions: () => readonly string[]
}

/** Takes holds, items and sessions back, at any agent's admin socket, as `conclave revoke` does. */
export class Operator {
  readonly #parts: OperatorParts
  #acts = 0
  #isOver = false

  constructor(parts: OperatorParts) {
    this.#parts = parts
    this.#goOn()
  }

  stop(): void {
    this.#isOver = true
  }

  #goOn(): void {
    const { fleet, random, everyMs } = this.#parts
    fleet.world.after(1000 * (1 + random.below(2 * everyMs)), () => {
      if (this.#isOver) return
      this.#revoke()
      this.#goOn()
    })
  }

  #revoke(): void {
    const { fleet, recorder, random } = this.#parts
    const { machine } = random.pick(fleet.members)
    if (!machine.powered) return
    const life = `o.${++this.#acts}`
    const process = new SimProcess(fleet.world, PROCESS_BASE + this.#acts, { inboxMax: 0 })
    const { kind, name, token } = drawTarget({ ...this.#parts, sessions: this.#parts.sessions() })
    const graceMs = random.pick(GRACES_MS)
    // Unlike any other, so that holders who are told of it say by whom.
    const reason = life
    const about = { app: life, graceMs, reason, ...(token === undefined ? {} : { token }) }
    const op = recorder.invoke("revoke", `${kind}/${name}`, { life, agent: machine.name }, about)
    machine.admin.connect(process, (end) => {
      if (end === undefined) return recorder.end(op, "fail", { e: "AGENT_UNAVAILABLE" })
      const connection: AppConnection = new AppConnection(
        end,
        { protocol: 1, app: life, process: null },
        {
          open: () =>
            void connection.begin(
              "revoke",
              { kind, name, graceMs, reason, ...(token === undefined ? {} : { token }) },
              undefined,
              { event: () => {}, answer: (message) => this.#answered(op, message, connection) },
            ),
          goaway: () => {},
          closed: () => recorder.end(op, "info", { e: "AGENT_UNAVAILABLE" }),
        },
      )
    })
  }

  #answered(op: number, { out, error }: Readonly<Record<string, unknown>>, connection: AppConnection): void {
    const { recorder } = this.#parts
    if (error === undefined) {
      const { rev, revoked } = out as { readonly rev: string; readonly revoked: readonly string[] }
      recorder.end(op, "ok", { rev: Number(rev), r: { revoked } })
    } else {
      recorder.failed(op, error as Failure)
    }
    connection.close()
  }
}
