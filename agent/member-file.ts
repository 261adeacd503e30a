import { type Addr, type Generation, GENERATION_MAX, hashText, isNodeId, type NodeId } from "@conclave/base"
import type { Disk, DiskResult } from "./ports.ts"

/** A member of the last life, to be asked at the next start. */
export interface KnownMember {
  readonly id: NodeId
  readonly name: string
  readonly addr: Addr
}

export interface LoadedMembers {
  readonly file: MemberFile
  /** The highest generation that was ever written; 0 before the first start. */
  readonly generation: number
  readonly members: readonly KnownMember[]
  /** What was wrong with the file, for people. */
  readonly problem: string | undefined
}

type Entry =
  | { readonly kind: "generation"; readonly generation: number }
  | ({ readonly kind: "member" } & KnownMember)
  | { readonly kind: "forget"; readonly id: NodeId }

const FILE = "members.log"
/** The log is rewritten when it has grown past this and past four times what is alive in it. */
const COMPACT_BYTES_MIN = 64 * 1024
const MEMBERS_MAX = 10_000
/** Damage may have eaten the newest generation; the next one stays clear of it. */
const DAMAGE_MARGIN = 1000

/**
 * What an agent must remember across restarts: its generation and whom it knew. A log of lines, each with the hash of its
 * text, so that a crash at any byte costs at most the lines that were never acknowledged. Writes are batched: while
 * one is under way the next ones gather.
 */
export class MemberFile {
  readonly #disk: Disk
  readonly #members: Map<NodeId, KnownMember>
  #generation: number
  #pending: string[] = []
  #done: ((result: DiskResult) => void)[] = []
  #isWriting = false
  /** The end of the file is unknown or too long: the next write replaces it. */
  #rewrite = true
  #loggedBytes = 0
  #liveBytes = 0

  private constructor(disk: Disk, generation: number, members: Map<NodeId, KnownMember>) {
    this.#disk = disk
    this.#generation = generation
    this.#members = members
  }

  static load(disk: Disk): LoadedMembers {
    const members = new Map<NodeId, KnownMember>()
    const { text, problem } = readText(disk)
    const lines = text.split("\n")
    // After the last newline there is nothing, or a line that a crash cut off before it was acknowledged.
    lines.pop()
    let generation = 0
    let damaged = 0
    for (const line of lines) {
      const entry = parseLine(line)
      if (entry === undefined) damaged++
      else if (entry.kind === "generation") generation = Math.max(generation, entry.generation)
      else if (entry.kind === "forget") members.delete(entry.id)
      else if (members.size < MEMBERS_MAX || members.has(entry.id)) {
        members.set(entry.id, { id: entry.id, name: entry.name, addr: entry.addr })
      }
    }
    if (damaged > 0) generation = Math.min(GENERATION_MAX - 1, generation + DAMAGE_MARGIN)
    const damage = damaged > 0 ? `${damaged} of ${lines.length} lines of ${FILE} are damaged and were left out` : undefined
    const file = new MemberFile(disk, generation, members)
    return { file, generation, members: [...members.values()], problem: problem ?? damage }
  }

  /** Calls back when `generation` is durable, or why it is not. */
  raiseGeneration(generation: Generation, done: (result: DiskResult) => void): void {
    this.#generation = Math.max(this.#generation, generation)
    this.#done.push(done)
    this.#append({ kind: "generation", generation: this.#generation })
  }

  remember(member: KnownMember): void {
    if (this.#members.size >= MEMBERS_MAX && !this.#members.has(member.id)) return
    this.#members.set(member.id, member)
    this.#append({ kind: "member", ...member })
  }

  forget(id: NodeId): void {
    if (this.#members.delete(id)) this.#append({ kind: "forget", id })
  }

  /** After a good-bye: the generation stays, the members go. */
  clearMembers(done: (result: DiskResult) => void): void {
    this.#members.clear()
    this.#rewrite = true
    this.#done.push(done)
    this.#flush()
  }

  #append(entry: Entry): void {
    this.#pending.push(formatLine(entry))
    this.#flush()
  }

  #flush(): void {
    if (this.#isWriting) return
    if (this.#pending.length === 0 && this.#done.length === 0) return
    const done = this.#done
    this.#done = []
    this.#isWriting = true
    const wrote = (result: DiskResult): void => {
      this.#isWriting = false
      // After a failure the whole state is written anew with the next change.
      if (!result.ok) this.#rewrite = true
      for (const call of done) call(result)
      if (result.ok) this.#flush()
    }
    if (this.#rewrite || this.#isTooLong()) this.#replace(wrote)
    else {
      const bytes = encode(this.#pending.join(""))
      this.#pending = []
      this.#loggedBytes += bytes.length
      this.#disk.append(FILE, bytes, wrote)
    }
  }

  #replace(wrote: (result: DiskResult) => void): void {
    let text = formatLine({ kind: "generation", generation: this.#generation })
    for (const member of this.#members.values()) text += formatLine({ kind: "member", ...member })
    const bytes = encode(text)
    this.#pending = []
    this.#rewrite = false
    this.#loggedBytes = bytes.length
    this.#liveBytes = bytes.length
    this.#disk.replace(FILE, bytes, wrote)
  }

  #isTooLong(): boolean {
    return this.#loggedBytes > COMPACT_BYTES_MIN && this.#loggedBytes > 4 * this.#liveBytes
  }
}

function readText(disk: Disk): { text: string; problem: string | undefined } {
  try {
    const bytes = disk.read(FILE)
    return { text: bytes === undefined ? "" : decode(bytes), problem: undefined }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { text: "", problem: `${FILE} cannot be read: ${message}` }
  }
}

function formatLine(entry: Entry): string {
  const text = JSON.stringify(entry)
  return `${hashText(text).toString(16).padStart(8, "0")} ${text}\n`
}

function parseLine(line: string): Entry | undefined {
  const text = line.slice(9)
  if (line.slice(0, 8) !== hashText(text).toString(16).padStart(8, "0")) return undefined
  try {
    return checkEntry(JSON.parse(text) as Record<string, unknown>)
  } catch {
    return undefined
  }
}

/** Lines with a right hash were written by some version of ours; what it does not say is not believed. */
function checkEntry(value: Record<string, unknown>): Entry | undefined {
  const { kind, generation, id, name, addr } = value
  if (kind === "generation") {
    const fits = typeof generation === "number" && Number.isSafeInteger(generation) && generation >= 0
    return fits && generation <= GENERATION_MAX ? { kind, generation } : undefined
  }
  if (typeof id !== "string" || !isNodeId(id)) return undefined
  if (kind === "forget") return { kind, id }
  if (kind !== "member" || typeof name !== "string" || typeof addr !== "string") return undefined
  return { kind, id, name, addr: addr as Addr }
}

/** Lines are ASCII: names are by contract, and JSON is made so. */
function encode(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0) & 127)
}

function decode(bytes: Uint8Array): string {
  let text = ""
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096))
  return text
}
