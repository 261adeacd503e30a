import type { Token, WorkCommand } from "@conclave/consensus"
import type { StateRecord } from "@conclave/consensus/machine/wire-record"
import { sessionId } from "../stage.ts"

const request = { session: sessionId(1), seq: 7, floor: 3 }
const ofItem = { pool: "p", item: "x/1" }
const config = { partitions: 0, handoffTimeoutMs: 0, restartGraceMs: 1, spread: "zone", maxAttempts: 2 } as const
const nothing = {
  ...{ partitions: undefined, handoffTimeoutMs: undefined, restartGraceMs: undefined },
  ...{ spread: undefined, maxAttempts: undefined },
}

export const EVERY_WORK_COMMAND: readonly WorkCommand[] = [
  { kind: "workConfigure", request, pool: "p", config, ifRev: 0 },
  { kind: "workConfigure", request: undefined, pool: "p", config: nothing, ifRev: undefined },
  { kind: "workPut", request, ...ofItem, payload: "", weight: 2, pin: "w" },
  { kind: "workPut", request: undefined, ...ofItem, payload: undefined, weight: 1, pin: undefined },
  { kind: "workRemove", request: undefined, ...ofItem },
  { kind: "workRetry", request, ...ofItem },
  { kind: "workSettle", request, ...ofItem, token: 5 as Token, result: "failed", message: "no" },
  { kind: "workSettle", request, ...ofItem, token: 5 as Token, result: "released", message: undefined },
  { kind: "workCheckpoint", request, ...ofItem, token: 5 as Token, value: "1" },
  {
    ...{ kind: "workAssign", pool: "p" },
    moves: [
      { item: "a", to: { session: sessionId(2), seq: 4 }, token: undefined, reason: "least loaded" },
      { item: "b", to: undefined, token: 9 as Token, reason: "balance" },
    ],
  },
]

const pool = {
  ...{
    name: "p",
    config,
    configuredAt: 4,
    losses: [
      { atMs: 1, id: undefined, count: 2 },
      { atMs: 3, id: "w", count: 1 },
    ],
    brake: { untilMs: 9, of: 8 },
  },
}
const plain = { name: "p", config, configuredAt: 0, losses: [], brake: undefined }
const item = {
  ...{ ...ofItem, order: 3, payload: "1", weight: 2, pin: "w", state: "revoking" as const, attempt: 2, sinceMs: 5 },
  losses: 2,
  owner: { session: sessionId(1), seq: 3, id: "w", token: 8 as Token },
  ...{ target: "v", keptUntilMs: undefined, revoking: { by: "b", reason: "r", untilMs: 7 }, checkpoint: "2" },
  decisions: [{ rev: 1, atMs: 2, from: undefined, to: "w", reason: "least loaded" }],
}
const bare = {
  ...{ ...ofItem, order: 1, payload: undefined, weight: 1, pin: undefined, state: "free" as const, attempt: 1 },
  losses: 0,
  ...{ sinceMs: 0, owner: undefined, target: undefined, keptUntilMs: 4, revoking: undefined },
  ...{ checkpoint: undefined, decisions: [] },
}
export const EVERY_WORK_RECORD: readonly StateRecord[] = [
  { kind: "pool", pool },
  { kind: "pool", pool: plain },
  { kind: "item", item },
  { kind: "item", item: { ...item, owner: { ...item.owner, note: "halfway" } } },
  { kind: "item", item: bare },
  { kind: "tombstone", tombstone: { ...ofItem, worker: "w", untilMs: 7 } },
]
