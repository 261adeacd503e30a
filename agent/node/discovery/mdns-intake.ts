/** RFC 6762 §17. */
const MESSAGE_BYTES_MAX = 9000
/** Questions and records of one message; an agent's names the addresses of all interfaces of its host. */
const RECORDS_MAX = 128
/** The type of our service, as it stands in every message that is about it (RFC 1035 §3.1). */
const SERVICE = Buffer.from("\x09_conclave\x04_udp\x05local")
const COUNTS_AT = 4
const HEADER_BYTES = 12
/** Of the time of this thread, in all and after a pause at once. */
const SHARE = 0.05
const AT_ONCE_MS = 50

/**
 * What of multicast DNS is read at all. Anybody may send there, no message shows who did, and to read one can cost a
 * thousand times what it costs to send it: so what is not about agents, or is larger than what they say, is dropped,
 * and so is everything once reading has taken its share of this thread.
 */
export class MdnsIntake {
  readonly #nowMs: () => number
  #leftMs = AT_ONCE_MS
  #atMs: number
  #dropped = 0

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs
    this.#atMs = nowMs()
  }

  /** How many were dropped because there was no time for them. */
  get dropped(): number {
    return this.#dropped
  }

  /** Calls `read` where the message is to be read. */
  take(message: Buffer, read: () => void): void {
    if (!isOfAgents(message)) return
    const nowMs = this.#nowMs()
    this.#leftMs = Math.min(AT_ONCE_MS, this.#leftMs + (nowMs - this.#atMs) * SHARE)
    this.#atMs = nowMs
    if (this.#leftMs <= 0) {
      this.#dropped++
      return
    }
    read()
    this.#leftMs -= this.#nowMs() - nowMs
  }
}

function isOfAgents(message: Buffer): boolean {
  if (message.length < HEADER_BYTES || message.length > MESSAGE_BYTES_MAX) return false
  let records = 0
  for (let at = COUNTS_AT; at < HEADER_BYTES; at += 2) records += message.readUInt16BE(at)
  return records <= RECORDS_MAX && message.includes(SERVICE)
}
