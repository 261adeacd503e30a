import type { Millis } from "@conclave/base"
import type { Problem } from "conclave/api/problem"
import { expel } from "conclave/expulsion"
import type { Proposed } from "conclave/group/shared-state"
import { test } from "tap"
import { fakeMember, memberId } from "./fake-view.ts"

interface Wish {
  readonly outcome?: Proposed
  readonly isAsked?: boolean
  readonly force?: boolean
  readonly state?: "dead" | "left" | "suspect"
  readonly clusterId?: string | undefined
}

/** What was proposed and said to gossip, and the answer. */
function expelled(
  { outcome, isAsked = true, force = false, state = "dead", ...wish }: Wish,
  problems: unknown[] = [],
): unknown[] {
  const done: unknown[] = []
  const propose = (command: object, untilMs: Millis, told: (outcome: Proposed) => void): void => {
    done.push({ ...command, untilMs })
    if (outcome !== undefined) told(outcome)
  }
  const clusterId = "clusterId" in wish ? wish.clusterId : "c"
  expel(
    {
      clock: { now: () => 10 as Millis } as never,
      consensus: { clusterId, state: { propose } } as never,
      isAsked,
      say: (id, prune) => done.push([id, prune]),
    },
    fakeMember("x", { state }),
    { prune: true, force, timeoutMs: 5 },
    (problem: Problem | undefined) => {
      done.push(problem?.code ?? "done")
      problems.push(problem)
    },
  )
  return done
}

const PROPOSAL = { kind: "removeHost", host: memberId("x"), untilMs: 15 }
const SAID = [memberId("x"), true]
const APPLIED = { kind: "applied", result: { kind: "done", rev: 1 }, rev: 1 } as const
const NOT_PROPOSED: Proposed = {
  kind: "not-proposed",
  reason: "no-quorum",
  up: 1,
  needed: 2,
  reachable: [],
  unreachable: [],
}

test("the group remembers whom an operator removes, and gossip hears of it after that", (t) => {
  for (const state of ["dead", "suspect"] as const) {
    t.same(expelled({ outcome: APPLIED, state }), [PROPOSAL, SAID, "done"])
  }
  t.same(expelled({}), [PROPOSAL], "not before the group has answered")
  t.end()
})

test("where the group is not reached nothing is done, unless by force", (t) => {
  t.same(expelled({ outcome: NOT_PROPOSED }), [PROPOSAL, "NO_QUORUM"])
  t.same(expelled({ outcome: { kind: "unknown" } }), [PROPOSAL, "TIMEOUT"])
  t.same(expelled({ outcome: NOT_PROPOSED, force: true }), [PROPOSAL, SAID, "done"])
  const problems: unknown[] = []
  for (const unreachable of [["y"], ["x", "y"]]) expelled({ outcome: { ...NOT_PROPOSED, unreachable } }, problems)
  t.match(problems, [
    { message: /would keep x out$/, hint: /^repeat it/ },
    { message: /x out: it votes itself, and is missing$/, hint: /^start x again, .*raft recover/ },
  ])
  t.end()
})

test("a voter without which the group would end stays, or has left as far as gossip goes", (t) => {
  const refused = (current: number): Proposed => {
    const refusal = { kind: "conflict", reason: "quorum-at-risk", current } as const
    return { kind: "applied", result: { kind: "refused", refusal, rev: 0 }, rev: 0 }
  }
  for (const [voters, why, next] of [
    [3, /^x is one of 3 voters/, /bring back the voters.*conclave raft remove x/],
    [1, /^x is the only voter/, /^first add agents/],
  ] as const) {
    const problems: unknown[] = []
    t.same(expelled({ outcome: refused(voters) }, problems), [PROPOSAL, "CONFLICT"])
    t.match(problems, [{ message: why, hint: next, details: { reason: "quorum-at-risk", current: voters } }])
    t.same(expelled({ outcome: refused(voters), force: true }), [PROPOSAL, SAID, "done"])
  }
  t.end()
})

test("nothing is said to gossip where the group refuses for another reason", (t) => {
  const result = { kind: "refused", refusal: { kind: "invalid", field: "command" }, rev: 0 } as const
  t.same(expelled({ outcome: { kind: "applied", result, rev: 0 } }), [PROPOSAL, "INVALID_ARGUMENT"])
  t.end()
})

test("who has left by itself may come back, and everybody where nobody is asked who it is", (t) => {
  t.same(expelled({ state: "left" }), [SAID, "done"])
  t.same(expelled({ isAsked: false }), [SAID, "done"])
  t.same(expelled({ clusterId: undefined }), [SAID, "done"])
  t.end()
})
