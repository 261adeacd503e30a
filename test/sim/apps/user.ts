import type { Random } from "@conclave/base"
import type { Shown } from "../check/lines.ts"
import type { App } from "./app.ts"
import { Errand, type Wish } from "./errand.ts"
import type { Recorder } from "./recorder.ts"

/** Holds of one application at once. */
const ERRANDS_MAX = 3
const HASTE_MS = 12
const WAITS_MS = [0, 300, 2000, 8000, Number.POSITIVE_INFINITY]

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
}

/** What an application does with its life: asks for locks and leadership, works, and looks. */
export class User {
  readonly #options: UserOptions
  readonly #errands: Set<Errand> = new Set()
  #isOver = false

  constructor(options: UserOptions) {
    this.#options = options
    this.#goOn()
  }

  get isIdle(): boolean {
    return this.#errands.size === 0
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
    const { app, agent, recorder, random } = this.#options
    if (random.chance(1, 4)) return this.#look()
    if (this.#errands.size >= ERRANDS_MAX) return
    const onOver = (errand: Errand): void => void this.#errands.delete(errand)
    const errand = new Errand(this.#wish(), { app, agent, recorder, random, onOver })
    this.#errands.add(errand)
    errand.start()
  }

  #wish(): Wish {
    const { random, locks, elections, holdMs, isHasty } = this.#options
    if (random.chance(1, 6)) return this.#otherWish()
    const isElection = elections > 0 && random.chance(1, isHasty ? 2 : 4)
    const all = Array.from(
      { length: isElection ? elections : locks },
      (_, index) => `${isElection ? "e" : "l"}${index}`,
    )
    random.shuffle(all)
    return {
      kind: isElection ? "election" : "lock",
      names: all.slice(0, !isElection && random.chance(1, 6) ? 2 : 1),
      mode: !isElection && random.chance(1, 4) ? "shared" : "exclusive",
      waitMs: random.pick(WAITS_MS),
      priority: isElection ? random.below(3) : 0,
      maxHoldMs: random.chance(1, 12) ? 300 + random.below(3000) : undefined,
      lockDelayMs: !isElection && random.chance(1, 10) ? random.below(2000) : 0,
      weight: 1,
      cancelMs: this.#cancelMs(),
      holdMs: 1 + random.below(2 * holdMs),
      isHasty,
    }
  }

  /** A permit of the one semaphore, or a place in the one group. */
  #otherWish(): Wish {
    const { random, holdMs, isHasty } = this.#options
    const isPermit = random.chance(2, 3)
    return {
      kind: isPermit ? "semaphore" : "group",
      names: [isPermit ? "s0" : "g0"],
      mode: "exclusive",
      waitMs: random.pick(WAITS_MS),
      priority: 0,
      maxHoldMs: random.chance(1, 12) ? 300 + random.below(3000) : undefined,
      lockDelayMs: 0,
      weight: 1 + random.below(3),
      cancelMs: this.#cancelMs(),
      holdMs: 1 + random.below(2 * holdMs),
      isHasty,
    }
  }

  /** Hasty ones give up just as they are granted it. */
  #cancelMs(): number | undefined {
    const { random, isHasty } = this.#options
    if (isHasty && random.chance(1, 3)) return random.below(HASTE_MS)
    return random.chance(1, 4) ? random.below(1500) : undefined
  }

  /** A linearizable read. */
  #look(): void {
    const { app, agent, recorder, random, locks, elections } = this.#options
    const isElection = elections > 0 && random.chance(1, 2)
    const isOther = random.chance(1, 6)
    const other = random.chance(1, 2) ? (["semaphore", "s0"] as const) : (["group", "g0"] as const)
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
  }[]
  readonly waiters: readonly { readonly session: string; readonly seq: number | null }[]
}

function shown({ holders }: HoldJson): readonly Shown[] {
  return holders.map(({ session, seq, token, value }) => {
    return { s: session, seq: seq ?? 0, token, ...(typeof value === "string" ? { value } : {}) }
  })
}
