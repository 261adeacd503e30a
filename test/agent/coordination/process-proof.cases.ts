import type { LocalSession } from "conclave/coordination/local-session"
import { lookUntilGone, proveGone, UNRESOLVED } from "conclave/coordination/process-proof"
import type { FoundProcess } from "conclave/ports"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"

const GONE: FoundProcess = { isGone: (done) => done(true) }
const ALIVE: FoundProcess = { isGone: (done) => done(false) }

type Actors = Pick<LocalSession, "processes"> & { readonly groups?: LocalSession["groups"] }

function sessionOf({ processes, groups = new Map() }: Actors): LocalSession {
  return { processes, groups } as LocalSession
}

function proven(actors: Actors): boolean | undefined {
  let proven: boolean | undefined
  proveGone(sessionOf(actors), (isGone) => {
    proven = isGone
  })
  return proven
}

test("all that acts for a session is gone when each of it is proven to be, and of nothing nothing is proven", (t) => {
  t.equal(proven({ processes: [GONE], groups: new Map([[70, GONE]]) }), true)
  t.equal(proven({ processes: [GONE], groups: new Map([[70, ALIVE]]) }), false)
  t.equal(proven({ processes: [GONE], groups: new Map([[70, UNRESOLVED]]) }), false)
  t.equal(proven({ processes: [GONE, undefined] }), false)
  t.equal(proven({ processes: [] }), false)
  t.end()
})

test("it is looked at until it is gone; that the connection is lost counts when that takes long, or cannot be", (t) => {
  const clock = new FakeClock()
  const told: string[] = []
  const session = sessionOf({ processes: [UNRESOLVED] })
  const looks = { clock, isWanted: () => true, lost: () => told.push("lost"), gone: () => told.push("gone") }
  const pass = (ms: number): string[] => {
    for (let passed = 0; passed < ms; passed++) clock.advance(1)
    return told.splice(0)
  }
  lookUntilGone(session, looks)
  t.same(pass(50), [])
  t.same(pass(50), ["lost"])
  session.processes = [GONE]
  t.same(pass(500), ["gone"])
  t.same(pass(500), [])
  session.processes = [UNRESOLVED]
  lookUntilGone(session, looks)
  session.processes = [undefined]
  t.same(pass(500), ["lost"], "it was found that it cannot be found")
  lookUntilGone(session, looks)
  t.same(told, ["lost"])
  t.end()
})
