import type { Raft, ReplicaId } from "@conclave/consensus"
import { isVoter } from "@conclave/consensus"
import { JudgedAlarm } from "../judged-alarm.ts"
import type { Clock } from "../ports.ts"

/**
 * Heartbeats that a leader may miss before its host is probed, and before it counts as gone if that is not answered.
 */
const PROBE_MISSED = 2
const GONE_MISSED = 3

export interface LeaderWatchOptions {
  readonly clock: Clock
  readonly received: () => number
  readonly raft: Pick<Raft, "id" | "role" | "leader" | "group" | "heardMs" | "config">
  /** Probes the host of this replica, directly and through others; tells whether there was any answer, once. */
  readonly probe: (replica: ReplicaId, done: (isAnswered: boolean) => void) => void
  readonly onGone: (replica: ReplicaId) => void
}

/** One silence of one leader, named by the moment at which it was heard last. */
interface Silence {
  readonly leader: ReplicaId
  readonly heardMs: number
  isUnanswered: boolean
}

/**
 * Finds out that a leader is gone before the election timeout does, by this voter's own evidence: three heartbeats are
 * missing, and a probe of its own that began in this silence was answered neither directly nor through others. What
 * others say about it counts for nothing.
 */
export class LeaderWatch {
  readonly #options: LeaderWatchOptions
  readonly #alarm: JudgedAlarm
  #silence: Silence | undefined
  #wasLate = false

  constructor(options: LeaderWatchOptions) {
    this.#options = options
    const { clock, received } = options
    this.#alarm = new JudgedAlarm({ clock, received, judge: (lostMs) => this.#judge(lostMs) })
  }

  /** Leader, role or group may be others now. */
  changed(): void {
    this.#look()
  }

  stop(): void {
    this.#silence = undefined
    this.#alarm.stop()
  }

  /** After a stall of our own heartbeats may wait to be read: it is looked once more, and not for ever. */
  #judge(lostMs: number): void {
    const { clock, raft } = this.#options
    this.#wasLate = lostMs > 0 && !this.#wasLate
    if (this.#wasLate && this.#watched !== undefined) this.#alarm.arm(clock.now() + raft.config.heartbeatMs)
    else this.#look()
  }

  get #watched(): ReplicaId | undefined {
    const { id, role, leader, group } = this.#options.raft
    return role === "follower" && isVoter(group, id) ? leader : undefined
  }

  #look(): void {
    const leader = this.#watched
    if (leader === undefined) return this.#alarm.arm(Number.POSITIVE_INFINITY)
    const { clock, raft } = this.#options
    const { heardMs } = raft
    const { heartbeatMs } = raft.config
    const nowMs = clock.now()
    // As sums: what an alarm was set for has come when it rings, which differences may round away.
    if (nowMs < heardMs + PROBE_MISSED * heartbeatMs) return this.#alarm.arm(heardMs + PROBE_MISSED * heartbeatMs)
    const silence = this.#silence
    if (silence?.leader !== leader || silence.heardMs !== heardMs) this.#probe(leader, heardMs)
    else if (silence.isUnanswered && nowMs >= heardMs + GONE_MISSED * heartbeatMs) {
      // Once a silence: a hint that may not count now does not count a moment later.
      silence.isUnanswered = false
      this.#options.onGone(leader)
    }
    this.#alarm.arm(nowMs + heartbeatMs)
  }

  #probe(leader: ReplicaId, heardMs: number): void {
    const silence: Silence = { leader, heardMs, isUnanswered: false }
    this.#silence = silence
    this.#options.probe(leader, (isAnswered) => {
      if (isAnswered || this.#silence !== silence) return
      silence.isUnanswered = true
      const { clock, raft } = this.#options
      this.#alarm.arm(Math.max(clock.now(), heardMs + GONE_MISSED * raft.config.heartbeatMs))
    })
  }
}
