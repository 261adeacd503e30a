import type { CommandResult, EndCause, HoldKind, Refusal, Token } from "@conclave/consensus"
import { HOLD_KINDS } from "../api/hold-objects.ts"
import { noCluster } from "../api/no-quorum.ts"
import { atRev, byLog, invalid, type Problem, problem } from "../api/problem.ts"
import type { NotProposed } from "./cluster.ts"

/** How the words of the replicated state become those of the API. */

/** What goes on without a quorum. */
const STILL = "members and stale reads still work, and what is held is held up to its deadline"

export function notProposed({ reason, up, needed, reachable = [], unreachable = [] }: NotProposed): Problem {
  switch (reason) {
    case "no-cluster":
    case "no-founding":
      return noCluster(reason === "no-founding")
    case "overloaded":
      return problem("RESOURCE_EXHAUSTED", "the cluster takes no more writes for the moment", {
        details: { limit: "writes under way", retryAfterMs: 100 },
      })
    case "disk-full":
      return problem(
        "RESOURCE_EXHAUSTED",
        `the leader has no room on its disk, or too many voters have none, so no new work is taken; ${STILL}`,
        {
          hint: "make room where the data directories of leader and voters are: conclave status",
          details: { limit: "disk", retryAfterMs: 1000 },
        },
      )
    case "generation-not-kept":
      return problem(
        "RESOURCE_EXHAUSTED",
        "the data directory of this agent cannot be written, so no session begins here",
        {
          hint: "make the data directory writable: conclave status",
          details: { limit: "disk", retryAfterMs: 1000 },
        },
      )
    case "no-quorum": {
      const away = unreachable.length === 0 ? "" : ` (not ${unreachable.join(", ")})`
      const voters = up === 1 ? "1 voter is up" : `${up} voters are up`
      const message = `no leader was reached: ${voters}${away}, ${needed} needed; ${STILL}`
      const details = { up, needed, reachable, unreachable }
      return problem("NO_QUORUM", message, { hint: "conclave raft status", details })
    }
  }
}

export function unknownOutcome(what: string): Problem {
  return problem("TIMEOUT", `${what} was proposed, but no answer came in time`, { hint: "ask again with the same seq" })
}

/** Of a write without a number: nothing tells whether another one is the same. */
export function unnumbered(why: Problem): Problem {
  return { ...why, hint: "read what is there, then write again with ifRev", retryable: false }
}

export function sessionLost(
  cause: EndCause | "unknown" | "moved",
  outcome: Problem["outcome"] = "not-applied",
): Problem {
  return { ...problem("SESSION_LOST", `the session is over: ${CAUSES[cause]}`, { details: { cause } }), outcome }
}

const CAUSES: Readonly<Record<EndCause | "unknown" | "moved", string>> = {
  closed: "it was closed",
  exited: "its processes are gone",
  silent: "no heartbeat came in time",
  left: "its host left the cluster",
  revoked: "an operator revoked it",
  expired: "it expired",
  moved: "it goes on at another agent",
  unknown: "it ended or never was",
}

/** `current`: the token that holds the name instead, where one is known. */
export function grantLost(reason: string, current?: Token): Problem {
  const details = { reason, current: current === undefined ? null : String(current) }
  return problem("GRANT_LOST", LOST[reason] ?? `the token does not hold: ${reason}`, { details })
}

const LOST: Readonly<Record<string, string>> = {
  "not-held": "the token does not hold, or not any more",
  "other-name": "the token holds another name",
  forgotten: "the hold is over, and what became of it is not kept any more",
}

/** What is full, and where to look for what takes the room. */
function exhausted(limit: string, name: string | null): Problem {
  const kept = KEPT[limit]
  const message = `the limit of ${limit} is reached${kept === undefined ? "" : `: ${kept.what}`}`
  const hint =
    limit === "holds of a name" && name !== null ? `conclave locks ${name}` : (kept?.hint ?? "conclave status")
  return problem("RESOURCE_EXHAUSTED", message, { hint, details: { limit } })
}

const KEPT: Readonly<Record<string, { readonly what: string; readonly hint: string }>> = {
  sessions: { what: "the cluster takes another one when one has ended", hint: "conclave sessions" },
  names: {
    what: "so many are held or waited for, or are keys of entries, that no other one can be",
    hint: "conclave locks",
  },
  "work items": { what: "so many wait or are at work in all pools together", hint: "conclave work show" },
  "holds of a name": {
    what: "nobody else can wait for it before somebody has given up or let go",
    hint: "conclave locks",
  },
  state: {
    what: "what the cluster keeps is as large as it may be; what is given back makes room",
    hint: "conclave locks",
  },
}

export function noKind(kind: string): Problem {
  const hint = HOLD_KINDS.join(", ")
  return problem("NOT_FOUND", `there are no holds of kind ${kind}`, { hint, details: { kind } })
}

export function nothingToWatch(kind: string, by?: "holder"): Problem {
  if (by === "holder") {
    const hint = `without by, or a kind of holds: ${HOLD_KINDS.join(", ")}`
    return problem("NOT_FOUND", `${kind} has no holders to watch`, { hint, details: { kind } })
  }
  const hint = `a kind of holds (${HOLD_KINDS.join(", ")}), kv, items or members`
  return problem("NOT_FOUND", `there is nothing of kind ${kind} to watch`, { hint, details: { kind } })
}

/** What is stored under this number is the answer to a request of another kind. */
export function otherRequest(): Problem {
  return byLog(conflict("seq", undefined, null))
}

/** The last word of a stream whose hold goes on in another one. */
export function resumed(): Problem {
  const message = "the hold was asked for again under its seq, and goes on there"
  return problem("CONFLICT", message, { details: { reason: "resumed", current: null } })
}

/** The right secret, at an agent that does not have the connection of the session. */
export function elsewhere(member: string): Problem {
  const details = { reason: "other-agent", current: member }
  return problem("CONFLICT", `the connection of this session is at the agent of ${member}`, {
    hint: `send the request to the agent of ${member}`,
    details,
  })
}

/** Another session's secret or token. */
export function notYours(op: string, name: string | null): Problem {
  return problem("PERMISSION_DENIED", "session, secret and token do not belong together", {
    hint: "all three as granted told them",
    details: { op, name },
  })
}

interface About {
  readonly op: string
  readonly name: string | null
  readonly current?: Token | undefined
  /** What the token is of. */
  readonly kind?: HoldKind
}

/** What the replicated state answered, at a revision. */
export type Refused = Extract<CommandResult, { kind: "refused" }>

/** The same of a numbered request: marked where the log gives every attempt of it this very answer. */
export function verdict(refused: Refused, about: About): Problem {
  const why = refusalProblem(refused, about)
  return isOfAllAttempts(refused.refusal) ? byLog(why) : why
}

/** Not that the session is over: an earlier attempt may have come before its end. Nor what no leader has proposed. */
function isOfAllAttempts(refusal: Refusal): boolean {
  return !isUnread(refusal) && refusal.kind !== "session-lost" && refusal.kind !== "outdated"
}

/** Of a leader that could not read a command, and did not propose it (`leader-route.ts`). */
function isUnread(refusal: Refusal): boolean {
  return refusal.kind === "invalid" && refusal.field === "command"
}

export function unexpected(op: string, kind: string): Problem {
  return problem("INTERNAL", `${op} was answered with ${kind}`)
}

export function refusalProblem({ refusal, rev }: Refused, about: About): Problem {
  const why = wordsOf(refusal, about)
  return isUnread(refusal) ? why : atRev(why, rev)
}

function wordsOf(refusal: Refusal, { op, name, current, kind }: About): Problem {
  switch (refusal.kind) {
    case "session-lost":
      return sessionLost(refusal.cause ?? "unknown", op === "hold" || op === "barrier" ? "unknown" : "not-applied")
    case "invalid":
      return invalid(
        refusal.field,
        `${refusal.field}: ${lacks(kind, refusal.field) ? `there is none of kind ${kind}` : "is out of range"}`,
      )
    case "exhausted":
      return exhausted(refusal.limit, name)
    case "unknown-item":
      return problem("NOT_FOUND", `there is no such item of ${name}`, {
        hint: `conclave work items ${name}`,
        details: { name },
      })
    case "grant-lost":
      return grantLost("not-held", (refusal.current as Token | undefined) ?? current)
    case "conflict":
      return conflict(refusal.reason, refusal.current, name)
    case "not-yours":
      return notYours(op, name)
    case "outdated":
      return sessionLost("moved")
    case "forgotten":
      // A hold that is not there and is not remembered is over.
      if (op === "hold") return grantLost("forgotten")
      return { ...problem("TIMEOUT", "the answer to this seq is not kept any more"), retryable: false }
  }
}

function lacks(kind: HoldKind | undefined, field: string): boolean {
  return kind !== undefined && HAVE[field]?.includes(kind) === false
}

/** Which kinds have what an update may change. */
const HAVE: Readonly<Record<string, readonly HoldKind[]>> = { value: ["election", "group"], ready: ["group"] }

/** `current`: what is there instead. */
function conflict(reason: string, current: number | undefined, name: string | null): Problem {
  const details = { reason, current: current === undefined ? null : String(current) }
  const why = WHY[reason]
  if (why === undefined) return problem("CONFLICT", `the state does not allow it: ${reason}`, { details })
  return problem("CONFLICT", why.message(current ?? 0, name), { hint: why.hint(current ?? 0, name), details })
}

interface Why {
  readonly message: (current: number, name: string | null) => string
  readonly hint: (current: number, name: string | null) => string
}

const WHY: Readonly<Record<string, Why>> = {
  tasks: {
    message: (_current, name) => `${name ?? "the pool"} has tasks that were put one by one`,
    hint: () => "remove them first, or take another pool for partitions",
  },
  partitioned: {
    message: (_current, name) => `${name ?? "the pool"} has partitions, which come and go with its configuration alone`,
    hint: () => "configure it, or take another pool for tasks",
  },
  capacity: {
    message: () => "the worker that has it cannot bear so much",
    hint: () => "put it when it is free",
  },
  rev: {
    message: (current) =>
      `ifRev is of another revision: ${current === 0 ? "nothing is there" : `what is there is of revision ${current}`}`,
    hint: () => "read it, and write again",
  },
  limit: {
    message: (current, name) => `${name ?? "the semaphore"} has a limit of ${current} as long as anybody is there`,
    hint: (current, name) => `ask with --limit ${current}, or change it: conclave sem ${name ?? "NAME"} --resize N`,
  },
  "no-candidate": {
    message: (_current, name) => `nobody who may take over stands for ${name ?? "the election"}`,
    hint: (_current, name) => `wait for a candidate, or let go: conclave elections ${name ?? "NAME"} shows who stands`,
  },
  seq: {
    message: () => "another request of this session has this seq",
    hint: () => "give each request a seq of its own, and keep it when asking again",
  },
  parties: {
    message: (current, name) => `${current} parties open ${name ?? "the barrier"}, as those who wait there have it`,
    hint: () => "come with the same number, or when nobody waits any more",
  },
}
