import type { Random } from "@conclave/base"
import type { Disk, DiskResult } from "conclave/ports"
import type { World } from "./world.ts"

type Done = (result: DiskResult) => void

interface Write {
  readonly kind: "replace" | "append"
  readonly name: string
  readonly bytes: Uint8Array
  readonly done: Done
  /** Whose loop hears of it; a process that is over hears nothing. */
  readonly client: DiskClient
}

/** Whoever waits for a write: runs the answer in its own loop. */
export interface DiskClient {
  readonly over: boolean
  readonly task: (run: () => void) => void
}

/** What a disk fault does; `undefined` = healthy. */
export interface DiskTrouble {
  readonly code: "ENOSPC" | "EIO" | "EROFS"
}

const DELAY_US = 300

/**
 * The data directory of one machine. Writes are done one after another; until its turn has come a write exists
 * in memory only. A crash cuts the write that is under way at any byte, and loses those behind it.
 */
export class SimDisk {
  readonly #world: World
  /** Each file in the pieces that it was written in: an append copies only itself. */
  readonly #files: Map<string, Uint8Array[]> = new Map()
  readonly #queue: Write[] = []
  #busy = false
  #epoch = 0
  #delayUs = DELAY_US
  #trouble: DiskTrouble | undefined = undefined
  #cutWrites = 0
  #armed: { writes: number; readonly act: () => void } | undefined

  constructor(world: World) {
    this.#world = world
  }

  /** Bytes of the write that a crash would cut now; 0 = none is under way. */
  get unsyncedBytes(): number {
    return this.#queue[0]?.bytes.length ?? 0
  }

  /** Crashes that hit a write under way. */
  get cutWrites(): number {
    return this.#cutWrites
  }

  get delayUs(): number {
    return this.#delayUs
  }

  setTrouble(trouble: DiskTrouble | undefined): void {
    this.#trouble = trouble
  }

  /** How long one write and its sync take from now on. */
  setDelayUs(us: number): void {
    this.#delayUs = us
  }

  /** Acts in the middle of the write that follows on `writes` others; undefined takes that back. */
  duringWrite(writes: number, act: (() => void) | undefined): void {
    this.#armed = act === undefined ? undefined : { writes, act }
  }

  /** What is durable of a file, copied; undefined when there is none. */
  file(name: string): Uint8Array | undefined {
    const pieces = this.#files.get(name)
    return pieces === undefined ? undefined : joined(pieces)
  }

  putFile(name: string, bytes: Uint8Array): void {
    this.#files.set(name, [bytes])
  }

  wipe(): void {
    this.#files.clear()
  }

  /** From now on it holds what is durable on another one. */
  restore(image: SimDisk): void {
    this.wipe()
    for (const [name, pieces] of image.#files) this.#files.set(name, [joined(pieces)])
  }

  portFor(client: DiskClient): Disk {
    return {
      read: (name) => this.file(name),
      replace: (name, bytes, done) => this.#write({ kind: "replace", name, bytes: bytes.slice(), done, client }),
      append: (name, bytes, done) => this.#write({ kind: "append", name, bytes: bytes.slice(), done, client }),
    }
  }

  /** The machine dies: `keep` bytes of the write under way survive (an unfinished replacement leaves the old). */
  crashAt(keep: number): void {
    const first = this.#queue[0]
    if (first !== undefined) {
      this.#cutWrites++
      const kept = Math.max(0, Math.min(keep, first.bytes.length))
      if (first.kind === "append") this.#append(first.name, first.bytes.subarray(0, kept))
      else if (kept === first.bytes.length) this.#files.set(first.name, [first.bytes])
    }
    this.#queue.length = 0
    this.#busy = false
    this.#epoch++
  }

  crash(random: Random): void {
    this.crashAt(random.below(this.unsyncedBytes + 1))
  }

  #write(write: Write): void {
    this.#queue.push(write)
    this.#next()
  }

  #next(): void {
    if (this.#busy || this.#queue.length === 0) return
    this.#busy = true
    const epoch = this.#epoch
    const armed = this.#armed
    if (armed !== undefined && armed.writes-- === 0) this.#world.after(this.#delayUs >> 1, armed.act)
    this.#world.after(this.#delayUs, () => {
      if (epoch === this.#epoch) this.#complete()
    })
  }

  #complete(): void {
    const write = this.#queue.shift()
    this.#busy = false
    if (write === undefined) return
    const result = this.#apply(write)
    if (!write.client.over) write.client.task(() => write.done(result))
    this.#next()
  }

  #apply(write: Write): DiskResult {
    const trouble = this.#trouble
    if (trouble === undefined) {
      if (write.kind === "append") this.#append(write.name, write.bytes)
      else this.#files.set(write.name, [write.bytes])
      return { ok: true }
    }
    // A full disk takes what fits: the end of the file is then unknown, as the port says.
    if (write.kind === "append" && trouble.code !== "EROFS") {
      this.#append(write.name, write.bytes.subarray(0, write.bytes.length >> 1))
    }
    return { ok: false, code: trouble.code, message: `${trouble.code}: simulated` }
  }

  #append(name: string, bytes: Uint8Array): void {
    const pieces = this.#files.get(name)
    if (pieces === undefined) this.#files.set(name, [bytes])
    else pieces.push(bytes)
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const piece of pieces) length += piece.length
  const bytes = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}
