import { type Change, encodeCommand, type Move, planSteps, Roster } from "@conclave/consensus"
import { FilledState, poolName } from "./fill.ts"

/** Workers of a session each, at a tenth as many hosts, and items of one pool. */
export interface PlanningSize {
  readonly workers: number
  readonly items: number
}

export interface PlanningOutcome {
  /** All that one plan takes, with what is looked at for it. */
  readonly planMs: readonly number[]
  /** The longest piece of each plan between two of which a leader lets others run. */
  readonly pieceMs: readonly number[]
  /** The first plan of a leader, which knows no worker yet. */
  readonly firstMs: number
  readonly moves: number
}

/** Workers that a leader looks at between two looks at its clock. */
const REVIEWED = 64
/** Far more than it takes to make a pool even after one has joined. */
const PLANS_MAX = 50

/** Workers join one by one; after each the pool is planned until it is even, and what is asked back is handed back. */
export function planned({ workers, items }: PlanningSize, joins: number): PlanningOutcome {
  const planning = new Planning({ workers, items }, joins)
  planning.plan()
  const firstMs = planning.planMs.pop() ?? 0
  planning.pieceMs.pop()
  for (let at = 0; at < joins; at++) planning.join(at)
  const { planMs, pieceMs, moves } = planning
  return { planMs, pieceMs, firstMs, moves }
}

class Planning {
  readonly planMs: number[] = []
  readonly pieceMs: number[] = []
  moves = 0
  readonly #state: FilledState
  readonly #pool: string = poolName(0)
  readonly #roster: Roster = new Roster(this.#pool)
  readonly #workers: number

  constructor({ workers, items }: PlanningSize, joins: number) {
    this.#workers = workers
    const nothing = { answersEach: 0, locks: 0, pastHolders: 0, groups: 0, membersEach: 0 }
    const size = { hosts: Math.ceil(workers / 10), sessions: workers + joins, pools: 1, items, workersEach: workers }
    this.#state = new FilledState({ ...size, ...nothing })
  }

  join(at: number): void {
    this.#apply(encodeCommand(this.#state.acquire(this.#workers + at, "work", this.#pool, { id: `joined-${at}` })))
    for (let plans = 0; plans < PLANS_MAX; plans++) {
      const moves = this.plan()
      if (moves.length === 0) return
      this.#make(moves)
    }
  }

  plan(): readonly Move[] {
    const beginMs = performance.now()
    let longestMs = 0
    const piece = <Result>(act: () => Result): Result => {
      const atMs = performance.now()
      const result = act()
      longestMs = Math.max(longestMs, performance.now() - atMs)
      return result
    }
    const { machine } = this.#state
    while (piece(() => machine.review(this.#roster, REVIEWED)));
    const seen = piece(() => machine.planView(this.#pool, this.#roster))
    if (seen === undefined) return []
    const steps = planSteps(seen)
    for (;;) {
      const { value, done } = piece(() => steps.next())
      if (done !== true) continue
      this.planMs.push(performance.now() - beginMs)
      this.pieceMs.push(longestMs)
      this.moves += value.length
      return value
    }
  }

  #make(moves: readonly Move[]): void {
    this.#apply(encodeCommand({ kind: "workAssign", pool: this.#pool, moves }))
    for (const { item } of moves) {
      const { owner, state } = this.#state.machine.item(this.#pool, item) ?? {}
      if (owner === undefined || state !== "revoking") continue
      const request = this.#state.request(this.#state.indexOf(owner.session))
      const about = { request, pool: this.#pool, item, token: owner.token, message: undefined }
      this.#apply(encodeCommand({ kind: "workSettle", result: "released", ...about }))
    }
  }

  #apply(data: Uint8Array): void {
    const changes: readonly Change[] = this.#state.apply(data).changes
    for (const change of changes) this.#roster.changed(change)
  }
}
