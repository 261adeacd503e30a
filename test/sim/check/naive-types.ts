import type { NodeId } from "@conclave/base"
import type { HoldKind, SessionId } from "@conclave/consensus"

export interface NaiveHost {
  id: NodeId
  boot: number
  renewedAt: number
  braked: boolean
}

export interface NaiveSession {
  id: SessionId
  host: NodeId
  secret: string
  ttl: number
  member: string
  app: string
  boot: number
  attachment: number
  detachedUntil: number | undefined
  floor: number
  revokeAt: number | undefined
}

export interface NaiveHold {
  session: SessionId
  seq: number
  kind: HoldKind
  names: string[]
  exclusive: boolean
  order: number
  priority: number
  queuedAt: number
  waitUntil: number
  maxHold: number
  lockDelay: number
  note: string | undefined
  value: string | undefined
  token: number | undefined
  grantedAt: number
  revoking: { by: string; reason: string; untilMs: number | undefined } | undefined
}

export interface NaivePast {
  token: number | undefined
  since: number
  until: number
  how: string
}

/** What a restore takes over, as it was when it was saved. */
export type NaiveBackup = Readonly<NaiveState>

export interface NaiveState {
  time: number
  rev: number
  token: number
  order: number
  wall: number
  quiet: Record<string, number>
  quietUntil: number
  history: Record<string, NaivePast[]>
}
