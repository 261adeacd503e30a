import type { Guard, KvEntry } from "@conclave/consensus"
import type { Caller, KvName } from "../api/coordination.ts"
import { isHoldKind } from "../api/hold-objects.ts"
import type { EntryJson } from "../api/kv-schema.ts"
import { mayTouch } from "../api/principal.ts"
import { atRev, isProblem, type Problem, problem } from "../api/problem.ts"
import type { OpInput, OpOutput } from "../api/schema.ts"
import type { StateView } from "./cluster.ts"
import { tokenOf } from "./hold-input.ts"
import { ageOf, inOneStep, type ReadBy, readListing, readState } from "./reads.ts"
import { noKind } from "./refusals.ts"
import { write } from "./writes.ts"

type KvHandlers = {
  readonly [Name in KvName]: (
    input: OpInput<Name>,
    caller: Caller,
    done: (result: OpOutput<Name> | Problem) => void,
  ) => void
}

/** Small state under keys, as the API asks for it. */
export function kvHandlers(by: ReadBy): KvHandlers {
  return {
    "kv.get": ({ key, stale }, caller, done) => {
      readState(by, caller, stale === true, (state, ageMs) => {
        if (isProblem(state)) return done(state)
        const entry = state.entry(key)
        const rev = String(state.rev)
        if (entry === undefined) return done(atRev(noEntry(key), state.rev))
        done({ ...entryJson(entry), rev, ...ageOf(ageMs) })
      })
    },
    "kv.list": ({ prefix = "", stale }, caller, done) => {
      const list = (state: StateView) => state.listEntries(prefix)
      const isShown = ({ key }: KvEntry): boolean => mayTouch(caller.principal, key)
      readListing(by, { caller, isStale: stale === true, list, isShown }, inOneStep(entryJson), done)
    },
    "kv.put": ({ key, value, ifRev, guard }, caller, done) => {
      const on = conditions(ifRev, guard)
      if (isProblem(on)) return done(on)
      const text = JSON.stringify(value)
      write(
        by,
        { op: "kv.put", name: key, caller, expected: "written" },
        (request) => ({ kind: "kvPut", request, key, value: text, ...on }),
        (result) => done(isProblem(result) ? result : { rev: String(result.rev) }),
      )
    },
    "kv.delete": ({ key, ifRev, guard }, caller, done) => {
      const on = conditions(ifRev, guard)
      if (isProblem(on)) return done(on)
      write(
        by,
        { op: "kv.delete", name: key, caller, expected: "removed" },
        (request) => ({ kind: "kvDelete", request, key, ...on }),
        (result) => done(isProblem(result) ? result : { rev: String(result.rev), deleted: result.isRemoved }),
      )
    },
  }
}

/** As every door shows it. */
export function entryJson({ key, value, modRev, createRev }: KvEntry): EntryJson {
  return { key, value: JSON.parse(value), modRev: String(modRev), createRev: String(createRev) }
}

/** The same, written out. */
export function entryText({ key, value, modRev, createRev }: KvEntry): string {
  return `{"key":"${key}","value":${value},"modRev":"${modRev}","createRev":"${createRev}"}`
}

type Conditions = { readonly ifRev: number | undefined; readonly guard: Guard | undefined }

function conditions(ifRev: string | undefined, guard: OpInput<"kv.put">["guard"]): Conditions | Problem {
  // Revisions stay below 2⁵³; what is larger is of no entry.
  const rev = ifRev === undefined ? undefined : Math.min(Number(ifRev), Number.MAX_SAFE_INTEGER)
  if (guard === undefined) return { ifRev: rev, guard: undefined }
  const { kind, name, token } = guard
  if (!isHoldKind(kind)) return noKind(kind)
  return { ifRev: rev, guard: { kind, name, token: tokenOf(token) } }
}

function noEntry(key: string): Problem {
  return problem("NOT_FOUND", `there is no entry ${key}`, { hint: "conclave kv list", details: { key } })
}
