import type { Command, CommandResult } from "@conclave/consensus"
import { done, refuse } from "./naive-answers.ts"
import { endSession } from "./naive-sessions.ts"
import type { NaiveBackup, NaiveItem, NaiveLists, NaivePast, NaiveState } from "./naive-types.ts"

type Restore = Extract<Command, { kind: "restore" }>

export function stage(naive: NaiveLists, { restore, part }: Extract<Command, { kind: "stage" }>): CommandResult {
  if (naive.restored === restore) return refuse(naive, { kind: "conflict", reason: "restored" })
  const parts = naive.staged?.restore === restore ? naive.staged.parts : 0
  if (part > parts) return refuse(naive, { kind: "conflict", reason: "superseded" })
  if (part === parts) naive.staged = { restore, parts: parts + 1, at: naive.time }
  return done(naive)
}

export function unstage(naive: NaiveLists, { restore }: Extract<Command, { kind: "unstage" }>): CommandResult {
  if (naive.staged?.restore === restore) naive.staged = undefined
  return done(naive)
}

/** Its records are known from `backups`: what they look like as bytes is none of this model's business. */
export function restore(naive: NaiveLists, command: Restore): CommandResult {
  const { restore, parts, wallMs, savedWallMs } = command
  if (naive.restored === restore) return done(naive)
  if (naive.staged?.restore !== restore || naive.staged.parts !== parts) {
    return refuse(naive, { kind: "conflict", reason: "superseded" })
  }
  const saved = naive.backups[restore]
  if (saved === undefined) throw new Error("restored what nobody saved")
  if (wallMs < Math.max(naive.wall, saved.wall, savedWallMs)) {
    return refuse(naive, { kind: "conflict", reason: "clock" })
  }
  const ttl = Math.max(0, ...naive.sessions.map((each) => each.ttl))
  const delay = Math.max(0, ...naive.holds.map((each) => (each.token === undefined ? 0 : each.lockDelay)))
  for (const session of naive.sessions) endSession(naive, session, "revoked", false)
  Object.assign(naive, restored(naive, saved, command, ttl + delay))
  naive.asked = {}
  naive.believed = []
  naive.restored = restore
  naive.staged = undefined
  naive.isChanged = true
  return done(naive)
}

/** What a backup of this moment takes along; later changes leave it as it is. */
export function backupOf(state: NaiveState): NaiveBackup {
  const { time, rev, token, order, wall, quiet, quietUntil, history, entries, pools, items } = state
  return {
    time,
    rev,
    token,
    order,
    wall,
    quiet: { ...quiet },
    quietUntil,
    history: { ...history },
    entries,
    ...workOf({ pools, items }),
  }
}

/** What a backup makes of the state, when all sessions are over; for `waits` longer nobody is granted anything. */
function restored(now: NaiveState, saved: NaiveBackup, command: Restore, waits: number): Omit<NaiveState, "time"> {
  const { wallMs, savedWallMs, quietMs } = command
  const savedQuiet = Math.max(0, saved.quietUntil, ...Object.values(saved.quiet)) - saved.time
  const longest = Math.max(quietMs, savedQuiet, waits)
  const rev = Math.max(now.rev, saved.rev + 2 ** 20)
  return {
    entries: saved.entries.map(({ key, value }) => ({ key, value, modRev: rev + 1, createRev: rev + 1 })),
    ...restoredWork(saved, { rev: rev + 1, time: now.time, order: Math.max(now.order, saved.order) }),
    history: movedBy(saved.history, now.time - saved.time - (wallMs - savedWallMs)),
    quiet: {},
    quietUntil: Math.max(now.quietUntil, now.time + longest, ...Object.values(now.quiet)),
    rev,
    token: Math.max(Math.max(now.token, saved.token) + 2 ** 20, wallMs * 2 ** 10),
    order: Math.max(now.order, saved.order) + saved.items.length,
    wall: wallMs,
  }
}

/** Replicated time counts from another moment in each life of a cluster. */
function movedBy(history: NaiveBackup["history"], by: number): Record<string, NaivePast[]> {
  const at = (time: number): number => Math.max(0, time + by)
  const moved = (past: NaivePast): NaivePast => ({ ...past, since: at(past.since), until: at(past.until) })
  return Object.fromEntries(Object.entries(history).map(([key, past]) => [key, past.map(moved)]))
}

/** Items are changed in place: a backup has its own. */
function workOf({ pools, items }: Pick<NaiveState, "pools" | "items">): Pick<NaiveState, "pools" | "items"> {
  return structuredClone({ pools, items })
}

/** Nobody has any item. */
function restoredWork(
  saved: NaiveBackup,
  { rev, time, order }: { rev: number; time: number; order: number },
): Pick<NaiveState, "pools" | "items"> {
  const pools = saved.pools.map((pool) => {
    return { ...pool, configuredAt: pool.configuredAt === 0 ? 0 : rev, losses: [], brake: undefined }
  })
  const items = [...saved.items]
    .sort((a, b) => a.order - b.order)
    .map((item, at): NaiveItem => {
      const nobody = { losses: 0, owner: undefined, target: undefined, keptUntil: undefined, revoking: undefined }
      const state = item.state === "failed" ? "failed" : "free"
      return { ...item, ...nobody, state, order: order + at + 1, since: time }
    })
  return { pools, items }
}
