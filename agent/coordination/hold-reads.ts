import type { ListedSession, SessionId } from "@conclave/consensus"
import type { Caller, CoordinatedName } from "../api/coordination.ts"
import { isHoldKind, type SessionJson } from "../api/hold-objects.ts"
import { mayTouch, type Principal } from "../api/principal.ts"
import { atRev, isProblem, type Problem, problem } from "../api/problem.ts"
import type { OpInput, OpOutput } from "../api/schema.ts"
import { inSlices } from "../slices.ts"
import { capture, holdJson, holdSteps, listedHold, sessionJson } from "./hold-json.ts"
import { ageOf, type ReadBy, readListing, readState } from "./reads.ts"
import { noKind } from "./refusals.ts"
import type { ReplicatedTime } from "./replicated-time.ts"

export type ReadName = Extract<CoordinatedName, "hold.get" | "hold.list" | "sessions.get" | "sessions.list">

type HoldReads = {
  readonly [Name in ReadName]: (
    input: OpInput<Name>,
    caller: Caller,
    done: (result: OpOutput<Name> | Problem) => void,
  ) => void
}

/** Who holds and who waits, as the API asks for it. */
export function holdReads(by: ReadBy, time: ReplicatedTime): HoldReads {
  return {
    "hold.get": ({ kind, name, stale }, caller, done) => {
      if (!isHoldKind(kind)) return done(noKind(kind))
      readState(by, caller, stale === true, (state, ageMs) => {
        if (isProblem(state)) return done(state)
        const steps = holdSteps(capture(state, kind, name), time)
        inSlices(by.clock, () => {
          const { value, done: isDone } = steps.next()
          if (isDone === true) done({ ...value, ...ageOf(ageMs) })
          return isDone === true
        })
      })
    },
    "hold.list": ({ kind, prefix = "", stale }, caller, done) => {
      if (!isHoldKind(kind)) return done(noKind(kind))
      readListing(
        by,
        {
          caller,
          isStale: stale === true,
          list: (state) => state.listNames(kind, prefix),
          isShown: ({ name }) => mayTouch(caller.principal, name),
        },
        (listed, { rev }) => holdJson(listedHold(kind, listed, rev), time),
        done,
      )
    },
    "sessions.get": ({ id, stale }, caller, done) => {
      readState(by, caller, stale === true, (state, ageMs) => {
        if (isProblem(state)) return done(state)
        const session = state.session(id as SessionId)
        if (session === undefined) return done(atRev(noSession(id), state.rev))
        const remainingMs = Math.max(0, state.expiresAtMs(session) - state.timeMs)
        const item = sessionFor(caller.principal, { session, holds: state.holdsOf(session.id), remainingMs })
        done({ ...item, rev: String(state.rev), ...ageOf(ageMs) })
      })
    },
    "sessions.list": ({ stale }, caller, done) => {
      readListing(
        by,
        { caller, isStale: stale === true, list: (state) => state.listSessions() },
        (listed) => sessionFor(caller.principal, listed),
        done,
      )
    },
  }
}

/** Who is there everybody may know; under which names, only whose names they are. */
function sessionFor(principal: Principal, listed: ListedSession): SessionJson {
  const { grants, waits, ...session } = sessionJson(listed)
  const isShown = ({ name }: { readonly name: string }): boolean => mayTouch(principal, name)
  return { ...session, grants: grants.filter(isShown), waits: waits.filter(isShown) }
}

function noSession(id: string): Problem {
  return problem("NOT_FOUND", `there is no session ${id}`, { hint: "conclave sessions", details: { id } })
}
