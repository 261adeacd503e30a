import { type Acquire, type Command, NO_TERMS, type SessionId } from "@conclave/consensus"
import type { JournalNote } from "conclave/api/objects"
import { GrantCounts } from "conclave/coordination/grant-counts"
import { GrantNews } from "conclave/coordination/grant-news"
import { FakeClock } from "../fake-clock.ts"
import { clockOf } from "../fake-links.ts"
import { memberId } from "../fake-view.ts"
import { LoneCluster } from "./lone-cluster.ts"

export const ID: SessionId = `${"s".repeat(25)}a` as SessionId
export const OTHER: SessionId = `${"t".repeat(25)}a` as SessionId

/** What becomes of this host's grants, before the real state machine. */
export class GrantStage {
  readonly time: FakeClock = new FakeClock()
  readonly cluster: LoneCluster = new LoneCluster(clockOf(this.time))
  readonly told: JournalNote[] = []
  readonly counts: GrantCounts = new GrantCounts()
  news: GrantNews = this.begin()

  /** Another life of the agent, before the same state. */
  begin(boot = 1): GrantNews {
    this.cluster.boot = () => boot
    return new GrantNews({
      cluster: this.cluster,
      clock: clockOf(this.time),
      counts: this.counts,
      tell: (note) => void this.told.push(note),
    })
  }

  do(command: Command, isTold = true): void {
    this.cluster.apply(command, isTold)
  }

  pass(ms: number): void {
    for (let passed = 0; passed < ms; passed += 50) this.time.advance(50)
  }

  /** What was told since the last call: kinds, with name and reason. */
  words(): string[] {
    return this.told
      .splice(0)
      .map(({ kind, name, item, reason }) => [kind, name, item, reason].filter(Boolean).join(" "))
  }
}

export function open(session: SessionId, more: Partial<Extract<Command, { kind: "open" }>> = {}): Command {
  return {
    ...{ kind: "open", session, secretHash: new Uint8Array(32), host: memberId("a"), boot: 1, attachment: 1 },
    ...{ ttlMs: 10_000, liveness: "heartbeat", member: "a", app: "web", pid: undefined, ...more },
  } as Command
}

export function acquire(session: SessionId, seq: number, more: Partial<Acquire> = {}): Command {
  return {
    ...{ kind: "acquire", session, seq, floor: 0, hold: "lock", names: ["x"], mode: "exclusive", priority: 0 },
    ...{
      waitMs: undefined,
      maxHoldMs: undefined,
      lockDelayMs: 0,
      ...NO_TERMS,
      note: undefined,
      value: undefined,
      ...more,
    },
  } as Command
}
