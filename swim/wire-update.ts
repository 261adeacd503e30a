import { base32, type Incarnation, type NodeId, nodeIdBytes } from "@conclave/base"
import type { gossip } from "#wire/gossip"
import { readGeneration, readRecord } from "./record.ts"
import type { AccusationPath, Accuser, Update } from "./types.ts"
import { WIRE_ACCUSERS_MAX } from "./wire-reader.ts"

/** Bytes of an update of an unknown kind that is passed on; it has to fit a datagram. */
export const LATER_BYTES_MAX = 1024
export const HOPS_MAX = 255

const UINT32_MAX = 2 ** 32 - 1
const PATHS: readonly AccusationPath[] = ["direct", "indirect", "tcp", "link"]
const ACCUSER_HEALTH_MAX = 8

type Gone = Extract<Update, { kind: "dead" | "left" }>

export function wireUpdate(update: Update): gossip.Update.$Properties {
  switch (update.kind) {
    case "alive":
      return { alive: update.record.bytes }
    case "opaque":
      return { later: update.bytes, hops: update.hops }
    case "suspect":
      return { suspect: wireVerdict(update) }
    case "dead":
      return { dead: wireGone(update) }
    case "left":
      return { left: wireGone(update) }
  }
}

/**
 * The updates of a packet or page; undefined when one of them breaks a limit. A kind that is not even a `later` one
 * comes from a version that broke the rules: it is left out.
 */
export function readUpdates(updates: readonly gossip.Update.$Properties[]): readonly Update[] | undefined {
  const known: Update[] = []
  for (const update of updates) {
    if (update.kind === undefined) continue
    const read = readUpdate(update)
    if (read === undefined) return undefined
    known.push(read)
  }
  return known
}

/** A member's id from its 16 bytes. */
export function readId(bytes: Uint8Array | null | undefined): NodeId | undefined {
  return bytes?.length === 16 ? (base32(bytes) as NodeId) : undefined
}

function readUpdate(update: gossip.Update.$Properties): Update | undefined {
  if (update.alive) {
    const record = readRecord(update.alive)
    return record && { kind: "alive", record }
  }
  if (update.later) {
    const hops = update.hops ?? 0
    if (update.later.length > LATER_BYTES_MAX || hops > HOPS_MAX) return undefined
    return { kind: "opaque", bytes: new Uint8Array(update.later), hops }
  }
  if (update.suspect) return readSuspect(update.suspect)
  if (update.dead) return readGone("dead", update.dead)
  return update.left ? readGone("left", update.left) : undefined
}

function wireVerdict(update: Exclude<Update, { kind: "alive" | "opaque" }>): gossip.Verdict.$Properties {
  const { generation, incarnation } = update
  const accusers = update.accusers.slice(0, WIRE_ACCUSERS_MAX).map(wireAccuser)
  return { id: nodeIdBytes(update.id), generation, incarnation, accusers }
}

function wireGone(update: Gone): gossip.Verdict.$Properties {
  return {
    ...wireVerdict(update),
    ageMs: Math.max(0, Math.round(update.ageMs)),
    prune: update.prune,
  }
}

function wireAccuser(accuser: Accuser): gossip.Accuser.$Properties {
  const rttUs = Math.min(UINT32_MAX, Math.max(0, Math.round(accuser.rttMs * 1000)))
  const path = PATHS.indexOf(accuser.path) + 1
  return { id: nodeIdBytes(accuser.id), path, rttUs, health: accuser.health }
}

function readSuspect(verdict: gossip.Verdict.$Properties): Update | undefined {
  const standing = readStanding(verdict)
  return standing && { kind: "suspect", ...standing }
}

function readGone(kind: Gone["kind"], verdict: gossip.Verdict.$Properties): Update | undefined {
  const standing = readStanding(verdict)
  return standing && { kind, ...standing, ageMs: verdict.ageMs ?? 0, prune: verdict.prune ?? false }
}

function readStanding(
  verdict: gossip.Verdict.$Properties,
): Omit<Extract<Update, { kind: "suspect" }>, "kind"> | undefined {
  const id = readId(verdict.id)
  const generation = readGeneration(verdict.generation)
  if (id === undefined || generation === undefined) return undefined
  const accusers = readAccusers(verdict.accusers ?? [])
  if (accusers === undefined) return undefined
  const incarnation = (verdict.incarnation ?? 0) as Incarnation
  return { id, generation, incarnation, accusers }
}

function readAccusers(list: readonly gossip.Accuser.$Properties[]): readonly Accuser[] | undefined {
  const known: Accuser[] = []
  for (const accuser of list) {
    const id = readId(accuser.id)
    const health = accuser.health ?? 0
    if (id === undefined || health > ACCUSER_HEALTH_MAX) return undefined
    const path = PATHS[(accuser.path ?? 0) - 1]
    if (path !== undefined) known.push({ id, path, rttMs: (accuser.rttUs ?? 0) / 1000, health })
  }
  return known
}
