import type { machine } from "#wire/machine"
import type { SessionId, Token } from "../types.ts"
import { idBytes, idOf, readRevoking, wireRevoking, wordOf } from "../wire-words.ts"
import type { Decision, Item, ItemState, Owner, Pool, Tombstone } from "./types.ts"
import { SPREADS } from "./wire.ts"

/** By number, from 1. */
const STATES: readonly ItemState[] = ["free", "assigned", "revoking", "failed"]

export function wirePool({ name, config, configuredAt, losses, brake }: Pool): machine.Pool.$Properties {
  const { spread, ...rest } = config
  const missing = losses.map(({ atMs, id, count }) => ({ atMs, count, id: id ?? null }))
  return { name, ...rest, spread: SPREADS.indexOf(spread) + 1, configuredAt, losses: missing, brake: brake ?? null }
}

export function readPool(wire: machine.Pool.$Properties): Pool {
  return {
    name: wire.name ?? "",
    config: {
      partitions: wire.partitions ?? 0,
      handoffTimeoutMs: wire.handoffTimeoutMs ?? 0,
      restartGraceMs: wire.restartGraceMs ?? 0,
      spread: wordOf(SPREADS, wire.spread),
      maxAttempts: wire.maxAttempts ?? 0,
    },
    configuredAt: wire.configuredAt ?? 0,
    losses: (wire.losses ?? []).map(({ atMs, id, count }) => ({
      atMs: atMs ?? 0,
      id: id ?? undefined,
      count: count ?? 0,
    })),
    brake: wire.brake ? { untilMs: wire.brake.untilMs ?? 0, of: wire.brake.of ?? 0 } : undefined,
  }
}

/** Field by field: each change of an item encodes it. */
export function wireItem(item: Item): machine.Item.$Properties {
  const { owner } = item
  return {
    pool: item.pool,
    item: item.item,
    order: item.order,
    payload: item.payload ?? null,
    weight: item.weight,
    pin: item.pin ?? null,
    state: STATES.indexOf(item.state) + 1,
    owner: owner === undefined ? null : wireOwner(owner),
    target: item.target ?? null,
    keptUntilMs: item.keptUntilMs ?? null,
    revoking: wireRevoking(item.revoking),
    attempt: item.attempt,
    losses: item.losses,
    checkpoint: item.checkpoint ?? null,
    sinceMs: item.sinceMs,
    decisions: item.decisions.map(wireDecision),
  }
}

function wireOwner({ session, seq, id, token, note }: Owner): machine.Owner.$Properties {
  return { session: idBytes(session), seq, id, token, note: note ?? null }
}

function wireDecision({ rev, atMs, from, to, reason }: Decision): machine.Decision.$Properties {
  return { rev, atMs, from: from ?? null, to: to ?? null, reason }
}

export function readItemRecord(wire: machine.Item.$Properties): Item {
  return {
    pool: wire.pool ?? "",
    item: wire.item ?? "",
    order: wire.order ?? 0,
    payload: wire.payload ?? undefined,
    weight: wire.weight ?? 0,
    pin: wire.pin ?? undefined,
    state: wordOf(STATES, wire.state),
    owner: wire.owner ? readOwner(wire.owner) : undefined,
    target: wire.target ?? undefined,
    keptUntilMs: wire.keptUntilMs ?? undefined,
    revoking: readRevoking(wire.revoking),
    attempt: wire.attempt ?? 0,
    losses: wire.losses ?? 0,
    checkpoint: wire.checkpoint ?? undefined,
    sinceMs: wire.sinceMs ?? 0,
    decisions: (wire.decisions ?? []).map(readDecision),
  }
}

export function readTombstone({ pool, item, worker, untilMs }: machine.Tombstone.$Properties): Tombstone {
  return { pool: pool ?? "", item: item ?? "", worker: worker ?? "", untilMs: untilMs ?? 0 }
}

function readOwner({ session, seq, id, token, note }: machine.Owner.$Properties): Owner {
  const owner = { session: idOf<SessionId>(session), seq: seq ?? 0, id: id ?? "", token: (token ?? 0) as Token }
  return typeof note === "string" ? { ...owner, note } : owner
}

function readDecision({ rev, atMs, from, to, reason }: machine.Decision.$Properties): Decision {
  return { rev: rev ?? 0, atMs: atMs ?? 0, from: from ?? undefined, to: to ?? undefined, reason: reason ?? "" }
}
