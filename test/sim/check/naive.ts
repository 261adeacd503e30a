import type {
  Command,
  CommandResult,
  EndCause,
  HoldKind,
  RestoreId,
  SessionId,
  StoredResult,
} from "@conclave/consensus"
import { done } from "./naive-answers.ts"
import { found, recover } from "./naive-life.ts"
import { advance, granted, waiting } from "./naive-queue.ts"
import { request } from "./naive-requests.ts"
import { restore, stage, unstage } from "./naive-restore.ts"
import { revoke } from "./naive-revoke.ts"
import { attach, detachOrEnd, endHost, expiry, open, renewHosts } from "./naive-sessions.ts"
import { passTime } from "./naive-time.ts"
import type {
  NaiveBackup,
  NaiveEntry,
  NaiveHold,
  NaiveHost,
  NaiveItem,
  NaiveLists,
  NaivePast,
  NaivePool,
  NaiveSession,
} from "./naive-types.ts"
import { work, workersNow } from "./naive-work.ts"
import { writeOnce } from "./naive-writes.ts"

/** What the machine should do, with nothing but lists that are searched from one end to the other. */
export class Naive implements NaiveLists {
  time = 0
  rev = 0
  token = 0
  order = 0
  wall = 0
  hosts: NaiveHost[] = []
  sessions: NaiveSession[] = []
  holds: NaiveHold[] = []
  ended: { id: SessionId; cause: EndCause; at: number }[] = []
  answers: { session: SessionId; seq: number; result: StoredResult }[] = []
  quiet: Record<string, number> = {}
  asked: Record<string, number> = {}
  limits: Record<string, number> = {}
  history: Record<string, NaivePast[]> = {}
  quietUntil = 0
  restored: RestoreId | undefined
  staged: { restore: RestoreId; parts: number; at: number } | undefined
  entries: NaiveEntry[] = []
  pools: NaivePool[] = []
  items: NaiveItem[] = []
  departed: NaiveLists["departed"] = []
  believed: NaiveLists["believed"] = []
  joined: NaiveHold[] = []
  before: NaiveLists["before"] = new Map()
  backups: Record<RestoreId, NaiveBackup> = {}
  isChanged = false
  isRepeat = false

  apply(stamp: number, command: Command): { result: CommandResult; isRepeat: boolean } {
    this.isChanged = false
    this.isRepeat = false
    this.before = workersNow(this)
    this.time = Math.max(this.time, stamp)
    const isRenewal = ["renewHosts", "open", "attach"].includes(command.kind)
    if (!isRenewal) passTime(this)
    const result = this.#execute(command)
    if (isRenewal) passTime(this)
    else advance(this)
    if (this.isChanged) this.rev++
    return { result, isRepeat: this.isRepeat }
  }

  expiry(session: NaiveSession): number {
    return expiry(this, session)
  }

  waiting(kind: HoldKind, name: string): NaiveHold[] {
    return waiting(this, kind, name)
  }

  granted(kind: HoldKind, name: string): NaiveHold[] {
    return granted(this, kind, name)
  }

  #execute(command: Command): CommandResult {
    switch (command.kind) {
      case "found":
        return found(this, command)
      case "recover":
        return recover(this, command)
      case "tick":
      case "checkHash":
      case "removeHost":
        return done(this)
      case "renewHosts":
        return renewHosts(this, command)
      case "open":
        return open(this, command)
      case "attach":
        return attach(this, command)
      case "detach":
      case "end":
        return detachOrEnd(this, command)
      case "endHost":
        return endHost(this, command)
      case "revoke":
        return revoke(this, command)
      case "stage":
        return stage(this, command)
      case "unstage":
        return unstage(this, command)
      case "restore":
        return restore(this, command)
      case "workAssign":
        return work(this, command)
      case "resize":
      case "kvPut":
      case "kvDelete":
      case "workConfigure":
      case "workPut":
      case "workRemove":
      case "workRetry":
      case "workSettle":
      case "workCheckpoint":
        return writeOnce(this, command)
      default:
        return request(this, command)
    }
  }
}
