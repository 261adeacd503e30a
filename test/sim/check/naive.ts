import type { NodeId } from "@conclave/base"
import type {
  Acquire,
  Command,
  CommandResult,
  EndCause,
  HoldEnd,
  HoldKind,
  Refusal,
  RestoreId,
  SessionId,
  StoredResult,
  Token,
} from "@conclave/consensus"
import { INVOLUNTARY, LOSS, queued } from "./naive-hold.ts"
import { restored } from "./naive-restore.ts"
import type { NaiveBackup, NaiveHold, NaiveHost, NaivePast, NaiveSession } from "./naive-types.ts"

/** Of one session; older ones are forgotten. */
const ANSWERS_MAX = 128

/** What the machine should do, with nothing but lists that are searched from one end to the other. */
export class Naive {
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
  history: Record<string, NaivePast[]> = {}
  quietUntil = 0
  restored: RestoreId | undefined
  staged: { restore: RestoreId; parts: number; at: number } | undefined
  /** What each restore brings back. */
  backups: Record<RestoreId, NaiveBackup> = {}
  #isChanged = false
  #isRepeat = false

  apply(stamp: number, command: Command): { result: CommandResult; isRepeat: boolean } {
    this.#isChanged = false
    this.#isRepeat = false
    this.time = Math.max(this.time, stamp)
    const isRenewal = ["renewHosts", "open", "attach"].includes(command.kind)
    if (!isRenewal) this.#passTime()
    const result = this.#execute(command)
    if (isRenewal) this.#passTime()
    else this.#advance()
    if (this.#isChanged) this.rev++
    return { result, isRepeat: this.#isRepeat }
  }

  expiry(session: NaiveSession): number {
    if (session.detachedUntil !== undefined) return session.detachedUntil
    const host = this.hosts.find(({ id }) => id === session.host) as NaiveHost
    return host.renewedAt + session.ttl * (host.braked ? 2 : 1)
  }

  waiting(kind: HoldKind, name: string): NaiveHold[] {
    const all = this.holds.filter((each) => each.kind === kind && each.names.includes(name) && each.token === undefined)
    return all.sort((a, b) => b.priority - a.priority || a.order - b.order)
  }

  granted(kind: HoldKind, name: string): NaiveHold[] {
    const all = this.holds.filter((each) => each.kind === kind && each.names.includes(name) && each.token !== undefined)
    return all.sort((a, b) => a.order - b.order)
  }

  get #revNow(): number {
    return this.rev + (this.#isChanged ? 1 : 0)
  }

  #passTime(): void {
    let isJudged = false
    for (;;) {
      const due = this.#dues().filter(({ at }) => at <= this.time)[0]
      if (due === undefined) break
      if (due.session !== undefined && due.rank === 0 && due.session.detachedUntil === undefined && !isJudged) {
        isJudged = true
        if (this.#brake()) continue
      }
      due.act()
    }
    this.#advance()
  }

  #dues(): { at: number; rank: number; id: string; session?: NaiveSession; act: () => void }[] {
    const all: { at: number; rank: number; id: string; session?: NaiveSession; act: () => void }[] = []
    for (const session of this.sessions) {
      const { id } = session
      all.push({
        at: this.expiry(session),
        rank: 0,
        id,
        session,
        act: () => this.#endSession(session, "expired", false),
      })
      if (session.revokeAt === undefined) continue
      all.push({ at: session.revokeAt, rank: 1, id, session, act: () => this.#endSession(session, "revoked", false) })
    }
    for (const hold of this.holds) {
      const id = `${hold.session}/${hold.seq}`
      const ends = (at: number, rank: number, how: HoldEnd): void => {
        all.push({ at, rank, id, act: () => this.#endHold(hold, how, false) })
      }
      if (hold.revoking?.untilMs !== undefined) ends(hold.revoking.untilMs, 2, "revoked")
      if (hold.token !== undefined) ends(hold.grantedAt + hold.maxHold, 3, "max-hold")
      else ends(hold.waitUntil, 5, "wait-timeout")
    }
    for (const each of this.ended) {
      const forget = (): void => {
        this.ended = this.ended.filter((other) => other !== each)
      }
      all.push({ at: each.at + 60_000, rank: 6, id: each.id, act: forget })
    }
    const { staged } = this
    if (staged !== undefined) {
      const drop = (): void => {
        this.staged = undefined
      }
      all.push({ at: staged.at + 600_000, rank: 7, id: "", act: drop })
    }
    return all.sort((a, b) => a.at - b.at || a.rank - b.rank || (a.id < b.id ? -1 : 1))
  }

  #brake(): boolean {
    let withSessions = 0
    const silent: NaiveHost[] = []
    for (const host of this.hosts) {
      const ttls = this.sessions.filter((each) => each.host === host.id && each.detachedUntil === undefined)
      if (ttls.length === 0) continue
      withSessions++
      if (this.time - host.renewedAt >= 0.75 * Math.min(...ttls.map(({ ttl }) => ttl))) silent.push(host)
    }
    if (silent.length < 2 || silent.length / withSessions <= 0.3) return true
    for (const host of silent) host.braked = true
    return true
  }

  #advance(): void {
    for (;;) {
      const ready = this.holds.filter((hold) => hold.token === undefined && this.#isAdmissible(hold))
      if (ready.length === 0) break
      for (const hold of ready.sort((a, b) => a.order - b.order)) this.#grant(hold)
    }
    for (const incumbent of this.holds.filter(({ kind, token }) => kind === "election" && token !== undefined)) {
      const name = incumbent.names[0] as string
      const rival = this.waiting("election", name)[0]
      if (rival === undefined || rival.priority <= incumbent.priority || incumbent.revoking !== undefined) continue
      if (this.time < rival.queuedAt + 30_000 || this.time < (this.asked[name] ?? -60_000) + 60_000) continue
      const by = this.sessions.find(({ id }) => id === rival.session)?.member ?? ""
      incumbent.revoking = { by, reason: "preferred candidate", untilMs: undefined }
      this.asked[name] = this.time
      this.#isChanged = true
    }
    for (const name of Object.keys(this.asked)) {
      if (!this.holds.some(({ kind, names }) => kind === "election" && names.includes(name))) {
        if ((this.quiet[`election/${name}`] ?? 0) <= this.time) delete this.asked[name]
      }
    }
  }

  #isAdmissible(hold: NaiveHold): boolean {
    if (this.quietUntil > this.time) return false
    return hold.names.every((name) => {
      if ((this.quiet[`${hold.kind}/${name}`] ?? 0) > this.time) return false
      if (this.waiting(hold.kind, name)[0] !== hold) return false
      const holders = this.granted(hold.kind, name)
      return holders.length === 0 || (!hold.exclusive && holders.every(({ exclusive }) => !exclusive))
    })
  }

  #grant(hold: NaiveHold): void {
    hold.token = ++this.token
    hold.grantedAt = this.time
    this.#isChanged = true
  }

  #endHold(hold: NaiveHold, how: HoldEnd, isGone: boolean, isStored = true): void {
    this.holds = this.holds.filter((each) => each !== hold)
    this.#isChanged = true
    for (const name of hold.token === undefined ? [] : hold.names) {
      const key = `${hold.kind}/${name}`
      this.history[key] = [
        ...(this.history[key] ?? []),
        { token: hold.token, since: hold.grantedAt, until: this.time, how },
      ]
      if (!INVOLUNTARY.includes(how) || isGone || hold.lockDelay === 0) continue
      this.quiet[key] = Math.max(this.quiet[key] ?? 0, this.time + hold.lockDelay)
    }
    const token = hold.token as Token | undefined
    if (isStored) this.#store(hold.session, hold.seq, { kind: "ended", how, token, rev: this.#revNow })
  }

  #endSession(session: NaiveSession, cause: EndCause, isGone: boolean): void {
    for (const hold of this.holds.filter((each) => each.session === session.id).sort((a, b) => a.order - b.order)) {
      this.#endHold(hold, hold.token === undefined ? "session-ended" : LOSS[cause], isGone, false)
    }
    this.answers = this.answers.filter((each) => each.session !== session.id)
    this.sessions = this.sessions.filter((each) => each !== session)
    this.ended.push({ id: session.id, cause, at: this.time })
    this.#forgetHosts()
    this.#isChanged = true
  }

  #forgetHosts(): void {
    this.hosts = this.hosts.filter(({ id }) => this.sessions.some(({ host }) => host === id))
  }

  #store(session: SessionId, seq: number, result: StoredResult): void {
    const owner = this.sessions.find(({ id }) => id === session) as NaiveSession
    if (seq < owner.floor) return
    this.answers.push({ session, seq, result })
    const kept = this.answers.filter((each) => each.session === session)
    if (kept.length <= ANSWERS_MAX) return
    owner.floor = Math.min(...kept.map((each) => each.seq)) + 1
    this.answers = this.answers.filter((each) => each.session !== session || each.seq >= owner.floor)
  }

  #execute(command: Command): CommandResult {
    switch (command.kind) {
      case "found":
        this.wall = command.wallMs
        this.token = command.wallMs * 1024
        return this.#done()
      case "tick":
      case "checkHash":
        return this.#done()
      case "recover":
        if (command.wallMs < Math.max(this.wall, command.snapshotWallMs)) {
          return this.#refuse({ kind: "conflict", reason: "clock" })
        }
        this.wall = command.wallMs
        this.token = Math.max(this.token + 2 ** 20, command.wallMs * 2 ** 10)
        for (const session of this.sessions) this.#detach(session)
        return this.#done()
      case "renewHosts": {
        const items = command.items.map(({ host, boot, attempt }) => ({
          ...{ host, attempt, timeMs: this.time },
          isCurrent: this.hosts.some(({ id }) => id === host) && this.#hear(host, boot),
        }))
        return { kind: "renewed", items }
      }
      case "open":
        return this.#open(command)
      case "attach":
        return this.#attach(command)
      case "detach":
      case "end":
        return this.#detachOrEnd(command)
      case "endHost": {
        const host = this.hosts.find(({ id }) => id === command.host)
        if (host !== undefined && command.boot < host.boot) return this.#refuse({ kind: "outdated" })
        const all = this.sessions.filter((each) => each.host === command.host).sort((a, b) => (a.id < b.id ? -1 : 1))
        for (const each of all) this.#endSession(each, "left", command.isGone)
        return this.#done()
      }
      case "revoke":
        return this.#revoke(command)
      case "stage":
        return this.#stage(command)
      case "unstage":
        if (this.staged?.restore === command.restore) this.staged = undefined
        return this.#done()
      case "restore":
        return this.#restore(command)
      default:
        return this.#request(command)
    }
  }

  #hear(id: NodeId, boot: number): boolean {
    const host = this.hosts.find((each) => each.id === id)
    if (host === undefined) return true
    if (boot < host.boot) return false
    if (boot > host.boot) for (const each of this.sessions) if (each.host === id) this.#detach(each)
    host.boot = boot
    host.renewedAt = this.time
    host.braked = false
    return true
  }

  #detach(session: NaiveSession): void {
    if (session.detachedUntil !== undefined) return
    session.detachedUntil = this.time + session.ttl
    this.#isChanged = true
  }

  #open(command: Extract<Command, { kind: "open" }>): CommandResult {
    const { session: id, host, boot, attachment, ttlMs: ttl, member, app } = command
    const secret = String(command.secretHash)
    const known = this.sessions.find((each) => each.id === id)
    if (known !== undefined) {
      return known.secret === secret ? this.#attached(known) : this.#refuse({ kind: "not-yours" })
    }
    if (this.ended.some((each) => each.id === id)) return this.#lost(id)
    if (!this.#hear(host, boot)) return this.#refuse({ kind: "outdated" })
    const rest = { detachedUntil: undefined, floor: 0, revokeAt: undefined }
    const session = { id, host, secret, ttl, member, app, boot, attachment, ...rest }
    this.sessions.push(session)
    return this.#join(session)
  }

  #attach(command: Extract<Command, { kind: "attach" }>): CommandResult {
    const { host, boot, attachment } = command
    const session = this.sessions.find((each) => each.id === command.session)
    if (session === undefined) return this.#lost(command.session)
    if (session.secret !== String(command.secretHash)) return this.#refuse({ kind: "not-yours" })
    if (!this.#hear(host, boot)) return this.#refuse({ kind: "outdated" })
    if (session.host === host && session.boot === boot) {
      if (attachment < session.attachment) return this.#refuse({ kind: "outdated" })
      if (attachment === session.attachment) {
        return session.detachedUntil === undefined ? this.#attached(session) : this.#refuse({ kind: "outdated" })
      }
    }
    Object.assign(session, { host, boot, attachment, detachedUntil: undefined })
    const result = this.#join(session)
    this.#forgetHosts()
    return result
  }

  #join(session: NaiveSession): CommandResult {
    if (!this.hosts.some(({ id }) => id === session.host)) {
      this.hosts.push({ id: session.host, boot: session.boot, renewedAt: this.time, braked: false })
    }
    this.#isChanged = true
    return this.#attached(session)
  }

  #detachOrEnd(command: Extract<Command, { kind: "detach" | "end" }>): CommandResult {
    const session = this.sessions.find((each) => each.id === command.session)
    if (session === undefined) return this.#lost(command.session)
    const of = command.kind === "detach" ? command : command.of
    if (of !== undefined && (of.boot !== session.boot || of.attachment !== session.attachment)) {
      return this.#refuse({ kind: "outdated" })
    }
    if (command.kind === "detach") this.#detach(session)
    else this.#endSession(session, command.cause, command.isGone)
    return this.#done()
  }

  #revoke(command: Extract<Command, { kind: "revoke" }>): CommandResult {
    const { what, graceMs, by, reason } = command
    const until = this.time + graceMs
    const session = what.kind === "session" ? this.sessions.find(({ id }) => id === what.id) : undefined
    if (what.kind === "session" && session === undefined) return this.#lost(what.id)
    const asked =
      what.kind === "session"
        ? this.holds.filter((each) => each.session === what.id && each.token !== undefined)
        : this.granted(what.kind, what.name).filter(({ token }) => what.token === undefined || token === what.token)
    const tokens = asked.sort((a, b) => a.order - b.order).map(({ token }) => token as Token)
    if (session !== undefined && graceMs === 0) this.#endSession(session, "revoked", false)
    else if (session !== undefined && until < (session.revokeAt ?? Number.POSITIVE_INFINITY)) {
      session.revokeAt = until
      this.#isChanged = true
    }
    for (const hold of session !== undefined && graceMs === 0 ? [] : asked) {
      if (graceMs === 0) this.#endHold(hold, "revoked", false)
      else if (until < (hold.revoking?.untilMs ?? Number.POSITIVE_INFINITY)) {
        hold.revoking = { by, reason, untilMs: until }
        this.#isChanged = true
      }
    }
    return { kind: "revoked", tokens, rev: this.#revNow }
  }

  #stage({ restore, part }: Extract<Command, { kind: "stage" }>): CommandResult {
    if (this.restored === restore) return this.#refuse({ kind: "conflict", reason: "restored" })
    const parts = this.staged?.restore === restore ? this.staged.parts : 0
    if (part > parts) return this.#refuse({ kind: "conflict", reason: "superseded" })
    if (part === parts) this.staged = { restore, parts: parts + 1, at: this.time }
    return this.#done()
  }

  /** Its records are known from `backups`: what they look like as bytes is none of this model's business. */
  #restore(command: Extract<Command, { kind: "restore" }>): CommandResult {
    const { restore, parts, wallMs, savedWallMs } = command
    if (this.restored === restore) return this.#done()
    if (this.staged?.restore !== restore || this.staged.parts !== parts) {
      return this.#refuse({ kind: "conflict", reason: "superseded" })
    }
    const saved = this.backups[restore]
    if (saved === undefined) throw new Error("restored what nobody saved")
    if (wallMs < Math.max(this.wall, saved.wall, savedWallMs))
      return this.#refuse({ kind: "conflict", reason: "clock" })
    const ttl = Math.max(0, ...this.sessions.map((each) => each.ttl))
    const delay = Math.max(0, ...this.holds.map((each) => (each.token === undefined ? 0 : each.lockDelay)))
    for (const session of this.sessions) this.#endSession(session, "revoked", false)
    Object.assign(this, restored(this, saved, command, ttl + delay))
    this.asked = {}
    this.restored = restore
    this.staged = undefined
    this.#isChanged = true
    return this.#done()
  }

  #request(command: Extract<Command, { seq: number }>): CommandResult {
    const session = this.sessions.find(({ id }) => id === command.session)
    if (session === undefined) return this.#lost(command.session)
    const stored = this.answers.find((each) => each.session === command.session && each.seq === command.seq)
    const hold = this.holds.find((each) => each.session === command.session && each.seq === command.seq)
    this.#isRepeat = true
    if (stored !== undefined) return stored.result
    if (hold !== undefined && command.kind === "acquire") return this.#standing(hold)
    if (hold === undefined && command.seq < session.floor) return this.#refuse({ kind: "forgotten" })
    this.#isRepeat = false
    session.floor = Math.max(session.floor, Math.min(command.floor, command.seq))
    this.answers = this.answers.filter((each) => each.session !== session.id || each.seq >= session.floor)
    if (hold !== undefined && command.kind !== "cancel") return this.#refuse({ kind: "conflict", reason: "seq" })
    const result = this.#perform(command, hold)
    const isKept = this.answers.some((each) => each.session === command.session && each.seq === command.seq)
    if (result.kind === "ended" || result.kind === "written" || result.kind === "refused") {
      if (!isKept) this.#store(command.session, command.seq, result)
    }
    return result
  }

  #perform(command: Extract<Command, { seq: number }>, hold: NaiveHold | undefined): CommandResult {
    if (command.kind === "acquire") return this.#acquire(command)
    if (command.kind === "cancel") {
      if (hold === undefined) return { kind: "ended", how: "cancelled", token: undefined, rev: this.#revNow }
      const how = hold.token === undefined ? "cancelled" : "released"
      this.#endHold(hold, how, false)
      const token = hold.token as Token | undefined
      return { kind: "ended", how, token, rev: this.#revNow }
    }
    const own = this.holds.find((each) => each.token === command.token)
    if (own === undefined) return this.#refuse({ kind: "grant-lost" })
    if (own.session !== command.session) return this.#refuse({ kind: "not-yours" })
    if (command.kind === "release") {
      this.#endHold(own, "released", false)
      return { kind: "written", rev: this.#revNow }
    }
    if (command.kind === "update") {
      if (command.value !== undefined && own.kind === "lock") return this.#refuse({ kind: "invalid", field: "value" })
      own.note = command.note ?? own.note
      own.value = command.value ?? own.value
      this.#isChanged = true
      return { kind: "written", rev: this.#revNow }
    }
    if (own.kind !== "election") return this.#refuse({ kind: "invalid", field: "kind" })
    const memberOf = (id: SessionId): string | undefined => this.sessions.find((each) => each.id === id)?.member
    const heir = this.waiting("election", own.names[0] as string).find(
      (each) => command.to === undefined || memberOf(each.session) === command.to,
    )
    if (heir === undefined) return this.#refuse({ kind: "conflict", reason: "no-candidate" })
    this.#endHold(own, "transferred", false)
    this.#grant(heir)
    return { kind: "written", rev: this.#revNow }
  }

  #acquire(command: Acquire): CommandResult {
    const hold = queued(command, ++this.order, this.time)
    this.holds.push(hold)
    this.#isChanged = true
    this.#advance()
    if (hold.token === undefined && command.waitMs === 0) {
      this.#endHold(hold, "wait-timeout", false)
      return { kind: "ended", how: "wait-timeout", token: undefined, rev: this.#revNow }
    }
    return this.#standing(hold)
  }

  #standing(hold: NaiveHold): CommandResult {
    const rev = this.#revNow
    if (hold.token !== undefined) return { kind: "granted", token: hold.token as Token, rev }
    const places = hold.names.map((name) => this.waiting(hold.kind, name).indexOf(hold))
    return { kind: "queued", position: 1 + Math.max(...places), rev }
  }

  #attached(session: NaiveSession): CommandResult {
    return { kind: "attached", ttlMs: session.ttl, timeMs: this.time, rev: this.#revNow }
  }

  #done(): CommandResult {
    return { kind: "done", rev: this.#revNow }
  }

  #lost(id: SessionId): StoredResult {
    return this.#refuse({ kind: "session-lost", cause: this.ended.find((each) => each.id === id)?.cause })
  }

  #refuse(refusal: Refusal): StoredResult {
    return { kind: "refused", refusal, rev: this.#revNow }
  }
}
