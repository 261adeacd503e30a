import type { HoldEnd, Refusal, RestoreId, StoredResult, Token } from "@conclave/consensus"
import { NO_FIGURES } from "@conclave/consensus/machine/figures"
import type { StateRecord } from "@conclave/consensus/machine/wire-record"
import { holdOf } from "./hold-of.ts"
import { hostId, secretOf, sessionId } from "./stage.ts"

const BIG = Number.MAX_SAFE_INTEGER
const token = BIG as Token
const ENDS: readonly HoldEnd[] = [
  ...(["expired", "session-lost", "revoked", "max-hold", "transferred", "closed", "released"] as const),
  ...(["cancelled", "wait-timeout", "session-ended"] as const),
]
const REFUSALS: readonly Refusal[] = [
  { kind: "session-lost", cause: undefined },
  { kind: "session-lost", cause: "expired" },
  { kind: "invalid", field: "note" },
  { kind: "exhausted", limit: "names" },
  { kind: "grant-lost" },
  { kind: "grant-lost", current: BIG },
  { kind: "conflict", reason: "seq" },
  { kind: "conflict", reason: "rev", current: 0 },
  { kind: "conflict", reason: "rev", current: BIG },
  { kind: "not-yours" },
  { kind: "outdated" },
  { kind: "forgotten" },
]
const RESULTS: readonly StoredResult[] = [
  ...ENDS.map((how) => ({ kind: "ended", how, token: undefined, rev: 0 }) as const),
  { kind: "ended", how: "expired", token, rev: BIG },
  { kind: "written", rev: 3 },
  { kind: "removed", isRemoved: false, rev: 3 },
  { kind: "removed", isRemoved: true, rev: 3 },
  ...REFUSALS.map((refusal) => ({ kind: "refused", refusal, rev: 1 }) as const),
]
const revoking = { by: "me", reason: "why", untilMs: undefined }

/** Pairs that differ in one field only: each field is in the bytes, hence in the hash. */
function variants<T extends object>(base: T, others: Partial<T>): readonly T[] {
  return [base, ...Object.entries(others).map(([key, value]) => ({ ...base, [key]: value }))]
}

const FIGURES = {
  ...{ grants: 1, lost: 2, asked: 3, held: { sum: 4, max: 5 }, waited: { sum: 6, max: 7 } },
  ...{ letGo: { sum: 8, max: 9 }, queue: { sum: 10, max: 11 } },
}
export const EVERY_RECORD: readonly StateRecord[] = [
  ...variants<Extract<StateRecord, { kind: "meta" }>["meta"]>(
    {
      ...{ clusterId: "c", timeMs: 1, rev: 2, token: 3, order: 4, epoch: 5, wallMs: 6 },
      ...{ quietUntilMs: 0, restored: "", walls: [], removed: [] },
    },
    {
      ...{ clusterId: "d", timeMs: BIG, rev: BIG, token: BIG, order: BIG, epoch: BIG, wallMs: BIG },
      ...{ quietUntilMs: BIG, restored: "r", walls: [{ timeMs: 0, wallMs: BIG }] },
      removed: [hostId(1), hostId(2)],
    },
  ).map((meta) => ({ kind: "meta", meta }) as const),
  ...variants(
    { id: hostId(1), boot: 1, renewedAtMs: 2, isBraked: false },
    { id: hostId(2), boot: BIG, renewedAtMs: BIG, isBraked: true },
  ).map((host) => ({ kind: "host", host }) as const),
  ...variants(
    { key: "a", value: "1", modRev: 2, createRev: 1 },
    { key: "b", value: "2", modRev: BIG, createRev: 2 },
  ).map((entry) => ({ kind: "entry", entry }) as const),
  ...variants<Extract<StateRecord, { kind: "staged" }>["staged"]>(
    { restore: sessionId(1) as string as RestoreId, part: 0, atMs: 1, data: Uint8Array.of(1) },
    { restore: sessionId(2) as string as RestoreId, part: 2 ** 32 - 1, atMs: BIG, data: Uint8Array.of(1, 2) },
  ).map((staged) => ({ kind: "staged", staged }) as const),
  ...variants<Extract<StateRecord, { kind: "session" }>["session"]>(
    {
      id: sessionId(1),
      host: hostId(1),
      secretHash: secretOf(sessionId(1)),
      ttlMs: 1,
      liveness: "heartbeat",
      member: "m",
      app: "",
      pid: undefined,
      openedAtMs: 0,
      boot: 0,
      attachment: 0,
      detachedUntilMs: undefined,
      revoking: undefined,
    },
    {
      id: sessionId(2),
      host: hostId(2),
      secretHash: new Uint8Array(32),
      ttlMs: 300_000,
      liveness: "connection",
      member: "n",
      app: "a",
      pid: 1,
      openedAtMs: BIG,
      boot: BIG,
      attachment: BIG,
      detachedUntilMs: 0,

      revoking,
    },
  ).map((session) => ({ kind: "session", session }) as const),
  ...variants<Extract<StateRecord, { kind: "name" }>["name"]>(
    {
      kind: "lock",
      name: "a",
      limit: 1,
      quietUntilMs: 0,
      askedAtMs: undefined,
      freedAt: undefined,
      history: [],
      figures: NO_FIGURES,
    },
    {
      kind: "election",
      name: "b",
      limit: BIG,
      quietUntilMs: BIG,
      askedAtMs: 0,
      freedAt: 0,
      history: [
        { token, member: "m", app: "a", sinceMs: BIG, untilMs: BIG, reason: "closed", revoked: undefined },
        { token, member: "m", app: "a", sinceMs: 0, untilMs: 0, reason: "revoked", revoked: { by: "o", reason: "w" } },
      ],
      figures: FIGURES,
    },
  ).map((name) => ({ kind: "name", name }) as const),
  ...variants<Extract<StateRecord, { kind: "hold" }>["hold"]>(holdOf(), {
    session: sessionId(2),
    seq: BIG,
    kind: "election",
    names: ["a", "b"],
    mode: "shared",
    weight: BIG,
    order: BIG,
    priority: -5,
    queuedAtMs: BIG,
    waitUntilMs: 0,
    maxHoldMs: 0,
    lockDelayMs: 60_000,
    note: "",
    value: "",
    id: "w-1",
    ready: false,
    worker: { capacity: BIG, zone: "", tags: [{ key: "a", value: "" }], isLeaving: true },
    token: 0 as Token,
    grantedAtMs: BIG,
    revoking: { ...revoking, untilMs: 0 },
    askedAtMs: 0,
  }).map((hold) => ({ kind: "hold", hold }) as const),
  ...RESULTS.map((result) => {
    return { kind: "answers", session: sessionId(1), floor: 0, answers: [{ seq: BIG, result }] } as const
  }),
  {
    kind: "answers",
    session: sessionId(1),
    floor: BIG,
    answers: RESULTS.map((result, at) => ({ seq: at + 1, result })),
  },
  { kind: "ended", ended: { id: sessionId(1), cause: "revoked", endedAtMs: BIG } },
  { kind: "ended", ended: { id: sessionId(1), cause: "expired", endedAtMs: BIG } },
  { kind: "total", records: BIG, hash: "0123456789abcdef" },
]
