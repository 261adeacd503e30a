import {
  type Addr,
  GENERATION_MAX,
  type Generation,
  hashText,
  isNodeId,
  type Millis,
  type NodeId,
  unreachable,
} from "@conclave/base"
import { numericHostPort } from "../host-port.ts"
import type { Alarm, Clock, Disk, DiskResult } from "../ports.ts"

/** A member of the last life, to be asked at the next start. */
export interface KnownMember {
  readonly id: NodeId
  readonly name: string
  readonly addr: Addr
}

export type Tags = Readonly<Record<string, string>>

export interface LoadedMembers {
  readonly file: MemberFile
  /** The highest generation that was ever written; 0 before the first start. */
  readonly generation: number
  readonly members: readonly KnownMember[]
  /** The tags that were set last; undefined when none ever were. */
  readonly tags: Tags | undefined
  /** What was wrong with the file, for people. */
  readonly problem: string | undefined
}

type Entry =
  | { readonly kind: "generation"; readonly generation: number }
  | ({ readonly kind: "member" } & KnownMember)
  | { readonly kind: "forget"; readonly id: NodeId }
  | { readonly kind: "tags"; readonly tags: Tags }

const FILE = "members.log"
/** The log is rewritten when it has grown past this and past four times what is alive in it. */
const COMPACT_BYTES_MIN = 64 * 1024
const MEMBERS_MAX = 10_000
/** Between two writes of members: a fleet that comes in a burst is written a few times, not once a member. */
const GATHER_MS = 1000
/** Damage may have eaten the newest generations; this many boots cannot have been in them. */
const DAMAGE_MARGIN = 1000

/** Everything that the log says, and how much of it could not be read. */
interface Contents {
  generation: number
  tags: Tags | undefined
  readonly members: Map<NodeId, KnownMember>
  readonly problem: string | undefined
}

/**
 * What an agent must remember across restarts: its generation, its tags and whom it knew. A log of lines, each with the
 * hash of its text, so that a crash at any byte costs at most the lines that were never acknowledged, and damage costs
 * the lines it hit: the others are taken, before and after it. As the newest generation may have been among them, the
 * next one then jumps ahead. Writes are batched: while one is under way the next ones gather, and members, for whom
 * nobody waits, gather up to a second after the last ones were written.
 */
export class MemberFile {
  readonly #disk: Disk
  readonly #clock: Clock
  readonly #gathered: Alarm
  readonly #members: Map<NodeId, KnownMember>
  #generation: number
  #tags: Tags | undefined
  #pending: string[] = []
  #done: ((result: DiskResult) => void)[] = []
  #isWriting = false
  #isGathering = false
  #isClosed = false
  /** Members are not written before this. */
  #notBeforeMs = Number.NEGATIVE_INFINITY
  /** The end of the file is unknown or too long: the next write replaces it. */
  #rewrite = true
  #loggedBytes = 0
  #liveBytes = 0

  private constructor(disk: Disk, clock: Clock, contents: Contents) {
    this.#disk = disk
    this.#clock = clock
    this.#gathered = clock.alarm(() => this.#endGathering())
    this.#generation = contents.generation
    this.#tags = contents.tags
    this.#members = contents.members
  }

  static load(disk: Disk, clock: Clock): LoadedMembers {
    const contents = readContents(disk)
    const { generation, tags, problem } = contents
    const members = [...contents.members.values()]
    return { file: new MemberFile(disk, clock, contents), generation, members, tags, problem }
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
    this.#gather({ kind: "member", ...member })
  }

  forget(id: NodeId): void {
    if (this.#members.delete(id)) this.#gather({ kind: "forget", id })
  }

  setTags(tags: Tags): void {
    this.#tags = tags
    this.#append({ kind: "tags", tags })
  }

  /** After a good-bye: the generation stays, the members go. */
  clearMembers(done: (result: DiskResult) => void): void {
    this.#members.clear()
    this.#rewrite = true
    this.#done.push(done)
    this.#flush()
  }

  /** Hands over to the disk what is still gathered; from here on nothing waits. */
  close(): void {
    this.#isClosed = true
    this.#endGathering()
  }

  #append(entry: Entry): void {
    this.#pending.push(formatLine(entry))
    this.#flush()
  }

  #gather(entry: Entry): void {
    this.#pending.push(formatLine(entry))
    this.#flushGathered()
  }

  #flushGathered(): void {
    if (this.#isClosed) return this.#flush()
    if (this.#isWriting || this.#isGathering || this.#pending.length === 0) return
    this.#isGathering = true
    // In a turn of its own at the soonest: one packet may bring many.
    this.#gathered.set(Math.max(this.#clock.now(), this.#notBeforeMs) as Millis)
  }

  #endGathering(): void {
    this.#gathered.clear()
    this.#isGathering = false
    this.#notBeforeMs = this.#clock.now() + GATHER_MS
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
      // Somebody waits for an answer to what came meanwhile, even if it is bad again.
      if (this.#done.length > 0) this.#flush()
      else if (result.ok) this.#flushGathered()
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
    if (this.#tags !== undefined) text += formatLine({ kind: "tags", tags: this.#tags })
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

function readContents(disk: Disk): Contents {
  const { text, problem } = readText(disk)
  const lines = text.split("\n")
  // After the last newline there is nothing, or a line that a crash cut off before it was acknowledged.
  const torn = lines.pop() !== ""
  const contents: Contents = { generation: 0, tags: undefined, members: new Map(), problem: undefined }
  let damaged = 0
  for (const line of lines) {
    const entry = parseLine(line)
    if (entry === undefined) damaged++
    else apply(contents, entry)
  }
  // A bit flip in the last newline looks like a torn line: only a margin keeps the generation safe.
  if (damaged > 0 || torn || problem !== undefined) {
    contents.generation = Math.min(GENERATION_MAX - 1, contents.generation + DAMAGE_MARGIN)
  }
  return { ...contents, problem: problem ?? damage(damaged, lines.length, torn) }
}

function damage(damaged: number, lines: number, torn: boolean): string | undefined {
  if (damaged > 0) return `${damaged} of ${lines} lines of ${FILE} are damaged and were left out`
  return torn ? `${FILE} ends in the middle of a line, as after a crash; the line was left out` : undefined
}

function apply(contents: Contents, entry: Entry): void {
  const { members } = contents
  switch (entry.kind) {
    case "generation":
      contents.generation = Math.max(contents.generation, entry.generation)
      return
    case "tags":
      contents.tags = entry.tags
      return
    case "forget":
      members.delete(entry.id)
      return
    case "member": {
      const { id, name, addr } = entry
      if (members.size < MEMBERS_MAX || members.has(id)) members.set(id, { id, name, addr })
      return
    }
    default:
      unreachable(entry)
  }
}

function readText(disk: Disk): { readonly text: string; readonly problem: string | undefined } {
  try {
    const bytes = disk.read(FILE)
    return { text: bytes === undefined ? "" : decode(bytes), problem: undefined }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { text: "", problem: `${FILE} cannot be read: ${message}` }
  }
}

function formatLine(entry: Entry): string {
  // All ASCII: then a character is a byte, and a flipped bit cannot change the length of anything.
  const text = JSON.stringify(entry).replace(/[\u007f-\uffff]/g, escaped)
  return `${hashText(text).toString(16).padStart(8, "0")} ${text}\n`
}

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`
}

function parseLine(line: string): Entry | undefined {
  const text = line.slice(9)
  if (line.slice(0, 9) !== `${hashText(text).toString(16).padStart(8, "0")} `) return undefined
  try {
    return checkEntry(JSON.parse(text) as Record<string, unknown>)
  } catch {
    return undefined
  }
}

/** Lines with a right hash were written by some version of ours; what it does not say is not believed. */
function checkEntry(value: Record<string, unknown>): Entry | undefined {
  const { kind, generation, id, name, addr, tags } = value
  if (kind === "generation") {
    const fits = typeof generation === "number" && Number.isSafeInteger(generation) && generation >= 0
    return fits && generation <= GENERATION_MAX ? { kind, generation } : undefined
  }
  if (kind === "tags") return isTags(tags) ? { kind, tags } : undefined
  if (typeof id !== "string" || !isNodeId(id)) return undefined
  if (kind === "forget") return { kind, id }
  if (kind !== "member" || typeof name !== "string" || typeof addr !== "string") return undefined
  return numericHostPort(addr) === undefined ? undefined : { kind, id, name, addr: addr as Addr }
}

function isTags(value: unknown): value is Tags {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false
  return Object.values(value).every((each) => typeof each === "string")
}

function encode(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
  return bytes
}

function decode(bytes: Uint8Array): string {
  let text = ""
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096))
  return text
}
