import type { machine } from "#wire/machine"
import { NO_FIGURES } from "./figures.ts"
import type { Figure, Figures, LossReason, Name, PastGrant, Token } from "./types.ts"
import { HOLD_KINDS, wordOf } from "./wire-words.ts"

/** By number, from 1: those with which a grant ends (`HoldEnd`), in the order in which programs have known them. */
export const LOSSES: readonly LossReason[] = [
  "expired",
  "session-lost",
  "revoked",
  "max-hold",
  "transferred",
  "closed",
  "released",
  "fenced",
]

/** Field by field: each end of a grant encodes it. */
export function wireName(
  { kind, name, limit, quietUntilMs, askedAtMs, freedAt, figures, history: all }: Name,
  history: readonly PastGrant[] = all,
): machine.Name.$Properties {
  return {
    kind: HOLD_KINDS.indexOf(kind) + 1,
    name,
    limit,
    quietUntilMs,
    askedAtMs: askedAtMs ?? null,
    freedAt: freedAt ?? null,
    history: history.map(wirePast),
    figures: figures.grants === 0 ? null : wireFigures(figures),
  }
}

export function wirePast({
  token,
  member,
  app,
  sinceMs,
  untilMs,
  reason,
  revoked,
}: PastGrant): machine.PastGrant.$Properties {
  return {
    token,
    member,
    app,
    sinceMs,
    untilMs,
    reason: LOSSES.indexOf(reason) + 1,
    revoked: revoked === undefined ? null : { by: revoked.by, reason: revoked.reason, untilMs: null },
  }
}

export function readName(wire: machine.Name.$Properties): Name {
  return {
    kind: wordOf(HOLD_KINDS, wire.kind),
    name: wire.name ?? "",
    limit: wire.limit ?? 0,
    quietUntilMs: wire.quietUntilMs ?? 0,
    askedAtMs: wire.askedAtMs ?? undefined,
    freedAt: wire.freedAt ?? undefined,
    history: (wire.history ?? []).map(readPast),
    figures: wire.figures ? readFigures(wire.figures) : NO_FIGURES,
  }
}

function readPast(wire: machine.PastGrant.$Properties): PastGrant {
  return {
    token: (wire.token ?? 0) as Token,
    member: wire.member ?? "",
    app: wire.app ?? "",
    sinceMs: wire.sinceMs ?? 0,
    untilMs: wire.untilMs ?? 0,
    reason: wordOf(LOSSES, wire.reason),
    revoked: wire.revoked == null ? undefined : { by: wire.revoked.by ?? "", reason: wire.revoked.reason ?? "" },
  }
}

function wireFigures({ grants, lost, asked, held, waited, letGo, queue }: Figures): machine.Figures.$Properties {
  return {
    grants,
    lost,
    asked,
    heldMs: held.sum,
    heldMaxMs: held.max,
    waitedMs: waited.sum,
    waitedMaxMs: waited.max,
    letGoMs: letGo.sum,
    letGoMaxMs: letGo.max,
    queue: queue.sum,
    queueMax: queue.max,
  }
}

/** Of no grant they are left out. */
function readFigures(wire: machine.Figures.$Properties): Figures {
  const { grants, lost, asked } = wire
  if (!grants) throw new RangeError("figures are of a grant")
  return {
    grants,
    lost: lost ?? 0,
    asked: asked ?? 0,
    held: figure(wire.heldMs, wire.heldMaxMs),
    waited: figure(wire.waitedMs, wire.waitedMaxMs),
    letGo: figure(wire.letGoMs, wire.letGoMaxMs),
    queue: figure(wire.queue, wire.queueMax),
  }
}

function figure(sum: number | null | undefined, max: number | null | undefined): Figure {
  return { sum: sum ?? 0, max: max ?? 0 }
}
