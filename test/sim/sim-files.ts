import { crc32 } from "node:zlib"
import { Random } from "@conclave/base"
import type { Files, LogFile } from "conclave/wal/files"

/** A write that is not durable yet: the disk may have taken any of its sectors. */
interface Pending {
  readonly at: number
  readonly bytes: Uint8Array
}

interface Inode {
  /** What a running system reads. */
  cached: Uint8Array
  /** What a power cut leaves, and perhaps some of `pending`. */
  durable: Uint8Array
  pending: Pending[]
}

type Names = Map<string, Inode>
/** A change of names that is not durable yet. */
type Renaming = (names: Names) => void

export type FileOperation = "make" | "create" | "open" | "read" | "write" | "sync" | "rename" | "remove" | "syncNames"

/** The system refuses: what the files throw. */
export class SystemError extends Error {
  readonly code: string

  constructor(code: string) {
    super(`${code}: simulated`)
    this.code = code
  }
}

const SECTOR_BYTES = 512

/**
 * The directory of a log in memory. A process that is killed leaves everything as it was; a power cut leaves of each
 * file what was synced, and of what was not any sectors, or all bytes up to any one.
 */
export class SimFiles implements Files {
  readonly #random: Random
  #cached: Names | undefined
  #durable: Names | undefined
  #renamings: Renaming[] = []
  #retired = 0
  #inode = 1
  #isKilled = false
  /** Bytes that all files together may have. */
  capacityBytes: number = Number.POSITIVE_INFINITY
  /** What every change of a file or a name is refused with. */
  #trouble: "EIO" | "EROFS" | undefined
  #armed: { operations: number; readonly act: () => void } | undefined
  /** Called before each operation; what it throws is what the operation throws. */
  before: (operation: FileOperation, name: string) => void = () => {}

  constructor(seed: number) {
    this.#random = new Random(seed)
  }

  /** Directories that were put aside. */
  get retired(): number {
    return this.#retired
  }

  /** Something is refused now. */
  get isTroubled(): boolean {
    return this.#trouble !== undefined || Number.isFinite(this.capacityBytes)
  }

  setTrouble(trouble: "EIO" | "EROFS" | undefined): void {
    this.#trouble = trouble
  }

  /**
   * Ends the process in the middle of the operation that follows on so many others, and then acts; undefined takes that
   * back.
   */
  duringOperation(operations: number, act: (() => void) | undefined): void {
    this.#armed = act === undefined ? undefined : { operations, act }
  }

  /** What a process that was ended in the middle of an operation would tell whoever ends its machine. */
  takeKilled(): (() => void) | undefined {
    const act = this.#isKilled ? this.#armed?.act : undefined
    if (act !== undefined) this.#armed = undefined
    return act
  }

  /** Names that a power cut might not leave as they read now. */
  unsynced(): readonly string[] {
    const found: string[] = []
    for (const [name, inode] of this.#cached ?? []) {
      if (inode.pending.length > 0 || this.#durable?.get(name) !== inode) found.push(name)
    }
    return found
  }

  get usedBytes(): number {
    return [...(this.#cached?.values() ?? [])].reduce((sum, { cached }) => sum + cached.length, 0)
  }

  /** A file as it reads now: a view, for whoever wants to damage it. */
  bytesOf(name: string): Uint8Array {
    return this.#existing(name).cached
  }

  /** As if everything were elsewhere: a restored or copied directory. */
  moved(): void {
    this.#inode++
  }

  /** All that was ever written is durable: what is there now is what any later cut leaves. */
  settle(): void {
    for (const inode of this.#cached?.values() ?? []) {
      inode.durable = inode.cached.slice()
      inode.pending = []
    }
    this.#durable = this.#cached === undefined ? undefined : new Map(this.#cached)
    this.#renamings = []
  }

  /** Another directory with the same bytes. */
  copy(seed: number): SimFiles {
    const copy = new SimFiles(seed)
    copy.#inode = this.#inode
    if (this.#cached !== undefined) {
      copy.#cached = new Map(
        [...this.#cached].map(([name, { cached }]) => [
          name,
          { cached: cached.slice(), durable: new Uint8Array(0), pending: [] },
        ]),
      )
    }
    copy.settle()
    return copy
  }

  /** The process is gone: nothing it may still try is done. */
  kill(): void {
    this.#isKilled = true
  }

  /** Another process begins. */
  restart(): void {
    this.#isKilled = false
    this.before = () => {}
  }

  powerCut(): void {
    this.restart()
    const names = this.#durable
    if (names !== undefined) for (const each of this.#renamings) if (this.#random.chance(1, 2)) each(names)
    this.#renamings = []
    for (const inode of names?.values() ?? []) this.#cutFile(inode)
    this.#cached = names === undefined ? undefined : new Map(names)
  }

  list(): readonly string[] {
    return [...(this.#cached?.keys() ?? [])]
  }

  make(): void {
    this.#enter("make", "")
    this.#cached ??= new Map()
    this.#durable ??= new Map()
  }

  open(name: string): LogFile {
    this.#enter("open", name)
    return this.#file(name, this.#existing(name))
  }

  edit(name: string): LogFile {
    return this.open(name)
  }

  create(name: string): LogFile {
    this.#enter("create", name)
    const inode: Inode = { cached: new Uint8Array(0), durable: new Uint8Array(0), pending: [] }
    this.#rename((names) => names.set(name, inode))
    return this.#file(name, inode)
  }

  rename(from: string, to: string): void {
    this.#enter("rename", from)
    const inode = this.#existing(from)
    this.#rename((names) => {
      names.delete(from)
      names.set(to, inode)
    })
  }

  remove(name: string): void {
    this.#enter("remove", name)
    this.#rename((names) => names.delete(name))
  }

  sync(): void {
    this.#enter("syncNames", "")
    for (const each of this.#renamings) each(this.#durable as Names)
    this.#renamings = []
  }

  inode(): string {
    return String(this.#inode)
  }

  retire(): void {
    this.#enter("rename", "")
    if (this.#cached === undefined) return
    this.#retired++
    this.#inode++
    this.#cached = undefined
    this.#durable = undefined
    this.#renamings = []
  }

  discardRetired(): void {
    this.#enter("remove", "")
    this.#retired = 0
  }

  crc32(bytes: Uint8Array, before?: number): number {
    return crc32(bytes, before)
  }

  fresh(): Uint8Array {
    return new Uint8Array(Array.from({ length: 16 }, () => this.#random.below(256)))
  }

  #enter(operation: FileOperation, name: string): void {
    if (this.#isKilled) throw new SystemError("EIO")
    if (operation !== "read" && operation !== "open") this.#strike()
    this.before(operation, name)
    if (this.#isKilled) throw new SystemError("EIO")
  }

  #strike(): void {
    if (this.#trouble !== undefined) throw new SystemError(this.#trouble)
    if (this.#armed !== undefined && this.#armed.operations-- === 0) this.kill()
  }

  #file(name: string, inode: Inode): LogFile {
    return {
      size: () => inode.cached.length,
      read: (at, length) => {
        this.#enter("read", name)
        return inode.cached.slice(at, at + length)
      },
      write: (at, bytes) => this.#write(name, inode, at, bytes),
      sync: () => this.#sync(name, inode),
      close: () => {},
    }
  }

  #write(name: string, inode: Inode, at: number, bytes: Uint8Array): void {
    if (this.#isKilled) throw new SystemError("EIO")
    const grows = Math.max(0, at + bytes.length - inode.cached.length)
    const room = grows === 0 ? 0 : Math.max(0, this.capacityBytes - this.usedBytes)
    // A full disk takes what fits.
    const taken = grows <= room ? bytes : bytes.subarray(0, bytes.length - grows + room)
    inode.cached = patched(inode.cached, { at, bytes: taken })
    inode.pending.push({ at, bytes: taken.slice() })
    // Behind what it did: a process may be killed in the middle.
    this.#strike()
    this.before("write", name)
    if (this.#isKilled) throw new SystemError("EIO")
    if (taken.length < bytes.length) throw new SystemError("ENOSPC")
  }

  #sync(name: string, inode: Inode): void {
    const { pending } = inode
    // A sync that fails leaves the pages clean: no later one writes them.
    inode.pending = []
    try {
      this.#enter("sync", name)
    } finally {
      if (this.#isKilled) inode.pending = pending
    }
    for (const each of pending) inode.durable = patched(inode.durable, each)
  }

  #cutFile(inode: Inode): void {
    const inOrder = this.#random.chance(1, 2)
    const all = inode.pending.reduce((sum, { bytes }) => sum + bytes.length, 0)
    let left = this.#random.below(all + 1)
    for (const each of inode.pending) {
      if (!inOrder) for (const piece of sectors(each)) if (this.#random.chance(1, 2)) keep(inode, piece)
      if (inOrder && left > 0) keep(inode, { at: each.at, bytes: each.bytes.subarray(0, left) })
      left -= each.bytes.length
    }
    inode.pending = []
    inode.cached = inode.durable.slice()
  }

  #existing(name: string): Inode {
    const inode = this.#cached?.get(name)
    if (inode === undefined) throw new SystemError("ENOENT")
    return inode
  }

  #rename(act: Renaming): void {
    if (this.#cached === undefined) throw new SystemError("ENOENT")
    act(this.#cached)
    this.#renamings.push(act)
  }
}

function keep(inode: Inode, piece: Pending): void {
  inode.durable = patched(inode.durable, piece)
}

function patched(bytes: Uint8Array, { at, bytes: patch }: Pending): Uint8Array {
  const end = at + patch.length
  const whole = end <= bytes.length ? bytes : new Uint8Array(end)
  if (whole !== bytes) whole.set(bytes)
  whole.set(patch, at)
  return whole
}

function sectors({ at, bytes }: Pending): readonly Pending[] {
  const found: Pending[] = []
  for (let from = 0; from < bytes.length; ) {
    const to = Math.min(bytes.length, from + SECTOR_BYTES - ((at + from) % SECTOR_BYTES))
    found.push({ at: at + from, bytes: bytes.subarray(from, to) })
    from = to
  }
  return found
}
