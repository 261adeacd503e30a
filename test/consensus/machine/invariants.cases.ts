import type { Hold, Session, Token } from "@conclave/consensus"
import { NO_FIGURES } from "@conclave/consensus/machine/figures"
import { stateProblems } from "@conclave/consensus/machine/invariants"
import { MACHINE_LIMITS, type MachineLimits } from "@conclave/consensus/machine/limits"
import { State } from "@conclave/consensus/machine/state"
import type { Entry } from "@conclave/consensus/machine/types"
import { test } from "tap"
import { holdOf } from "./hold-of.ts"
import { hostId, secretOf, sessionId, TTL_MS } from "./stage.ts"

const session: Session = {
  id: sessionId(1),
  host: hostId(1),
  secretHash: secretOf(sessionId(1)),
  ttlMs: TTL_MS,
  liveness: "heartbeat",
  member: "m",
  app: "",
  pid: undefined,
  openedAtMs: 0,
  boot: 1,
  attachment: 1,
  detachedUntilMs: undefined,
  revoking: undefined,
}
const hold: Hold = holdOf({ session: session.id, weight: 10_000, token: 1 as Token })
const name = {
  kind: "lock",
  name: "a",
  limit: 10_000,
  quietUntilMs: 0,
  askedAtMs: undefined,
  freedAt: undefined,
  history: [],
  figures: NO_FIGURES,
} as const

/** One session that holds the lock `a`, and what was done to that. */
function problemsOf(spoil: (state: State) => void, limits: Partial<MachineLimits> = {}): string {
  const state = new State({ ...MACHINE_LIMITS, ...limits })
  state.meta = { ...state.meta, token: 1, order: 2 }
  state.putHost({ id: session.host, boot: 1, renewedAtMs: 0, isBraked: false })
  state.putSession(session)
  state.dues.set("session", session.id, TTL_MS)
  state.putName(name)
  state.putHold(hold)
  spoil(state)
  return stateProblems(state).join("; ")
}

test("a sound state has no problems", (t) => {
  t.equal(
    problemsOf(() => {}),
    "",
  )
  t.end()
})

test("what must not be is seen", (t) => {
  const time = (timeMs: number) => (state: State) => {
    state.meta = { ...state.meta, timeMs }
  }
  const waiting = { ...hold, seq: 2, order: 2, token: undefined }
  const spoilt: readonly (readonly [RegExp, (state: State) => void])[] = [
    [/held 20000 times/, (state) => state.putHold({ ...hold, seq: 2, order: 2, token: 2 as Token })],
    [/a token that is not its own/, (state) => state.putHold({ ...hold, token: 2 as Token })],
    [/a place that is not its own/, (state) => state.putHold({ ...hold, seq: 2, names: ["b"] })],
    [/a place that is not its own/, (state) => state.putHold({ ...waiting, order: 3 })],
    [/kept from its first waiter/, (state) => state.putHold({ ...hold, token: undefined })],
    [/should have expired/, time(TTL_MS)],
    [
      /is overdue/,
      (state) => {
        state.putHold({ ...waiting, waitUntilMs: 5 })
        time(5)(state)
      },
    ],
    [
      /holds too long/,
      (state) => {
        state.putHold({ ...hold, maxHoldMs: 5 })
        time(5)(state)
      },
    ],
    [/has no session/, (state) => state.putHold({ ...waiting, session: sessionId(2) })],
    [
      /lives and has a verdict/,
      (state) => {
        const result = { kind: "ended", how: "released", token: undefined, rev: 1 } as const
        state.addAnswer(session.id, { seq: 1, result })
      },
    ],
    [
      /which was forgotten/,
      (state) => {
        state.addAnswer(session.id, { seq: 3, result: { kind: "written", rev: 1 } })
        state.raiseFloor(session.id, 4)
      },
    ],
    [/which is over/, (state) => state.addAnswer(sessionId(2), { seq: 1, result: { kind: "written", rev: 1 } })],
    [/is free and has holds/, (state) => state.putName({ ...name, freedAt: 1 })],
    [/is of no use/, (state) => state.putName({ ...name, name: "b" })],
    [/another time than it wants/, (state) => state.putName({ ...name, quietUntilMs: 9 })],
    [/a limit of/, (state) => state.putName({ ...name, limit: 20_000 })],
    [/has no host/, (state) => state.hosts.delete(session.host)],
    [/has no session/, (state) => state.putHost({ id: hostId(2), boot: 1, renewedAtMs: 0, isBraked: false })],
    [/lives and is over/, (state) => state.putEnded({ id: session.id, cause: "closed", endedAtMs: 0 })],
    [/of a boot to come/, (state) => state.putSession({ ...session, boot: 2 })],
    [/is due at/, (state) => state.dues.set("session", session.id, TTL_MS + 1)],
    [/is not known/, (state) => state.dropName("lock/a")],
  ]
  for (const [problem, spoil] of spoilt) t.match(problemsOf(spoil), problem)
  t.end()
})

const answerOf = (seq: number) => ({ seq, result: { kind: "written", rev: 1 } }) as const
const PAST = {
  token: 1 as Token,
  member: "m",
  app: "",
  sinceMs: 0,
  untilMs: 0,
  reason: "released",
  revoked: undefined,
} as const
const anotherHold = (more: Partial<Hold>) => (state: State) => state.putHold({ ...hold, seq: 2, order: 2, ...more })
const SPOILT_LISTS: readonly (readonly [RegExp, (state: State) => void, Partial<MachineLimits>?])[] = [
  [/is held by others too/, anotherHold({ mode: "shared", weight: 0, token: 2 as Token })],
  [/has too many holds/, anotherHold({ token: undefined }), { holdsOfName: 1 }],
  [/has figures that cannot be/, (state) => state.putName({ ...name, history: [PAST] })],
  [/has figures that cannot be/, (state) => state.putName({ ...name, figures: { ...NO_FIGURES, lost: 1 } })],
  [/remembers too much/, (state) => state.putName({ ...name, history: Array.from({ length: 33 }, () => PAST) })],
  [
    /has too many answers/,
    (state) => {
      for (const seq of [3, 4]) state.addAnswer(session.id, answerOf(seq))
    },
    { answers: 1 },
  ],
  [
    /has a queue out of order/,
    (state) => {
      const first = { ...hold, seq: 2, order: 2, token: undefined }
      state.putHold(first)
      anotherHold({ seq: 3, order: 3, token: undefined })(state)
      Object.assign(first, { order: 4 })
    },
  ],
  [
    /is not found by its token/,
    (state) => {
      const other = { ...hold, seq: 2, names: ["b"], order: 2, token: 2 as Token }
      state.putHold(other)
      Object.assign(other, { token: 3 as Token })
    },
  ],
  [
    /is not of its host/,
    (state) => {
      const other = { ...session, id: sessionId(2) }
      state.putHost({ id: hostId(2), boot: 1, renewedAtMs: 0, isBraked: false })
      state.putSession(other)
      Object.assign(other, { host: hostId(2) })
    },
  ],
  [
    /is not of its session/,
    (state) => {
      const other = { ...hold, seq: 2, names: ["b"], order: 2, token: undefined }
      state.putHold(other)
      Object.assign(other, { session: sessionId(2) })
    },
  ],
  [
    /does not stand in its queue/,
    (state) => {
      const other = { ...hold, seq: 2, order: 2, token: undefined }
      state.putHold(other)
      Object.assign(other, { token: 2 as Token })
    },
  ],
  [
    /answered twice at 3/,
    (state) => {
      for (const seq of [3, 3]) state.addAnswer(session.id, answerOf(seq))
    },
  ],
  [
    /is free and is not/,
    (state) => {
      state.putName({ ...name, name: "b", freedAt: 1 })
      state.freed.clear("lock/b")
    },
  ],
  [
    /what is due at 7 was not done by 8/,
    (state) => {
      state.dues.set("ended", sessionId(3), 7)
      state.meta = { ...state.meta, timeMs: 8 }
    },
  ],
]

test("so is what the lists beside the records say otherwise", (t) => {
  for (const [problem, spoil, limits] of SPOILT_LISTS) t.match(problemsOf(spoil, limits), problem)
  t.end()
})

test("so is what only some kinds of holds can be", (t) => {
  const other = (kind: Hold["kind"], more: Partial<Hold>): Hold => {
    return { ...hold, seq: 2, order: 2, kind, weight: 1, token: undefined, ...more }
  }
  const queue = (kind: Hold["kind"], limit: number, ...holds: readonly Partial<Hold>[]) => {
    return (state: State) => {
      state.meta = { ...state.meta, token: 9, order: 9 }
      state.putName({ ...name, kind, limit })
      for (const more of holds) state.putHold(other(kind, more))
    }
  }
  const member = { seq: 3, order: 3, id: "m" }
  const spoilt: readonly (readonly [RegExp, (state: State) => void])[] = [
    [/barrier\/a is held, and nobody can/, queue("barrier", 2, { token: 2 as Token })],
    [
      /semaphore\/a is waited for in vain/,
      queue("semaphore", 2, { token: 2 as Token, weight: 2 }, { ...member, weight: 3 }),
    ],
    [/semaphore\/a has a limit of 0/, queue("semaphore", 0, { token: 2 as Token })],
    [/semaphore\/a is kept from its first waiter/, queue("semaphore", 2, { weight: 2 })],
    [/has an id, or none/, queue("group", 10_000, { token: 2 as Token })],
    [/has an id, or none/, queue("semaphore", 2, { token: 2 as Token, id: "m" })],
    [
      /group\/a has two of the id m/,
      queue("group", 10_000, { token: 2 as Token, id: "m" }, { ...member, token: 3 as Token }),
    ],
  ]
  for (const [problem, spoil] of spoilt) t.match(problemsOf(spoil), problem)
  t.end()
})

test("so is what cannot be of entries", (t) => {
  const entry = { key: "k", value: "1", modRev: 2, createRev: 1 }
  const put = (...entries: readonly Partial<Entry>[]) => {
    return (state: State) => {
      state.meta = { ...state.meta, rev: 9 }
      for (const more of entries) state.putEntry({ ...entry, ...more })
    }
  }
  t.equal(problemsOf(put({}, { key: "l", modRev: 3 })), "")
  const spoilt: readonly (readonly [RegExp, (state: State) => void])[] = [
    [/entry a b has no key/, put({ key: "a b" })],
    [/revisions that cannot be/, put({ createRev: 3 })],
    [/revisions that cannot be/, put({ createRev: 0 })],
    [/revisions that cannot be/, put({ modRev: 10 })],
    [/entry l was put at the revision of another/, put({}, { key: "l" })],
    [
      /keys of entries are out of order/,
      (state) => {
        put({})(state)
        state.entries.put("l", { ...entry, key: "l", modRev: 3 })
      },
    ],
  ]
  for (const [problem, spoil] of spoilt) t.match(problemsOf(spoil), problem)
  t.end()
})
