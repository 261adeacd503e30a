import type { Addr } from "@conclave/base"

/** Gossip, streams and everything else between agents; UDP and TCP. */
export const DEFAULT_PORT = 7951

export interface HostPort {
  /** Without brackets; "" where only a port was written (`:7951`). */
  readonly host: string
  readonly port: number
}

const PORT_MAX = 65_535
const HOST_CHARS_MAX = 253

/** Reads `host`, `host:port`, `:port`, `[v6]`, `[v6]:port` or a bare IPv6 address; undefined when it is none. */
export function parseHostPort(text: string, defaultPort: number): HostPort | undefined {
  const bracketed = /^\[([^\]]*)\](?::(\d{1,5}))?$/.exec(text)
  if (bracketed !== null) {
    const host = bracketed[1] ?? ""
    return isIpv6(host) ? withPort(host, bracketed[2], defaultPort) : undefined
  }
  if (isIpv6(text)) return { host: text, port: defaultPort }
  const plain = /^([A-Za-z0-9._-]*)(?::(\d{1,5}))?$/.exec(text)
  const host = plain?.[1] ?? ""
  if (plain === null || host.length > HOST_CHARS_MAX) return undefined
  if (host === "" && plain[2] === undefined) return undefined
  // 1.2.3 and 256.1.1.1 are neither addresses nor names that anybody means.
  if (/^[0-9.]+$/.test(host) && !isIpv4(host)) return undefined
  return withPort(host, plain[2], defaultPort)
}

function withPort(host: string, port: string | undefined, defaultPort: number): HostPort | undefined {
  const value = port === undefined ? defaultPort : Number(port)
  return value <= PORT_MAX ? { host, port: value } : undefined
}

/** Writes an address; IPv6 goes in brackets. */
export function formatHostPort(host: string, port: number): Addr {
  return (host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`) as Addr
}

/** Splits an address whose host is numeric; undefined for anything else, port 0 included. */
export function numericHostPort(addr: string): HostPort | undefined {
  const parsed = parseHostPort(addr, 0)
  if (parsed === undefined || parsed.port === 0) return undefined
  return isNumericHost(parsed.host) ? parsed : undefined
}

export function isNumericHost(host: string): boolean {
  return isIpv4(host) || isIpv6(host)
}

export function isIpv4(host: string): boolean {
  const parts = host.split(".")
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
}

/** RFC 4291 §2.2: eight groups, one `::`, an IPv4 tail; a zone (`%eth0`) is not accepted. */
export function isIpv6(host: string): boolean {
  const halves = host.split("::")
  if (!host.includes(":") || halves.length > 2) return false
  const groups = halves.map((half) => (half === "" ? [] : half.split(":")))
  const last = groups.at(-1)
  const tail = last?.at(-1)
  let count = 0
  if (tail?.includes(".")) {
    if (!isIpv4(tail)) return false
    last?.pop()
    count = 2
  }
  for (const group of groups.flat()) {
    if (!/^[0-9A-Fa-f]{1,4}$/.test(group)) return false
    count++
  }
  return halves.length === 2 ? count < 8 : count === 8
}

/** IPv4 as a socket for both kinds writes it (RFC 4291 §2.5.5.2). */
const MAPPED = /^::ffff:(?=[0-9.]+$)/i

/** One text for each numeric host, however it is written: of IPv6 all eight groups, and no zone. */
export function canonicalHost(host: string): string {
  const plain = host.replace(MAPPED, "").replace(/%.*$/, "").toLowerCase()
  if (!plain.includes(":")) return plain
  const [head = "", tail] = plain.split("::")
  const groups = (half: string): readonly string[] => (half === "" ? [] : half.split(":").map(withoutZeros))
  const [left, right] = [groups(head), groups(tail ?? "")]
  const gap = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => "0")
  return [...left, ...gap, ...right].join(":")
}

/** Whoever has one address of IPv6 has all of its network, as a rule: the first four groups. */
export function networkOf(host: string): string {
  const text = canonicalHost(host)
  return text.includes(":") ? text.split(":").slice(0, 4).join(":") : text
}

function withoutZeros(group: string): string {
  return group.replace(/^0+(?=.)/, "")
}

/** True for the addresses that mean "all interfaces". */
export function isWildcard(host: string): boolean {
  return host === "0.0.0.0" || (isIpv6(host) && /^[0:]+$/.test(host))
}

export function isLoopback(host: string): boolean {
  return host.startsWith("127.") || host === "::1"
}
