import type { Random } from "@conclave/base"
import type { Shown } from "../check/lines.ts"
import type { App } from "./app.ts"
import { Errand, type ErrandParts } from "./errand.ts"
import { PERMITS, Permits } from "./permits.ts"
import type { Recorder } from "./recorder.ts"
import { drawWish } from "./wishes.ts"

/** Holds of one application at once. */
const ERRANDS_MAX = 3
/** One act of so many changes what the one semaphore holds. */
const RESIZES = 10

export interface UserOptions {
  readonly app: App
  readonly agent: string
  readonly recorder: Recorder
  readonly random: Random
  readonly locks: number
  readonly elections: number
  readonly actMs: number
  readonly holdMs: number
  readonly isHasty: boolean
  /** Of members; 0 = they name none. */
  readonly ids: number
  readonly hasResizes: boolean
}

/** What an application does with its life: asks for locks and leadership, works, and looks. */
export class User {
  readonly #options: UserOptions
  readonly #errands: Set<Errand> = new Set()
  readonly #permits: Permits
  #isOver = false

  constructor(options: UserOptions) {
    this.#options = options
    this.#permits = new Permits(options)
    this.#goOn()
  }

  get isIdle(): boolean {
    return this.#errands.size === 0 && this.#permits.isIdle
  }

  /** Work under everything that is held, at a bad moment. */
  work(): void {
    for (const errand of this.#errands) errand.work()
  }

  /** Gives everything back, and asks for nothing more. */
  stop(): void {
    this.#isOver = true
    for (const errand of [...this.#errands]) errand.stop()
  }

  #goOn(): void {
    const { app, random, actMs } = this.#options
    app.after(1 + random.below(2 * actMs), () => {
      if (this.#isOver) return
      this.#act()
      this.#goOn()
    })
  }

  #act(): void {
    const { app, agent, recorder, random, hasResizes } = this.#options
    if (random.chance(1, 4)) return this.#look()
    if (hasResizes && random.chance(1, RESIZES)) return this.#permits.resize()
    if (this.#errands.size >= ERRANDS_MAX) return
    const onOver: ErrandParts["onOver"] = (over, failure) => {
      this.#errands.delete(over)
      if (failure !== undefined && over.wish.kind === "semaphore") this.#permits.refused(failure)
    }
    const wish = drawWish({ ...this.#options, limit: this.#permits.limit })
    const errand = new Errand(wish, { app, agent, recorder, random, onOver })
    this.#errands.add(errand)
    errand.start()
  }

  /** A linearizable read. */
  #look(): void {
    const { app, agent, recorder, random, locks, elections } = this.#options
    const isElection = elections > 0 && random.chance(1, 2)
    const isOther = random.chance(1, 6)
    const other = random.chance(1, 2) ? (["semaphore", PERMITS] as const) : (["group", "g0"] as const)
    const usual = isElection
      ? (["election", `e${random.below(elections)}`] as const)
      : (["lock", `l${random.below(locks)}`] as const)
    const [kind, name] = isOther ? other : usual
    const op = recorder.invoke("hold.get", `${kind}/${name}`, { life: app.life, agent }, { app: app.life })
    const isAsked = app.ask(
      "hold.get",
      { kind, name },
      {
        event: () => {},
        answer: ({ out, error }) => {
          if (error === undefined) {
            const hold = out as HoldJson
            const waiters = hold.waiters.map(({ session, seq }) => ({ s: session, seq: seq ?? 0 }))
            return recorder.end(op, "ok", { rev: Number(hold.rev), r: { holders: shown(hold), waiters } })
          }
          const { code, outcome } = error as { readonly code: string; readonly outcome: string }
          recorder.end(op, outcome === "unknown" ? "info" : "fail", { e: code })
        },
      },
    )
    if (!isAsked) recorder.end(op, "fail", { e: "AGENT_UNAVAILABLE" })
  }
}

interface HoldJson {
  readonly name: string
  readonly rev: string
  readonly holders: readonly {
    readonly session: string
    readonly seq: number | null
    readonly token: string
    readonly value?: unknown
    readonly id?: string
    readonly ready?: boolean
  }[]
  readonly waiters: readonly { readonly session: string; readonly seq: number | null }[]
}

function shown({ holders }: HoldJson): readonly Shown[] {
  return holders.map(({ session, seq, token, value, id, ready }) => {
    const member = id === undefined || ready === undefined ? {} : { id, ready }
    return { s: session, seq: seq ?? 0, token, ...(typeof value === "string" ? { value } : {}), ...member }
  })
}
