import {
  type Applied,
  type Change,
  type Command,
  type CommandResult,
  decodeCommand,
  type Entry,
  Machine,
  type RestoreId,
} from "@conclave/consensus"
import type { Broken } from "./disk-truth.ts"
import { NaiveShadow } from "./naive-shadow.ts"

/** Units of one step; an entry that needs more is stepped on. */
const UNITS = 10_000

export type Done = Extract<Applied, { kind: "applied" }>

/** What a command asked for and by whom; undefined for those that nobody repeats. */
export type RequestKey = string

/**
 * The state as the committed log alone makes it, one entry after another, beside all replicas: what must hold in it
 * holds in each of them whose hash is the same.
 */
export class Shadow {
  readonly machine: Machine = new Machine()
  readonly seen = { repeats: 0, expired: 0, refused: 0, waited: 0, restored: 0 }
  /** Called with each entry that was applied. */
  onApplied: (entry: Entry, applied: Done, command: Command | undefined) => void = () => {}
  readonly #broken: Broken
  readonly #hashes: string[] = [this.machine.hash]
  /** Results by request, in their order. */
  readonly #results: Map<RequestKey, string[]> = new Map()
  readonly #first: Set<RequestKey> = new Set()
  /** Behind which entry the state was saved that a restore brings back; undefined = nobody saves any. */
  readonly savedAt: Map<RestoreId, number> | undefined
  readonly #naive: NaiveShadow
  #token = 0
  #timeMs = 0

  constructor(broken: Broken, hasRestores: boolean) {
    this.#broken = broken
    this.savedAt = hasRestores ? new Map() : undefined
    this.#naive = new NaiveShadow(this.savedAt)
  }

  /** After a restore nobody is granted anything for a while. */
  get isQuiet(): boolean {
    return this.#naive.isQuiet
  }

  /** As many were committed, as far as anybody knows. */
  get entries(): number {
    return this.#hashes.length - 1
  }

  /** Of the state after this entry; undefined = it was not committed yet. */
  hashAt(index: number): string | undefined {
    return this.#hashes[index]
  }

  /** True when this request was answered so by an entry. */
  hasAnswered(key: RequestKey, result: CommandResult): boolean {
    return this.#results.get(key)?.includes(JSON.stringify(result)) === true
  }

  apply(entry: Entry): void {
    const { index, stampMs, kind, data } = entry
    const { machine } = this
    machine.begin({ index, stampMs, data: kind === "command" ? data : undefined })
    let applied = machine.step(UNITS)
    while (applied === undefined) applied = machine.step(UNITS)
    if (applied.kind === "stopped") return this.#say("commands-can-be-applied", `entry ${index}: ${applied.reason}`)
    this.#hashes[index] = machine.hash
    if (machine.timeMs < this.#timeMs) this.#say("time-never-falls", `${this.#timeMs} fell to ${machine.timeMs}`)
    this.#timeMs = machine.timeMs
    for (const change of applied.changes) this.#change(change)
    const decoded = kind === "command" ? decodeCommand(data) : undefined
    const command = decoded?.ok === true ? decoded.command : undefined
    if (command !== undefined) this.#answered(command, applied)
    const isTaken = applied.changes.some((each) => each.kind === "hold" && each.before?.token !== undefined)
    if (command?.kind === "restore" && isTaken) this.seen.restored++
    const otherwise = this.#naive.apply(stampMs, command, applied, machine)
    if (otherwise !== undefined) this.#say("the-log-means-one-thing", `after entry ${index}: ${otherwise}`)
    this.onApplied(entry, applied, command)
    const problem = machine.problems()[0]
    if (problem !== undefined) this.#say("state-invariants", `after entry ${index}: ${problem}`)
  }

  /** S3: over the whole life of the cluster each grant has a higher token than all before it. */
  #change(change: Change): void {
    if (change.kind === "session") {
      if (change.after === undefined && change.end === "expired") this.seen.expired++
      return
    }
    if (change.kind !== "hold") return
    const token = change.after?.token
    if (token === undefined || change.before?.token === token) return
    if (change.before !== undefined) this.seen.waited++
    if (token <= this.#token) this.#say("S3-tokens-grow", `token ${token} follows on ${this.#token}`)
    this.#token = token
  }

  #answered(command: Command, { result, isRepeat }: Done): void {
    const key = requestKey(command)
    if (key === undefined || result === undefined) return
    const results = this.#results.get(key) ?? []
    this.#results.set(key, results)
    results.push(JSON.stringify(result))
    if (result.kind === "refused") this.seen.refused++
    if (isRepeat) {
      this.seen.repeats++
      return
    }
    if (!DOES_SOMETHING.has(result.kind)) return
    if (this.#first.has(key)) this.#say("S5-applied-once", `${key} was applied twice`)
    this.#first.add(key)
  }

  #say(invariant: string, message: string): void {
    this.#broken(invariant, "", message)
  }
}

const DOES_SOMETHING: ReadonlySet<CommandResult["kind"]> = new Set([
  ...(["granted", "queued", "written", "removed", "ended", "opened"] as const),
])

/** The name under which the result of a command is compared with what its sender was told. */
export function requestKey(command: { readonly kind: string; readonly request?: unknown }): RequestKey | undefined {
  const { kind, session, seq, attachment } = { ...command, ...(command.request ?? {}) } as {
    readonly kind: string
    readonly session?: string
    readonly seq?: number
    readonly attachment?: number
  }
  if (session === undefined) return undefined
  return `${kind === "cancel" ? "cancel " : ""}${session}/${seq ?? `${kind}.${attachment}`}`
}
