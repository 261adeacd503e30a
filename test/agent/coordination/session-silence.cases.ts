import { Elapsed } from "conclave/coordination/elapsed"
import type { LocalSession } from "conclave/coordination/local-session"
import { SessionSilence } from "conclave/coordination/session-silence"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"

test("an application is overdue after one and a half heartbeats, and silent after its last promise and some more", (t) => {
  const clock = new FakeClock()
  const elapsed = new Elapsed(clock)
  const told: string[] = []
  const silence = new SessionSilence({
    clock,
    elapsed,
    ttlMs: 10_000,
    overdue: () => told.push(`overdue ${elapsed.now()}`),
    silent: (_session, isHeard) => told.push(`${isHeard ? "heard" : "silent"} ${elapsed.now()}`),
  })
  const pass = (ms: number): string[] => {
    for (let passed = 0; passed < ms; passed += 10) clock.advance(10)
    return told.splice(0)
  }
  const session = { ttlMs: 2000, promisedMs: 0 } as LocalSession
  const promise = (): void => {
    session.promisedMs = elapsed.now() + 1000
    silence.heard(session)
  }
  promise()
  t.same(pass(700), [])
  promise()
  t.same(pass(2000), ["overdue 1450", "overdue 1700", "silent 1920"])
  promise()
  for (let each = 0; each < 4; each++) {
    pass(300)
    silence.heard(session)
  }
  t.same(pass(1000), ["heard 3920"], "it spoke to the end, and no promise could be prolonged")
  promise()
  silence.forget(session)
  t.same(pass(3000), [])
  promise()
  silence.stop()
  t.same(pass(3000), [])
  t.end()
})
