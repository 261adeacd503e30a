import type { Millis } from "@conclave/base"
import type { Clock, FoundProcess } from "../ports.ts"
import type { LocalSession } from "./local-session.ts"

/**
 * Pauses between looks at the processes of a session that lost its connection; the last one is repeated. A killed
 * process closes its sockets before it is gone, and on a busy machine tens of milliseconds lie between: others wait for
 * its locks, and a look costs as much as a few frames.
 */
const LOOKS_MS = [0, 2, 3, 5, 5, 10, 10, 10, 10, 10, 15, 20, 20, 40, 80, 160, 250]
/** After so many looks at living processes the loss of the connection counts as such. */
const LOOKS_BEFORE_LOSS = 11

/** What is being looked for: that it is gone is not proven. */
export const UNRESOLVED: FoundProcess = { isGone: (done) => done(false) }

export interface Looks {
  readonly clock: Clock
  /** Asked after each look: whether anybody still wants to know. */
  readonly isWanted: () => boolean
  /** It cannot be proven, or not soon: the time to live decides, unless the proof comes first. */
  readonly lost: () => void
  readonly gone: () => void
}

/** Looks at all that acts for a session until it is provably gone. */
export function lookUntilGone(session: LocalSession, { clock, isWanted, lost, gone }: Looks): void {
  let looks = 0
  let isLost = false
  const lose = (): void => {
    if (!isLost) lost()
    isLost = true
  }
  const next = (): void => {
    // Of what was still being looked for when the connection was lost, too.
    if (!isProvable(session)) return lose()
    if (looks === LOOKS_BEFORE_LOSS) lose()
    const pauseMs = LOOKS_MS[Math.min(looks, LOOKS_MS.length - 1)] ?? 0
    looks++
    alarm.set((clock.now() + pauseMs) as Millis)
  }
  const alarm = clock.alarm(() =>
    proveGone(session, (isGone) => {
      if (!isWanted()) return
      if (isGone) gone()
      else next()
    }),
  )
  next()
}

/** One look. False: one of them lives, or its end could not be proven. */
export function proveGone(session: LocalSession, done: (isGone: boolean) => void): void {
  if (isProvable(session)) areGone(actorsOf(session), done)
  else done(false)
}

function isProvable(session: LocalSession): boolean {
  const actors = actorsOf(session)
  return actors.length > 0 && !actors.includes(undefined)
}

function actorsOf({ processes, groups }: LocalSession): readonly (FoundProcess | undefined)[] {
  return [...processes, ...groups.values()]
}

function areGone(actors: readonly (FoundProcess | undefined)[], done: (areGone: boolean) => void): void {
  const [first, ...others] = actors
  if (first === undefined) return done(true)
  first.isGone((isGone) => {
    if (isGone) areGone(others, done)
    else done(false)
  })
}
