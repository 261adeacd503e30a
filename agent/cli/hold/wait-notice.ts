import type { RaftStatus } from "@conclave/sdk/wire.gen"
import { withAgent } from "../terminal/agent-link.ts"
import type { Context } from "../terminal/command.ts"
import { Failure, failureOf } from "../terminal/failure.ts"
import { NEXT_TO_FOUND } from "../unfounded.ts"

/** Whoever has a place in the queue hears of it within milliseconds: after so long of silence there is a reason. */
const SILENT_MS = 1000
const EVERY_MS = 2000

/** Why a wait cannot end for now, and what to do about it. */
export interface Obstacle {
  readonly why: string
  readonly next: string
}

/** While nothing is heard of a place in the queue, says once why: each reason that is found, on stderr. */
export class WaitNotice {
  readonly #context: Context
  readonly #isHeard: () => boolean
  #timer: NodeJS.Timeout | undefined
  #obstacle: Obstacle | undefined

  constructor(context: Context, { isHeard, waitMs }: { readonly isHeard: () => boolean; readonly waitMs: number }) {
    this.#context = context
    this.#isHeard = isHeard
    this.#look(Math.min(SILENT_MS, waitMs / 2))
  }

  /** The wait has failed: with why, where nothing was ever heard of it. */
  failure(error: unknown): unknown {
    const obstacle = this.#obstacle
    if (obstacle === undefined || this.#isHeard()) return error
    const { code, exitCode, message, outcome, retryable, details } = failureOf(error, this.#context.output.isVerbose)
    return new Failure(code, message, { exitCode, ...obstacle, outcome, retryable, details })
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #look(waitMs: number): void {
    this.#timer = setTimeout(() => void this.#ask(), waitMs)
  }

  async #ask(): Promise<void> {
    const found = this.#isHeard() ? undefined : await this.#find()
    // It was called off, or the answer was overtaken.
    if (this.#timer === undefined || this.#isHeard()) return
    if (found !== undefined && found.why !== this.#obstacle?.why) {
      const { output } = this.#context
      output.note(`conclave: waiting: ${found.why}`)
      output.note(`Next: ${found.next}`)
    }
    this.#obstacle = found
    this.#look(EVERY_MS)
  }

  async #find(): Promise<Obstacle | undefined> {
    try {
      return obstacleOf(await withAgent(this.#context, (link) => link.request("raft.status", {})))
    } catch (error) {
      const { message, next } = failureOf(error, false)
      return { why: message, next: next ?? "conclave status" }
    }
  }
}

/** Undefined: somebody leads. */
export function obstacleOf({ leader, term, items, quorum }: RaftStatus): Obstacle | undefined {
  if (leader !== null) return undefined
  if (term === 0n && items.length === 0) {
    return { why: "nobody leads, as this cluster is not founded yet", next: NEXT_TO_FOUND }
  }
  const voters = items.filter(({ role }) => role !== "learner")
  const up = voters.filter((each) => each.up).length
  const away = voters.filter((each) => !each.up).flatMap(({ name }) => name ?? [])
  const who = away.length === 0 ? "" : ` (not ${away.join(", ")})`
  const why = `nobody leads: ${up} of ${voters.length} voters are up, and ${quorum} are needed${who}`
  return { why, next: "conclave raft status" }
}
