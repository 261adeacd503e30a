import { showConfig } from "./config.ts"
import { setFaults } from "./faults.ts"
import type { Feed, Feeds } from "./feed.ts"
import { isHoldKind } from "./hold-objects.ts"
import { join } from "./join.ts"
import { leave } from "./leave.ts"
import { getMember, listMembers } from "./members.ts"
import { noCluster, UNFOUNDED } from "./no-quorum.ts"
import { ping } from "./ping.ts"
import { type Problem, problem } from "./problem.ts"
import type { OpInput, OpName, OpOutput } from "./schema.ts"
import { status } from "./status.ts"
import type { AgentView } from "./view.ts"

export interface ApiContext {
  readonly view: AgentView
  readonly feeds: Feeds
}

type Done<Name extends OpName> = (result: OpOutput<Name> | Problem) => void

/** Operations that answer with many lines. */
export type StreamName = "events" | "watch" | "hold"

/** Operations with one answer; the answer may come later, exactly once. */
export type Handlers = {
  readonly [Name in Exclude<OpName, StreamName>]: (context: ApiContext, input: OpInput<Name>, done: Done<Name>) => void
}

export const HANDLERS: Handlers = {
  status: ({ view }, _input, done) => done(status(view)),
  "members.list": ({ view }, input, done) => done(listMembers(view, input)),
  "members.get": ({ view }, input, done) => done(getMember(view, input)),
  ping: ({ view }, input, done) => ping(view, input, done),
  join: ({ view }, input, done) => join(view, input, done),
  leave: ({ view }, input, done) => leave(view, input, done),
  faults: ({ view }, input, done) => done(setFaults(view, input)),
  "config.show": ({ view }, _input, done) => done(showConfig(view)),
  "hold.release": (_context, _input, done) => done(noCluster()),
  "hold.list": (_context, _input, done) => done(noCluster()),
  "hold.get": (_context, _input, done) => done(noCluster()),
  "hold.update": (_context, _input, done) => done(noCluster()),
  "hold.transfer": (_context, _input, done) => done(noCluster()),
  revoke: (_context, _input, done) => done(noCluster()),
  "sessions.list": (_context, _input, done) => done(noCluster()),
  "sessions.get": (_context, _input, done) => done(noCluster()),
  "raft.status": (_context, _input, done) => done(UNFOUNDED),
  "raft.transfer": (_context, _input, done) => done(noCluster()),
  "raft.add": (_context, _input, done) => done(noCluster()),
  "raft.remove": (_context, _input, done) => done(noCluster()),
}

/** Operations with a stream of lines. */
export const STREAMS = {
  events: ({ feeds }: ApiContext, input: OpInput<"events">, onReadable: () => void): Feed | Problem => {
    const { since, kind, follow = false } = input
    return feeds.events({ since, kind, follow }, onReadable)
  },
  watch: ({ feeds }: ApiContext, input: OpInput<"watch">, onReadable: () => void): Feed | Problem => {
    const { kind, name, prefix, from } = input
    // A version of this agent's own view cannot be resumed: who asks for that gets a whole view, marked as a reset.
    if (kind === "members") return feeds.members({ name, prefix, isResumed: from !== undefined }, onReadable)
    if (isHoldKind(kind)) return noCluster()
    return problem("NOT_FOUND", `there is nothing of kind ${kind} to watch`, { details: { kind } })
  },
  hold: (): Problem => noCluster(),
}

export function isProblem(result: object): result is Problem {
  return "code" in result && "retryable" in result && "outcome" in result
}
