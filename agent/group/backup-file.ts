import { FrameReader, frame, frames } from "@conclave/base"
import { ChunkWriter, RecordCheck, recordsOf, type restorable } from "@conclave/consensus"
import type { SnapshotJson } from "../api/snapshot-schema.ts"

/**
 * A saved state, in a file and over HTTP: one line of JSON, the header; then octets, of which it has number and
 * SHA-256. The octets are frames, each behind its length in four bytes: first the facts of the header once more, so
 * that no byte of it goes unchecked, then chunks of records (`consensus/machine/chunks.ts`), last a length of 0.
 */
export const BACKUP_FORMAT = 1
const HEADER_BYTES_MAX = 4096
const FRAME_BYTES_MAX = 2 * 1024 * 1024
const NEWLINE = 10
const END = new Uint8Array(0)

/** What is known of a state before its octets are. */
export type BackupFacts = Omit<SnapshotJson, "path" | "bytes" | "sha256">

/** Why a file is of no use: it is none of ours, of a newer program, or not as it was written. */
export interface BackupProblem {
  readonly kind: "foreign" | "newer" | "damaged"
  readonly message: string
}

/** One record, as it stands in the file and as it reads. */
export interface CheckedRecord {
  readonly bytes: Uint8Array
  readonly record: Parameters<typeof restorable>[0]
}

/** SHA-256, as the system does it. */
export interface Hasher {
  readonly update: (bytes: Uint8Array) => unknown
  /** Hexadecimal; once, at the end. */
  readonly hex: () => string
}

const encoder = new TextEncoder()
const decoder = new TextDecoder("utf-8", { fatal: true })

export function headerLine(header: SnapshotJson): string {
  const { format, path, bytes, sha256, clusterId, index, term, rev, token, time } = header
  return `${JSON.stringify({ format, path, bytes, sha256, clusterId, index, term, rev, token, time })}\n`
}

/** Turns records into octets, frame by frame. */
export class BackupWriter {
  readonly #chunks: ChunkWriter = new ChunkWriter()

  /** The first octets. */
  begin(facts: BackupFacts): Uint8Array {
    return frame(encoder.encode(factsText(facts)))
  }

  /** Undefined while there is room for more records in a frame. */
  add(record: Uint8Array): Uint8Array | undefined {
    const chunk = this.#chunks.add(record)
    return chunk === undefined ? undefined : frame(chunk)
  }

  /** The last octets. */
  end(): Uint8Array {
    const chunk = this.#chunks.take()
    return frames(chunk === undefined ? [END] : [chunk, END])
  }
}

/**
 * Reads such a file, cut anywhere, and checks every byte of it: `push` what comes, take all records that it gives with
 * `next`, and `finish`. What one `next` does is small, so that a driver can rest between any two.
 */
export class BackupReader {
  readonly #hasher: Hasher
  readonly #check: RecordCheck = new RecordCheck()
  readonly #frames: FrameReader = new FrameReader(FRAME_BYTES_MAX)
  /** Of the header, while it is not all here. */
  #begun: Uint8Array = END
  #header: SnapshotJson | undefined
  /** Of frames that nobody has asked for yet. */
  readonly #bodies: Uint8Array[] = []
  #hasFacts = false
  #hasEnded = false
  #bytes = 0
  #records: readonly Uint8Array[] = []
  #taken = 0
  #problem: BackupProblem | undefined

  constructor(hasher: Hasher) {
    this.#hasher = hasher
  }

  /** Of what has been read so far. */
  get problem(): BackupProblem | undefined {
    return this.#problem
  }

  push(bytes: Uint8Array): void {
    if (this.#problem !== undefined) return
    const octets = this.#header === undefined ? this.#behindHeader(bytes) : bytes
    if (octets !== undefined) this.#take(octets)
  }

  /** The next record; undefined when more bytes are needed, or something is wrong. */
  next(): CheckedRecord | undefined {
    while (this.#problem === undefined) {
      const bytes = this.#records[this.#taken]
      if (bytes !== undefined) {
        this.#taken++
        const record = this.#check.add(bytes)
        if (record !== undefined) return { bytes, record }
        return this.#fail(this.#check.problem === "unknown" ? NEWER_RECORDS : DAMAGED_RECORDS)
      }
      if (!this.#readFrame()) return undefined
    }
    return undefined
  }

  /** There is no more: the header of a file that is sound to its last byte, or what is wrong. */
  finish(): SnapshotJson | BackupProblem {
    if (this.#problem !== undefined) return this.#problem
    const header = this.#header
    if (header === undefined) return NONE_OF_OURS
    if (this.#bytes < header.bytes) return damaged(`it ends after ${this.#bytes} of its ${header.bytes} octets`)
    if (!this.#hasEnded) return damaged("it has all its octets, and the last of them are no end")
    if (this.#bytes > header.bytes) return BEYOND_ITS_END
    if (this.#hasher.hex() !== header.sha256) return damaged("its octets are not those that its SHA-256 was made of")
    const { meta, problem } = this.#check
    if (problem !== undefined || meta === undefined) return DAMAGED_RECORDS
    const { clusterId, rev, token } = meta
    const isSame = clusterId === header.clusterId && String(rev) === header.rev && String(token) === header.token
    return isSame ? header : damaged("its header tells of another state")
  }

  /** What follows the header, as soon as all of that is here. */
  #behindHeader(bytes: Uint8Array): Uint8Array | undefined {
    const begun = new Uint8Array(this.#begun.length + bytes.length)
    begun.set(this.#begun)
    begun.set(bytes, this.#begun.length)
    this.#begun = begun
    const end = begun.indexOf(NEWLINE)
    if (end < 0 && begun.length <= HEADER_BYTES_MAX) return undefined
    const header = end < 0 || end > HEADER_BYTES_MAX ? NONE_OF_OURS : headerOf(begun.subarray(0, end + 1))
    if ("kind" in header) return this.#fail(header)
    this.#header = header
    this.#begun = END
    return begun.subarray(end + 1)
  }

  #take(octets: Uint8Array): void {
    this.#bytes += octets.length
    this.#hasher.update(octets)
    const bodies = this.#frames.push(octets)
    if (bodies === "oversize") return void this.#fail(damaged("a frame has no length"))
    for (const body of bodies) {
      if (this.#hasEnded) return void this.#fail(BEYOND_ITS_END)
      if (body.length === 0) this.#hasEnded = true
      else this.#bodies.push(body)
    }
    // Nobody reads what follows: it would be kept without end.
    if (this.#hasEnded && this.#frames.unfinished) this.#fail(BEYOND_ITS_END)
  }

  /** False: not all of it is here. */
  #readFrame(): boolean {
    const body = this.#bodies.shift()
    if (this.#header === undefined || body === undefined) return false
    this.#taken = 0
    this.#records = []
    if (this.#hasFacts) {
      this.#records = recordsOf(body) ?? []
      if (this.#records.length === 0) this.#fail(damaged("a frame has no records"))
    } else this.#readFacts(body, this.#header)
    return true
  }

  #readFacts(body: Uint8Array, header: SnapshotJson): void {
    this.#hasFacts = true
    if (decoderText(body) !== factsText(header)) this.#fail(damaged("its header is not the one that it was saved with"))
  }

  #fail(problem: BackupProblem): undefined {
    this.#problem = problem
    return undefined
  }
}

const NONE_OF_OURS: BackupProblem = { kind: "foreign", message: "this is no saved state of conclave" }
const NEWER_RECORDS: BackupProblem = {
  kind: "newer",
  message: "a newer program saved it: it has records of a kind unknown here",
}
const BEYOND_ITS_END: BackupProblem = damaged("something follows its end")
const DAMAGED_RECORDS: BackupProblem = damaged("its records do not add up to the state that was saved")

function damaged(why: string): BackupProblem {
  return { kind: "damaged", message: `it is damaged: ${why}` }
}

/** Only the very line that a program writes: a byte that differs is told. */
function headerOf(bytes: Uint8Array): SnapshotJson | BackupProblem {
  let header: Partial<SnapshotJson> | null
  const text = decoderText(bytes)
  try {
    header = JSON.parse(text)
  } catch {
    return NONE_OF_OURS
  }
  if (typeof header !== "object" || typeof header?.format !== "number" || typeof header.sha256 !== "string") {
    return NONE_OF_OURS
  }
  if (header.format > BACKUP_FORMAT) {
    return {
      kind: "newer",
      message: `a newer program saved it: its format is ${header.format}, this one knows ${BACKUP_FORMAT}`,
    }
  }
  const whole = header as SnapshotJson
  if (header.format !== BACKUP_FORMAT || headerLine(whole) !== text || !isWritten(whole)) {
    return damaged("its header is none that a program writes")
  }
  return whole
}

function isWritten({ path, bytes, clusterId, index, term, rev, token, time }: SnapshotJson): boolean {
  const isOfText = [index, term, rev, token].every((each) => typeof each === "string" && /^\d{1,16}$/.test(each))
  const isOfItsTime = typeof time === "string" && Number.isFinite(Date.parse(time))
  return path === "-" && Number.isSafeInteger(bytes) && typeof clusterId === "string" && isOfText && isOfItsTime
}

function factsText({ format, clusterId, index, term, rev, token, time }: BackupFacts): string {
  return JSON.stringify({ format, clusterId, index, term, rev, token, time })
}

/** Empty for what is no UTF-8. */
function decoderText(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    return ""
  }
}
