import type { Random } from "@conclave/base"
import type { Failure, HoldRequest } from "@conclave/sdk/session-core/types"
import type { Input } from "../check/lines.ts"
import type { App } from "./app.ts"
import type { Recorder } from "./recorder.ts"

const RELEASE_MS = 5000
/** Looks at the clock, and work under the token, while it is held. */
const WORK_MS = 120

export interface Wish {
  readonly kind: "lock" | "election" | "semaphore" | "group"
  readonly names: readonly string[]
  readonly mode: "exclusive" | "shared"
  readonly waitMs: number
  readonly priority: number
  readonly maxHoldMs: number | undefined
  readonly lockDelayMs: number
  /** Of a permit: what it takes, and what all of them may. */
  readonly weight: number
  readonly limit: number
  /** Of a member. */
  readonly id: string | undefined
  readonly isReady: boolean
  /** Given up by then, if it still waits. */
  readonly cancelMs: number | undefined
  /** How long it is wanted. */
  readonly holdMs: number
  /** Changes what it says of itself, or hands over, again and again. */
  readonly isHasty: boolean
}

export interface ErrandParts {
  readonly app: App
  readonly agent: string
  readonly recorder: Recorder
  readonly random: Random
  /** `failure`: it was never had. */
  readonly onOver: (errand: Errand, failure?: Failure) => void
}

/** One hold from its wish to its end: waits, works under it, now and then changes it, and gives it back. */
export class Errand {
  readonly wish: Wish
  readonly #parts: ErrandParts
  readonly #key: string
  #hold = 0
  #op = 0
  #release: number | undefined
  #token = ""
  readonly #input: Input
  #state: "waiting" | "held" | "over" = "waiting"

  constructor(wish: Wish, parts: ErrandParts) {
    this.wish = wish
    this.#parts = parts
    this.#key = `${wish.kind}/${wish.names[0]}`
    const { maxHoldMs, names, kind, waitMs } = wish
    this.#input = {
      app: parts.app.life,
      ...(Number.isFinite(waitMs) ? { waitMs } : {}),
      ...(kind === "lock" ? { names } : {}),
      ...termsOf(wish),
      ...(maxHoldMs === undefined ? {} : { maxHoldMs }),
    }
  }

  start(): void {
    const { app, agent, recorder } = this.#parts
    const { wish } = this
    const { kind, names, maxHoldMs, waitMs, cancelMs } = wish
    const said = hasValue(kind) ? { value: `${app.life}:${recorder.ops.invoked}` } : {}
    const input = { ...this.#input, ...said }
    this.#op = recorder.invoke("acquire", this.#key, { life: app.life, agent }, Object.assign(this.#input, input))
    const request: HoldRequest = {
      kind,
      name: names[0] ?? "",
      ...(kind === "lock" ? { names: names.slice(1) } : {}),
      ...termsOf(wish),
      ...said,
      ...(maxHoldMs === undefined ? {} : { maxHoldMs }),
    }
    this.#hold = app.acquire(request, waitMs, {
      sent: (...known) => this.#sent(...known),
      queued: () => this.#say({ type: "queued" }),
      granted: (token, rev) => this.#granted(String(token), Number(rev)),
      revoking: (reason) => this.#revoking(reason),
      lost: (reason) => this.#lost(reason),
      failed: (failure) => this.#failed(failure),
      released: (failure, rev) => this.#released(failure, rev),
      until: (until) => this.#say({ type: "until", token: this.#token, until }),
    })
    if (cancelMs !== undefined) app.after(cancelMs, () => this.cancel())
  }

  cancel(): void {
    if (this.#state !== "waiting") return
    this.#state = "over"
    this.#parts.app.cancel(this.#hold)
    this.#parts.recorder.end(this.#op, "ok", { r: { granted: false } })
    this.#parts.onOver(this)
  }

  /** Gives it back or gives it up, whichever it is. */
  stop(): void {
    if (this.#state === "waiting") this.cancel()
    else this.release()
  }

  release(): void {
    const { app, agent, recorder } = this.#parts
    if (this.#state !== "held" || this.#release !== undefined) return
    const { s, seq } = this.#input
    const about = { app: app.life, of: this.#op, token: this.#token, ...(s === undefined ? {} : { s }) }
    const input = { ...about, ...(seq === undefined ? {} : { seq }) }
    this.#release = recorder.invoke("release", this.#key, { life: app.life, agent }, input)
    app.release(this.#hold, RELEASE_MS)
  }

  /** What it holds it for, at any moment: only what is held by the clock of this moment is touched. */
  work(): void {
    const { app, recorder } = this.#parts
    if (this.#state !== "held" || this.#release !== undefined || !app.isHeld(this.#hold)) return
    const { nowUs } = recorder
    const { kind, names } = this.wish
    const p = `${app.life}.${this.#op}`
    for (const name of names) {
      recorder.add({ k: "act", t: nowUs, p, op: this.#op, key: `${kind}/${name}`, token: this.#token })
    }
  }

  #sent(session: string, seq: number, ttlMs: number): void {
    this.#input.ttlMs = ttlMs
    this.#input.s = session
    this.#input.seq = seq
  }

  #granted(token: string, rev: number): void {
    const { app, recorder } = this.#parts
    this.#state = "held"
    this.#token = token
    this.#say({ type: "granted", token, rev })
    recorder.end(this.#op, "ok", { rev, r: { granted: true, token } })
    app.after(this.wish.holdMs, () => this.release())
    this.#keepWorking()
  }

  #keepWorking(): void {
    const { app, random } = this.#parts
    if (this.#state !== "held") return
    this.work()
    if (random.chance(1, this.wish.isHasty ? 4 : 12)) this.#change()
    app.after(1 + random.below(2 * WORK_MS), () => this.#keepWorking())
  }

  /** Says something else of itself, or hands an election over. */
  #change(): void {
    const { app, agent, recorder, random } = this.#parts
    const { kind, names, isHasty } = this.wish
    if (this.#release !== undefined) return
    const isTransfer = kind === "election" && random.chance(isHasty ? 3 : 1, 4)
    const f = isTransfer ? "hold.transfer" : "hold.update"
    const value = `${app.life}:${recorder.ops.invoked}`
    const { s } = this.#input
    const ready = kind === "group" && random.chance(1, 2) ? { ready: random.chance(1, 2) } : {}
    const said = isTransfer ? {} : hasValue(kind) ? { value, ...ready } : { note: value }
    const about = { app: app.life, of: this.#op, token: this.#token, ...said, ...(s === undefined ? {} : { s }) }
    const op = recorder.invoke(f, this.#key, { life: app.life, agent }, about)
    const input = { ...(isTransfer ? {} : { kind }), name: names[0], token: this.#token, ...said }
    const done = (out: unknown, failure: Failure | undefined): void => {
      if (failure === undefined) recorder.end(op, "ok", { rev: Number((out as { rev: string }).rev) })
      else recorder.failed(op, failure)
    }
    app.call(f, input, done, { hold: this.#hold })
  }

  #revoking(reason: string): void {
    const { app, random } = this.#parts
    this.#say({ type: "revoking", token: this.#token, reason })
    if (random.chance(1, 2)) app.after(random.below(300), () => this.release())
  }

  #lost(reason: string): void {
    this.#say({ type: "lost", token: this.#token, reason })
    if (this.#release !== undefined) return
    this.#state = "over"
    this.#parts.onOver(this)
  }

  #failed(failure: Failure): void {
    this.#state = "over"
    this.#parts.recorder.failed(this.#op, failure)
    this.#parts.onOver(this, failure)
  }

  #released(failure: Failure | undefined, rev: bigint | undefined): void {
    const { recorder, onOver } = this.#parts
    this.#state = "over"
    const op = this.#release
    if (op !== undefined) {
      if (failure === undefined) recorder.end(op, "ok", rev === undefined || rev === 0n ? {} : { rev: Number(rev) })
      else recorder.failed(op, failure)
    }
    onOver(this)
  }

  #say(line: Omit<Parameters<Recorder["hold"]>[1], "op" | "key">): void {
    this.#parts.recorder.hold(this.#parts.app.life, { op: this.#op, key: this.#key, ...line })
  }
}

function hasValue(kind: Wish["kind"]): boolean {
  return kind === "election" || kind === "group"
}

/** What each kind asks for beside its name. */
function termsOf({ kind, mode, lockDelayMs, priority, weight, limit, id, isReady }: Wish) {
  switch (kind) {
    case "lock":
      return { mode, lockDelayMs }
    case "election":
      return { priority }
    case "semaphore":
      return { limit, weight }
    case "group":
      return { ready: isReady, ...(id === undefined ? {} : { id }) }
  }
}
