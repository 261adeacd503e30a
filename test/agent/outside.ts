import { millis } from "@conclave/base"
import { noCluster as refused, UNFOUNDED } from "conclave/api/no-quorum"
import type { RaftControl } from "conclave/api/raft-control"
import type { Cluster, NotProposed } from "conclave/coordination/cluster"
import { Coordinator } from "conclave/coordination/coordinator"
import type { Backups } from "conclave/node/backups"
import { openProcesses } from "conclave/node/processes"
import { openSecrets } from "conclave/node/secrets"
import type { Clock } from "conclave/ports"
import { memberId } from "./fake-view.ts"

const NOTHING: NotProposed = { kind: "not-proposed", reason: "no-cluster", up: 0, needed: 1 }

/** What an agent has of consensus before its cluster is founded. */
const NO_CLUSTER: Cluster = {
  host: memberId("a"),
  boot: () => 0,
  propose: (_command, _deadline, done) => done(NOTHING),
  renew: (_renewal, _deadline, done) => done(undefined),
  read: (_deadline, done) => done(NOTHING),
  local: () => undefined,
  hasState: () => false,
  listen: () => () => {},
}

/** No alarm of it keeps the process. */
const STILL: Clock = {
  now: () => millis(0),
  wallMs: () => 0,
  bootMs: () => 0,
  alarm: () => ({ set: () => {}, clear: () => {} }),
  afterTurn: (done) => setImmediate(done),
  afterSlice: (done) => setImmediate(done),
}

export function outside(ttlMs = 10_000): Coordinator {
  return new Coordinator({
    cluster: NO_CLUSTER,
    clock: STILL,
    secrets: openSecrets(),
    processes: openProcesses(),
    member: () => "a",
    ttlMs,
    audit: () => {},
    tell: () => {},
  })
}

export const NO_GROUP: RaftControl = {
  status: () => UNFOUNDED,
  summary: () => null,
  clusterId: () => null,
  bootstrap: (done) => done(refused(false)),
  transfer: (_to, _timeoutMs, done) => done(refused(false)),
  add: (_name, _timeoutMs, done) => done(refused(false)),
  remove: (_name, _more, done) => done(refused(false)),
}

/** Nothing is saved where there is nothing. */
export const NO_BACKUPS: Pick<Backups, "save" | "restore"> = {
  save: () => Promise.resolve(refused(false)),
  restore: () => Promise.resolve(refused(false)),
}
