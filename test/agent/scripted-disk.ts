import type { Disk, DiskResult } from "conclave/ports"

export interface DiskWrite {
  readonly kind: "append" | "replace"
  readonly name: string
  readonly bytes: Uint8Array
}

const OK: DiskResult = { ok: true }

/** A disk in memory whose writes end when the test says so, and how it says. */
export class ScriptedDisk implements Disk {
  readonly files: Map<string, Uint8Array> = new Map()
  /** Every write that was asked for. */
  readonly writes: DiskWrite[] = []
  readonly #waiting: { readonly write: DiskWrite; readonly done: (result: DiskResult) => void }[] = []
  /** True: each write ends as soon as it is asked for. */
  isPrompt: boolean

  constructor(isPrompt = true) {
    this.isPrompt = isPrompt
  }

  get waiting(): number {
    return this.#waiting.length
  }

  read(name: string): Uint8Array | undefined {
    return this.files.get(name)
  }

  replace(name: string, bytes: Uint8Array, done: (result: DiskResult) => void): void {
    this.#ask({ kind: "replace", name, bytes }, done)
  }

  append(name: string, bytes: Uint8Array, done: (result: DiskResult) => void): void {
    this.#ask({ kind: "append", name, bytes }, done)
  }

  /** Ends the oldest waiting write. */
  finish(result: DiskResult = OK): void {
    const first = this.#waiting.shift()
    if (first === undefined) throw new Error("no write is waiting")
    if (result.ok) apply(this.files, first.write)
    first.done(result)
  }

  #ask(write: DiskWrite, done: (result: DiskResult) => void): void {
    this.writes.push(write)
    this.#waiting.push({ write, done })
    if (this.isPrompt) this.finish()
  }
}

/** What a write leaves; `bytes` of an append only, when a crash cut it off. A replacement is all or nothing. */
export function apply(files: Map<string, Uint8Array>, write: DiskWrite, bytes: number = write.bytes.length): void {
  const before = write.kind === "append" ? (files.get(write.name) ?? new Uint8Array(0)) : new Uint8Array(0)
  const after = new Uint8Array(before.length + bytes)
  after.set(before)
  after.set(write.bytes.subarray(0, bytes), before.length)
  files.set(write.name, after)
}
