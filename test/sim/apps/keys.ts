import type { Random } from "@conclave/base"
import type { Failure } from "@conclave/sdk/session-core/types"
import type { EndLine, Input, Operation } from "../check/lines.ts"
import type { App } from "./app.ts"
import type { Recorder } from "./recorder.ts"

/** Writes of one session under way. */
const PENDING_MAX = 3
/** What is guarded by a grant that holds may come when that has moved. */
const GUARDED_MS = 1500

export interface KeysOptions {
  readonly app: App
  readonly agent: string
  readonly recorder: Recorder
  readonly random: Random
  readonly keys: number
  readonly actMs: number
  /** `kind/name` of what some writes are guarded by. */
  readonly guards: readonly string[]
}

/**
 * What an application does with entries: puts, compares and sets, deletes and reads, in its session and without one.
 */
export class Keys {
  readonly #options: KeysOptions
  /** The revision of each key as it was told last; "0" = nothing was there. */
  readonly #revs: Map<string, string> = new Map()
  #pending = 0
  #isOver = false

  constructor(options: KeysOptions) {
    this.#options = options
    this.#goOn()
  }

  /** What was asked outside of the session may never be answered. */
  get isIdle(): boolean {
    return this.#pending === 0
  }

  stop(): void {
    this.#isOver = true
  }

  #goOn(): void {
    const { app, random, actMs } = this.#options
    app.after(1 + random.below(2 * actMs), () => {
      if (this.#isOver) return
      if (this.#pending < PENDING_MAX) this.#act()
      this.#goOn()
    })
  }

  #act(): void {
    const { app, random, recorder, keys } = this.#options
    const key = `k${random.below(keys)}`
    const isCompared = random.chance(1, 2)
    const ifRev = isCompared ? { ifRev: this.#revs.get(key) ?? "0" } : {}
    const value = `${app.life}:${recorder.ops.invoked}`
    if (random.chance(1, 5)) return this.#guarded(key, ifRev)
    switch (random.below(8)) {
      case 0:
        return this.#inSession("kv.delete", key, ifRev)
      case 1:
        return this.#outside("kv.put", key, { value, ...ifRev })
      case 2:
      case 3:
      case 4:
        return this.#outside("kv.get", key, {})
      default:
        return this.#inSession("kv.put", key, { value, ...ifRev })
    }
  }

  /** While somebody has what was granted last, as its client was told: nobody else knows whether it has it still. */
  #guarded(key: string, input: Input): void {
    const { app, random, recorder, guards } = this.#options
    const held = random.pick(guards)
    const slash = held.indexOf("/")
    const [kind, name] = [held.slice(0, slash), held.slice(slash + 1)]
    const ofItem = kind === "work" ? recorder.lastItemToken(held) : undefined
    const token = ofItem ?? recorder.lastToken(held)
    if (token === undefined) return
    const write = (): void => {
      if (this.#isOver) return
      const value = `${app.life}:${recorder.ops.invoked}`
      this.#inSession("kv.put", key, { value, ...input, guard: { kind, name, token } })
    }
    if (random.chance(1, 2)) app.after(random.below(GUARDED_MS), write)
    else write()
  }

  #inSession(f: Operation, key: string, input: Input): void {
    const end = this.#begin(f, key, input)
    this.#pending++
    this.#options.app.call(f, { key, ...input }, (out, failure) => {
      this.#pending--
      end(out, failure)
    })
  }

  /** Sent once, or a read: what becomes of it when the connection breaks nobody says. */
  #outside(f: Operation, key: string, input: Input): void {
    const end = this.#begin(f, key, input)
    const isAsked = this.#options.app.ask(
      f,
      { key, ...input },
      { event: () => {}, answer: ({ out, error }) => end(out, error as Failure | undefined) },
    )
    if (!isAsked) end(undefined, { code: "AGENT_UNAVAILABLE", outcome: "not-applied", details: {} })
  }

  #begin(f: Operation, key: string, input: Input): (out: unknown, failure: Told | undefined) => void {
    const { app, agent, recorder } = this.#options
    const op = recorder.invoke(f, `kv/${key}`, { life: app.life, agent }, { app: app.life, ...input })
    return (out, failure) => {
      if (failure !== undefined) return this.#failed(op, key, failure)
      const { rev, value, modRev, deleted } = out as Answer
      this.#revs.set(key, f === "kv.delete" ? "0" : (modRev ?? rev))
      const r = { ...(value === undefined ? {} : { value, modRev }), ...(deleted === undefined ? {} : { deleted }) }
      recorder.end(op, "ok", { rev: Number(rev), r } as Pick<EndLine, "rev" | "r">)
    }
  }

  #failed(op: number, key: string, { code, outcome, details }: Told): void {
    const { current, rev } = details as { readonly current?: string; readonly rev?: string }
    if (code === "CONFLICT" && typeof current === "string") this.#revs.set(key, current)
    if (code === "NOT_FOUND") this.#revs.set(key, "0")
    const seen = rev === undefined ? {} : { rev: Number(rev) }
    const d = current === undefined ? {} : { d: { current } }
    this.#options.recorder.end(op, outcome === "not-applied" ? "fail" : "info", { e: code, ...seen, ...d })
  }
}

type Told = Pick<Failure, "code" | "outcome" | "details">

interface Answer {
  readonly rev: string
  readonly value?: string
  readonly modRev?: string
  readonly deleted?: boolean
}
