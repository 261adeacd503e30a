import { readFileSync } from "node:fs"
import { performance } from "node:perf_hooks"

/** A read costs up to a tenth of a millisecond on a busy host, so answers are kept this long. */
const KEEP_MS = 250

/** Reads how many datagrams the kernel dropped at the socket bound to `port`; 0 where it cannot tell. */
export class KernelDrops {
  readonly #file: string
  readonly #portHex: string
  readonly #inode: string | undefined
  #drops = 0
  #readAt = Number.NEGATIVE_INFINITY

  constructor(family: 4 | 6, port: number) {
    this.#file = family === 4 ? "/proc/net/udp" : "/proc/net/udp6"
    this.#portHex = port.toString(16).toUpperCase().padStart(4, "0")
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
    const suffix = `:${this.#portHex}`
    try {
      const lines = readFileSync(this.#file, "latin1").split("\n").slice(1)
      const rows = lines.filter((line) => line.includes(suffix)).map((line) => line.trim().split(/\s+/))
      return rows.filter((columns) => columns[1]?.endsWith(suffix))
    } catch {
      return []
    }
  }
}
