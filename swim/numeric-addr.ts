import type { Addr } from "@conclave/base"

const ADDR = /^(?:([0-9.]{7,15})|\[([0-9A-Fa-f:.]{2,45})\]):([1-9][0-9]{0,4})$/
const OCTET = /^(?:0|[1-9][0-9]{0,2})$/
const GROUP = /^[0-9A-Fa-f]{1,4}$/

/**
 * True for `host:port` with a numeric host, IPv6 in brackets. Nothing else may reach a socket: a host name would cost
 * a look-up for each datagram, and would let a stranger choose what this host looks up.
 */
export function isNumericAddr(text: string): text is Addr {
  const parts = ADDR.exec(text)
  if (parts === null || Number(parts[3]) > 65_535) return false
  return parts[1] !== undefined ? isIpv4(parts[1]) : isIpv6(parts[2] ?? "")
}

function isIpv4(host: string): boolean {
  const octets = host.split(".")
  return octets.length === 4 && octets.every((octet) => OCTET.test(octet) && Number(octet) <= 255)
}

/** RFC 4291 §2.2, all three forms; a zone (`%eth0`) means something on one host only. */
function isIpv6(host: string): boolean {
  const halves = host.split("::")
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")))
  // An IPv4 tail stands for the last two groups.
  const tail = host.endsWith(":") ? undefined : groups.at(-1)
  if (tail !== undefined && isIpv4(tail)) groups.splice(-1, 1, "0", "0")
  if (!groups.every((group) => GROUP.test(group))) return false
  return halves.length === 2 ? groups.length <= 7 : groups.length === 8
}
