import { assert } from "@conclave/base"
import type { ListedName, ListedSession, Listing, SessionId } from "@conclave/consensus"
import type { Caller, CoordinatedName } from "../api/coordination.ts"
import { type HoldJson, type HoldKind, isHoldKind, type SessionJson } from "../api/hold-objects.ts"
import { mayTouch, type Principal } from "../api/principal.ts"
import { atRev, isProblem, type Problem, problem } from "../api/problem.ts"
import type { OpInput, OpOutput } from "../api/schema.ts"
import type { StateView } from "./cluster.ts"
import { holdSteps, listedHold, sessionJson } from "./hold-json.ts"
import { ageOf, inOneStep, type ReadBy, readListing, readState, type Steps } from "./reads.ts"
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
      const list = (state: StateView) => state.listName(kind, name)
      readListing(by, { caller, isStale: stale === true, list }, writeHold(kind, time), (listed) => {
        if (isProblem(listed)) return done(listed)
        const [item] = listed.items
        assert(item !== undefined, "a name is told of, free or not")
        done({ ...item, ...ageOf(listed.ageMs) })
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
        writeHold(kind, time),
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
        inOneStep((listed) => sessionFor(caller.principal, listed)),
        done,
      )
    },
  }
}

/** A name may have thousands of places, and there may be thousands of names. */
function writeHold(kind: HoldKind, time: ReplicatedTime) {
  return function* (listed: ListedName, { rev }: Listing<ListedName>): Steps<HoldJson> {
    yield
    return yield* holdSteps(listedHold(kind, listed, rev), time)
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
