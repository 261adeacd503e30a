import type { MessageBody } from "@conclave/consensus"

/**
 * What a frame of the group says that must lie on its sender's disk, read off the bytes and not by the code under test.
 */
export interface FrameWords {
  readonly kind: MessageBody["kind"] | "unknown"
  readonly from: string
  readonly to: string
  readonly term: number
  /** Of a vote. */
  readonly granted: boolean
  /** Of an acknowledgement. */
  readonly match: number
}

/** Of a frame: the length of the cluster's id, then the id, then a message (`consensus/wire/raft.proto`). */
const CLUSTER_AT = 6
const FROM = 1
const TO = 2
const TERM = 3
const KINDS: ReadonlyMap<number, MessageBody["kind"]> = new Map([
  [16, "append"],
  [17, "appended"],
  [18, "appendRejected"],
  [19, "heartbeat"],
  [20, "heartbeatReply"],
  [21, "preVote"],
  [22, "preVoteReply"],
  [23, "vote"],
  [24, "voteReply"],
] as const)
const VARINT = 0
const BYTES = 2

/** Undefined of bytes that are no message. */
export function frameWords(frame: Uint8Array): FrameWords | undefined {
  const words = { kind: "unknown" as FrameWords["kind"], from: "", to: "", term: 0, granted: false, match: 0 }
  const reader = new Reader(frame, CLUSTER_AT + 1 + (frame[CLUSTER_AT] ?? 0), frame.length)
  while (reader.next()) {
    if (reader.field === FROM) words.from = reader.text()
    else if (reader.field === TO) words.to = reader.text()
    else if (reader.field === TERM) words.term = reader.value
    else if (reader.type === BYTES) {
      words.kind = KINDS.get(reader.field) ?? "unknown"
      const first = reader.firstOfMessage()
      if (words.kind === "appended") words.match = first
      else words.granted = first === 1
    }
  }
  return reader.isDamaged || words.from === "" || words.to === "" ? undefined : words
}

/** The fields of a message, one after another. */
class Reader {
  field = 0
  type = 0
  /** Of a number; of bytes, where they end. */
  value = 0
  isDamaged = false
  readonly #bytes: Uint8Array
  readonly #end: number
  #at: number
  #from = 0

  constructor(bytes: Uint8Array, from: number, end: number) {
    this.#bytes = bytes
    this.#at = from
    this.#end = end
    this.isDamaged = from >= end
  }

  next(): boolean {
    if (this.isDamaged || this.#at >= this.#end) return false
    const tag = this.#number()
    this.field = Math.floor(tag / 8)
    this.type = tag % 8
    this.value = this.#number()
    this.#from = this.#at
    if (this.type === BYTES) this.#at = this.value += this.#at
    if (this.#at > this.#end || (this.type !== BYTES && this.type !== VARINT)) this.isDamaged = true
    return !this.isDamaged
  }

  text(): string {
    const { buffer, byteOffset } = this.#bytes
    return Buffer.from(buffer, byteOffset + this.#from, this.value - this.#from).toString("latin1")
  }

  /** The first field of the message that these bytes are; 0 where it is absent or no number. */
  firstOfMessage(): number {
    const inner = new Reader(this.#bytes, this.#from, this.value)
    return inner.next() && inner.field === 1 && inner.type === VARINT ? inner.value : 0
  }

  #number(): number {
    let value = 0
    let unit = 1
    for (;;) {
      const byte = this.#bytes[this.#at++]
      if (byte === undefined || unit > Number.MAX_SAFE_INTEGER) {
        this.isDamaged = true
        return 0
      }
      value += (byte & 0x7f) * unit
      if (byte < 0x80) return value
      unit *= 128
    }
  }
}
