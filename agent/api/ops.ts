import { showConfig } from "./config.ts"
import type { Caller, CoordinatedName, Coordination } from "./coordination.ts"
import { setFaults } from "./faults.ts"
import type { Feed, Feeds } from "./feed.ts"
import { join } from "./join.ts"
import type { KeyringControl } from "./keyring-control.ts"
import { leave } from "./leave.ts"
import { getMember, listMembers } from "./members.ts"
import { ping } from "./ping.ts"
import { maySee } from "./principal.ts"
import type { Problem } from "./problem.ts"
import type { RaftControl } from "./raft-control.ts"
import type { OctetsName, OpInput, OpName, OpOutput } from "./schema.ts"
import { status } from "./status.ts"
import type { AgentView } from "./view.ts"

export interface ApiContext {
  readonly view: AgentView
  readonly feeds: Feeds
  readonly coordination: Coordination
  readonly raft: RaftControl
  readonly keyring: KeyringControl
}

type Done<Name extends OpName> = (result: OpOutput<Name> | Problem) => void

/** Operations that answer with many lines, or whose one answer is waited for as long as their caller wishes. */
export type StreamName = "events" | "watch" | PlaceName

/** What is asked for has a place in a queue. */
export type PlaceName = "hold" | "barrier"

export function isPlace(op: StreamName): op is PlaceName {
  return op === "hold" || op === "barrier"
}

/** Why a stream ends that this agent cuts off: what a hold came to, which the cluster decides, is not known. */
export function cutOff(why: Problem, op: StreamName): Problem {
  return isPlace(op) ? { ...why, outcome: "unknown" } : why
}

type Handle<Name extends OpName> = (context: ApiContext, input: OpInput<Name>, caller: Caller, done: Done<Name>) => void

/** Operations with one answer; the answer may come later, exactly once. */
export type Handlers = { readonly [Name in Exclude<OpName, StreamName | OctetsName>]: Handle<Name> }

export const HANDLERS: Handlers = {
  status: ({ view, raft, coordination }, _input, _caller, done) => done(status(view, raft, coordination)),
  "members.list": ({ view }, input, _caller, done) => done(listMembers(view, input)),
  "members.get": ({ view }, input, _caller, done) => done(getMember(view, input)),
  ping: ({ view }, input, _caller, done) => ping(view, input, done),
  join: ({ view }, input, _caller, done) => join(view, input, done),
  leave: ({ view }, input, { timeoutMs }, done) => leave(view, { ...input, timeoutMs }, done),
  faults: ({ view }, input, _caller, done) => done(setFaults(view, input)),
  "config.show": ({ view }, _input, _caller, done) => done(showConfig(view)),
  "hold.release": coordinated("hold.release"),
  "hold.list": coordinated("hold.list"),
  "hold.get": coordinated("hold.get"),
  "hold.update": coordinated("hold.update"),
  "hold.transfer": coordinated("hold.transfer"),
  "semaphore.resize": coordinated("semaphore.resize"),
  revoke: coordinated("revoke"),
  "sessions.list": coordinated("sessions.list"),
  "sessions.get": coordinated("sessions.get"),
  "kv.get": coordinated("kv.get"),
  "kv.list": coordinated("kv.list"),
  "kv.put": coordinated("kv.put"),
  "kv.delete": coordinated("kv.delete"),
  "work.configure": coordinated("work.configure"),
  "work.items": coordinated("work.items"),
  "work.put": coordinated("work.put"),
  "work.remove": coordinated("work.remove"),
  "work.retry": coordinated("work.retry"),
  "work.settle": coordinated("work.settle"),
  "work.checkpoint": coordinated("work.checkpoint"),
  "work.explain": coordinated("work.explain"),
  "raft.status": ({ raft }, _input, _caller, done) => done(raft.status()),
  "raft.bootstrap": ({ raft }, _input, _caller, done) => raft.bootstrap(done),
  "raft.transfer": ({ raft }, { to }, { timeoutMs }, done) => raft.transfer(to, timeoutMs, done),
  "raft.add": ({ raft }, { name }, { timeoutMs }, done) => raft.add(name, timeoutMs, done),
  "raft.remove": ({ raft }, { name, force = false }, { timeoutMs }, done) =>
    raft.remove(name, { force, timeoutMs }, done),
  keyring: ({ keyring }, input, { timeoutMs }, done) => keyring.carryOut(input, timeoutMs, done),
}

/** Answered by the replicated state. */
function coordinated<Name extends CoordinatedName>(op: Name): Handlers[Name] {
  const handle: Handle<Name> = ({ coordination }, input, caller, done) => coordination.answer(op, input, caller, done)
  return handle as Handlers[Name]
}

type Open<Name extends OpName> = (
  context: ApiContext,
  input: OpInput<Name>,
  caller: Caller,
  onReadable: () => void,
) => Feed | Problem

/** Operations with a stream of lines, or of one answer. */
export const STREAMS: { readonly [Name in StreamName]: Open<Name> } = {
  events: ({ feeds }, input, { principal }, onReadable) => {
    const { since, kind, follow = false } = input
    return feeds.events({ since, kind, follow, isShown: (note) => maySee(principal, note) }, onReadable)
  },
  watch: ({ feeds, coordination }, input, caller, onReadable) => {
    const { kind, by, name, prefix, from } = input
    // A version of this agent's own view cannot be resumed: who asks for that gets a whole view, marked as a reset.
    if (kind === "members") return feeds.members({ name, prefix, isResumed: from !== undefined }, onReadable)
    return coordination.watch({ kind, by, name, prefix, from }, caller, onReadable)
  },
  hold: ({ coordination }, input, caller, onReadable) => coordination.hold(input, caller, onReadable),
  barrier: ({ coordination }, input, caller, onReadable) => coordination.barrier(input, caller, onReadable),
}
