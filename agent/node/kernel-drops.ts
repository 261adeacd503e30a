import { readFileSync } from "node:fs"
import { performance } from "node:perf_hooks"
import { type HostPort, isIpv4 } from "../host-port.ts"

/** A read costs up to a tenth of a millisecond on a busy host, so answers are kept this long. */
const KEEP_MS = 250

/** Reads how many datagrams the kernel dropped at the socket bound to `at`; 0 where it cannot tell. */
export class KernelDrops {
  readonly #file: string
  readonly #at: HostPort
  readonly #inode: string | undefined
  #drops = 0
  #readAt = Number.NEGATIVE_INFINITY

  constructor(at: HostPort) {
    this.#file = isIpv4(at.host) ? "/proc/net/udp" : "/proc/net/udp6"
    this.#at = { host: canonical(at.host), port: at.port }
    this.#inode = this.#onlyInode()
  }

  read(): number {
    const now = performance.now()
    if (now - this.#readAt < KEEP_MS) return this.#drops
    this.#readAt = now
    const row = this.#rows().find((columns) => columns[9] === this.#inode)
    this.#drops = Math.max(this.#drops, Number(row?.[12] ?? 0) || 0)
    return this.#drops
  }

  // The inode stays ours; an address might be shared by another socket later on.
  #onlyInode(): string | undefined {
    const mine = this.#rows()
    return mine.length === 1 ? mine[0]?.[9] : undefined
  }

  /** Columns of proc(5) net/udp: 1 = local address, 9 = inode, 12 = drops. */
  #rows(): readonly (readonly string[])[] {
    const { host, port } = this.#at
    const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`
    try {
      const lines = readFileSync(this.#file, "latin1").split("\n").slice(1)
      const rows = lines.filter((line) => line.includes(suffix)).map((line) => line.trim().split(/\s+/))
      return rows.filter((columns) => columns[1]?.endsWith(suffix) && addressOf(columns[1]) === host)
    } catch {
      return []
    }
  }
}

/** The address of `HEX:PORT`: words of four bytes, in hexadecimal as this machine reads them. */
function addressOf(local: string): string {
  const words = local.split(":")[0]?.match(/.{8}/g) ?? []
  const bytes = new Uint8Array(Uint32Array.from(words, (word) => Number.parseInt(word, 16)).buffer)
  if (bytes.length === 4) return bytes.join(".")
  const hex = Buffer.from(bytes).toString("hex")
  return canonical(hex.match(/.{4}/g)?.join(":") ?? "")
}

/** IPv6 in its one short form (RFC 5952). */
function canonical(host: string): string {
  return host.includes(":") ? new URL(`http://[${host}]`).hostname.slice(1, -1) : host
}
