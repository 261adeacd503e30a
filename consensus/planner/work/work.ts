import type { Move } from "../../machine/work/commands.ts"
import { MOVES_MAX } from "../../machine/work/limits.ts"
import { balance } from "./balance.ts"
import { Crew, hasRoom } from "./crew.ts"
import { fill } from "./fill.ts"
import type { Steps, WorkInput } from "./types.ts"

/** Of a pool's items so many may be on their way from one worker to another at once, at least one. */
const BUDGET_PERCENT = 5

/**
 * Who should have which item of a pool: asked by the leader when the pool has changed. Returns steps for the log; none
 * = all is as it should be, or as near to it as the workers allow.
 *
 * A pure function. Items stay where they are: a free one goes to the worker that it is meant for, else to the one with
 * the least that can bear it; one that is at work is moved where its pin says so, or where a worker has more than a
 * tenth above or below the average, each time making things more even, and never more than a few at once. Where too
 * many workers were lost together nothing is moved at all. The state machine tries each step against the state of its
 * own moment, so that a plan may be made in slices while the pool goes on.
 */
export function* planSteps(input: WorkInput): Steps<readonly Move[]> {
  const crew = new Crew(input.workers)
  yield
  const moves: Move[] = [...(yield* fill(crew, input, MOVES_MAX))]
  if (crew.hands.length === 0 || input.isBraked) return moves
  moves.push(...pinned(crew, input, MOVES_MAX - moves.length))
  yield
  // What is still free may make things even by itself.
  if (!input.isAll || moves.length === MOVES_MAX) return moves
  const budget = Math.max(1, Math.floor((input.items * BUDGET_PERCENT) / 100)) - input.underWay
  const left = Math.min(budget, MOVES_MAX - moves.length)
  if (left > 0) moves.push(...(yield* balance(crew, input, left)))
  return moves
}

/** All of them at once. */
export function planWork(input: WorkInput): readonly Move[] {
  const steps = planSteps(input)
  for (;;) {
    const { value, done } = steps.next()
    if (done === true) return value
  }
}

/** To the only worker that may have them, where it is here. */
function pinned(crew: Crew, { misplaced }: WorkInput, movesMax: number): readonly Move[] {
  const moves: Move[] = []
  for (const { item, token, weight, pin } of [...misplaced].sort((a, b) => a.token - b.token)) {
    const to = pin === undefined ? undefined : crew.byId(pin)
    if (moves.length >= movesMax || to === undefined || !hasRoom(to, weight, false)) continue
    to.incoming += weight
    moves.push({ item, token, to: { session: to.worker.session, seq: to.worker.seq }, reason: "pinned elsewhere" })
  }
  return moves
}
