/** Clock rates differ by this much from true time at most, either way. */
export const DRIFT = 0.01
export const SLACK_MS = 200
export const TTL_MS = 2000

export interface Entry {
  readonly session: string
  readonly seq: number
  /** 0 = waits. */
  token: number
  readonly tell: { event: (event: object) => void }
}

type Verdict = { readonly out: object } | { readonly code: "WAIT_TIMEOUT" | "SESSION_LOST" | "GRANT_LOST" }

/**
 * One lock as the replicated service keeps it, by its own clock: a session ends one TTL after the commit of its last
 * renewal, and the next in the queue is granted in the same moment.
 */
export class ServiceModel {
  readonly rate: number
  readonly entries: Entry[] = []
  readonly #expiries: Map<string, number> = new Map()
  readonly #verdicts: Map<string, Verdict> = new Map()
  /** Called just before a grant ends other than by its holder's own word. */
  readonly onTaken: (entry: Entry) => void
  tokens: number = 0
  expired: number = 0
  #sessions = 0

  constructor(rate: number, onTaken: (entry: Entry) => void) {
    this.rate = rate
    this.onTaken = onTaken
  }

  open(nowMs: number): string {
    const id = `s${++this.#sessions}`
    this.#expiries.set(id, nowMs * this.rate + TTL_MS)
    return id
  }

  /** False: the session has ended. */
  renew(id: string, nowMs: number): boolean {
    if (!this.#expiries.has(id)) return false
    this.#expiries.set(id, nowMs * this.rate + TTL_MS)
    return true
  }

  /** True time of the next expiry. */
  get nextMs(): number {
    return Math.min(...this.#expiries.values()) / this.rate
  }

  expire(nowMs: number): void {
    for (const [id, expiry] of this.#expiries) if (expiry <= nowMs * this.rate + 1e-6) this.end(id)
  }

  end(id: string): void {
    if (!this.#expiries.delete(id)) return
    this.expired++
    for (const entry of this.entries.filter(({ session }) => session === id)) {
      if (entry.token > 0) this.onTaken(entry)
      this.#remove(entry, { code: "SESSION_LOST" })
    }
    this.#grant()
  }

  /** The same (session, seq) is the same entry, or gets the same verdict. */
  acquire(asked: Omit<Entry, "token">, canWait: boolean): Verdict | Entry {
    const { session, seq, tell } = asked
    if (!this.#expiries.has(session)) return { code: "SESSION_LOST" }
    const verdict = this.#verdicts.get(`${session} ${seq}`)
    if (verdict !== undefined) return verdict
    const known = this.#find(session, seq)
    if (known !== undefined) {
      known.tell.event = tell.event
      return known
    }
    const entry = { ...asked, token: 0 }
    this.entries.push(entry)
    this.#grant()
    if (entry.token > 0 || canWait) return entry
    this.#remove(entry, { code: "WAIT_TIMEOUT" })
    return { code: "WAIT_TIMEOUT" }
  }

  /** Stored under the seq that it cancels, whether or not that was seen. */
  cancel(session: string, seq: number): Verdict {
    const stored = this.#verdicts.get(`${session} ${seq}`)
    if (stored !== undefined) return stored
    if (!this.#expiries.has(session)) return { code: "SESSION_LOST" }
    const entry = this.#find(session, seq)
    const verdict = { out: { released: (entry?.token ?? 0) > 0, rev: "1" } }
    if (entry !== undefined) this.#remove(entry, verdict)
    else this.#verdicts.set(`${session} ${seq}`, verdict)
    this.#grant()
    return verdict
  }

  #find(session: string, seq: number): Entry | undefined {
    return this.entries.find((each) => each.session === session && each.seq === seq)
  }

  #remove(entry: Entry, verdict: Verdict): void {
    this.entries.splice(this.entries.indexOf(entry), 1)
    this.#verdicts.set(`${entry.session} ${entry.seq}`, verdict)
  }

  #grant(): void {
    const [first] = this.entries
    if (first === undefined || first.token > 0) return
    first.token = ++this.tokens
    first.tell.event({ type: "granted", token: String(first.token), rev: "1", validForMs: 1 })
  }
}
