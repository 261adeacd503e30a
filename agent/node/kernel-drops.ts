import { readFileSync } from "node:fs"
import { performance } from "node:perf_hooks"
import { type HostPort, isIpv4 } from "../host-port.ts"

/** A read costs up to a tenth of a millisecond on a busy host, so answers are kept this long. */
const KEEP_MS = 250

/** Reads how many datagrams the kernel dropped at the socket bound to `at`; 0 where it cannot tell. */
export class KernelDrops {
  readonly #table: () => string
  readonly #at: HostPort
  #inode: string | undefined
  #drops = 0
  #readAt = Number.NEGATIVE_INFINITY

  /** `table` gives the text of proc(5) net/udp, or net/udp6; to be made while only this socket has the address. */
  constructor(at: HostPort, table: () => string = () => kernelTable(at)) {
    this.#table = table
    this.#at = { host: canonical(at.host), port: at.port }
    this.#inode = onlyInode(this.#rows())
  }

  read(): number {
    const now = performance.now()
    if (now - this.#readAt < KEEP_MS) return this.#drops
    this.#readAt = now
    const rows = this.#rows()
    this.#inode ??= onlyInode(rows)
    const row = rows.find((columns) => columns[9] === this.#inode)
    this.#drops = Math.max(this.#drops, Number(row?.[12] ?? 0) || 0)
    return this.#drops
  }

  /** Columns of proc(5) net/udp: 1 = local address, 9 = inode, 12 = drops. */
  #rows(): readonly (readonly string[])[] {
    const { host, port } = this.#at
    const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`
    const lines = this.#table().split("\n").slice(1)
    const rows = lines.filter((line) => line.includes(suffix)).map((line) => line.trim().split(/\s+/))
    return rows.filter((columns) => columns[1]?.endsWith(suffix) && addressOf(columns[1]) === host)
  }
}

function kernelTable(at: HostPort): string {
  try {
    return readFileSync(isIpv4(at.host) ? "/proc/net/udp" : "/proc/net/udp6", "latin1")
  } catch {
    return ""
  }
}

/**
 * An inode stays ours, where an address might be shared by another socket later on. The kernel hands its table out in
 * pages: when sockets come and go between two of them, a row is missing or there twice.
 */
function onlyInode(rows: readonly (readonly string[])[]): string | undefined {
  const inodes = new Set(rows.map((columns) => columns[9]))
  return inodes.size === 1 ? [...inodes][0] : undefined
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
