import type { Request } from "@conclave/consensus"
import type { Caller, WorkName } from "../api/coordination.ts"
import { atRev, isProblem, type Problem, problem } from "../api/problem.ts"
import type { OpInput, OpOutput } from "../api/schema.ts"
import type { StateView } from "./cluster.ts"
import { tokenOf } from "./hold-input.ts"
import type { HolderWrites } from "./holder-writes.ts"
import { waitOf } from "./item-wait.ts"
import { ageOf, inOneStep, type ReadBy, readListing, readState } from "./reads.ts"
import type { ReplicatedTime } from "./replicated-time.ts"
import { decisionJson, itemJson } from "./work-json.ts"
import { write } from "./writes.ts"

type Done<Name extends WorkName> = (result: OpOutput<Name> | Problem) => void
type WorkHandlers = {
  readonly [Name in WorkName]: (input: OpInput<Name>, caller: Caller, done: Done<Name>) => void
}

export interface WorkBy extends ReadBy {
  readonly time: ReplicatedTime
  readonly writes: HolderWrites
}

/** Pools and their items, as the API asks for them. */
export function workHandlers(by: WorkBy): WorkHandlers {
  return { ...ofPools(by), ...ofTasks(by), ...ofOwners(by) }
}

function ofPools(by: WorkBy): Pick<WorkHandlers, "work.configure" | "work.items" | "work.explain"> {
  const { time } = by
  return {
    "work.configure": ({ name: pool, ifRev, ...settings }, caller, done) => {
      const { partitions, handoffTimeoutMs, restartGraceMs, spread, maxAttempts } = settings
      const config = { partitions, handoffTimeoutMs, restartGraceMs, spread, maxAttempts }
      const rev = ifRev === undefined ? undefined : Math.min(Number(ifRev), Number.MAX_SAFE_INTEGER)
      const command = (request: Request | undefined) =>
        ({ kind: "workConfigure", request, pool, config, ifRev: rev }) as const
      write(by, { op: "work.configure", name: pool, caller, expected: "written" }, command, (result) =>
        done(revOf(result)),
      )
    },
    "work.items": ({ name, stale }, caller, done) => {
      const list = (state: StateView) => state.listItems(name, "")
      readListing(
        by,
        { caller, isStale: stale === true, list },
        inOneStep((item) => itemJson(item, time)),
        done,
      )
    },
    "work.explain": ({ name, item: id, stale }, caller, done) => {
      readState(by, caller, stale === true, (state, ageMs) => {
        if (isProblem(state)) return done(state)
        const item = state.item(name, id)
        if (item === undefined) return done(atRev(noItem(name, id), state.rev))
        const items = item.decisions.map((each) => decisionJson(each, time))
        done({ rev: String(state.rev), items, waits: waitOf(state, item, time), ...ageOf(ageMs) })
      })
    },
  }
}

/** What anybody may ask. */
function ofTasks(by: WorkBy): Pick<WorkHandlers, "work.put" | "work.remove" | "work.retry"> {
  return {
    "work.put": ({ name: pool, item, payload, weight = 1, pin }, caller, done) => {
      const text = payload === undefined || payload === null ? undefined : JSON.stringify(payload)
      const about = { pool, item, payload: text, weight, pin }
      const command = (request: Request | undefined) => ({ kind: "workPut", request, ...about }) as const
      write(by, { op: "work.put", name: pool, caller, expected: "written" }, command, (result) => done(revOf(result)))
    },
    "work.remove": ({ name: pool, item }, caller, done) => {
      const command = (request: Request | undefined) => ({ kind: "workRemove", request, pool, item }) as const
      write(by, { op: "work.remove", name: pool, caller, expected: "removed" }, command, (result) => {
        done(isProblem(result) ? result : { rev: String(result.rev), removed: result.isRemoved })
      })
    },
    "work.retry": ({ name: pool, item }, caller, done) => {
      const command = (request: Request | undefined) => ({ kind: "workRetry", request, pool, item }) as const
      write(by, { op: "work.retry", name: pool, caller, expected: "written" }, command, (result) => done(revOf(result)))
    },
  }
}

/** What only the worker may ask that has the item, under its token. */
function ofOwners({ writes }: WorkBy): Pick<WorkHandlers, "work.settle" | "work.checkpoint"> {
  return {
    "work.settle": ({ name: pool, item, token, result, message }, caller, done) => {
      const about = { pool, item, token: tokenOf(token), result, message }
      writes.ofItem(
        { op: "work.settle", name: pool },
        caller,
        (request) => ({ kind: "workSettle", request, ...about }),
        (rev) => done(typeof rev === "number" ? { rev: String(rev) } : rev),
      )
    },
    "work.checkpoint": ({ name: pool, item, token, value }, caller, done) => {
      const about = { pool, item, token: tokenOf(token), value: JSON.stringify(value) }
      writes.ofItem(
        { op: "work.checkpoint", name: pool },
        caller,
        (request) => ({ kind: "workCheckpoint", request, ...about }),
        (rev) => done(typeof rev === "number" ? { rev: String(rev) } : rev),
      )
    },
  }
}

function revOf(result: { readonly rev: number } | Problem): { rev: string } | Problem {
  return isProblem(result) ? result : { rev: String(result.rev) }
}

function noItem(pool: string, item: string): Problem {
  return problem("NOT_FOUND", `there is no item ${item} of ${pool}`, {
    hint: `conclave work items ${pool}`,
    details: { name: pool, item },
  })
}
