import { readFileSync } from "node:fs"
import { type NetworkInterfaceInfo, networkInterfaces } from "node:os"
import { DEFAULT_PORT, type HostPort, isWildcard } from "../host-port.ts"

export interface AddressWishes {
  /** undefined = not configured; an empty host means the default one. */
  readonly bind: HostPort | undefined
  /** Port 0 = the port that bind gets. */
  readonly advertise: HostPort | undefined
}

export interface Addresses {
  readonly bind: HostPort
  /** Host that others are told; its port is 0 where it is the bound one. */
  readonly advertise: HostPort
  /** How the hosts were found, for the log. */
  readonly why: string
}

export interface Surroundings {
  readonly interfaces: () => NodeJS.Dict<NetworkInterfaceInfo[]>
  /** Text of /proc/net/route; "" where there is none. */
  readonly routes: () => string
}

/** Bits of the route flags (route(8)): the route is up. */
const ROUTE_UP = 1

/** Decides where to bind and what to advertise (contract, "Addresses"). */
export function chooseAddresses(wishes: AddressWishes, around: Surroundings = thisMachine): Addresses {
  const found = defaultHost(around)
  const bindHost = wishes.bind?.host || found.host
  const bind = { host: bindHost, port: wishes.bind?.port ?? DEFAULT_PORT }
  const bindWhy = wishes.bind?.host ? "configured" : found.why
  if (wishes.advertise !== undefined) {
    return { bind, advertise: wishes.advertise, why: `bind ${bindWhy}, advertise configured` }
  }
  if (!isWildcard(bindHost)) return { bind, advertise: { host: bindHost, port: 0 }, why: `bind ${bindWhy}` }
  return { bind, advertise: { host: found.host, port: 0 }, why: `bind configured, advertise ${found.why}` }
}

const thisMachine: Surroundings = { interfaces: networkInterfaces, routes: readRoutes }

function readRoutes(): string {
  try {
    return readFileSync("/proc/net/route", "latin1")
  } catch {
    return ""
  }
}

function defaultHost(around: Surroundings): { readonly host: string; readonly why: string } {
  const interfaces = around.interfaces()
  const name = defaultInterface(around.routes())
  const routed = interfaces[name ?? ""]?.find((info) => info.family === "IPv4")
  if (routed !== undefined) return { host: routed.address, why: `the default route's (${name})` }
  const others = Object.values(interfaces).flatMap((infos) => infos?.filter((info) => !info.internal) ?? [])
  const v4 = others.filter((info) => info.family === "IPv4")
  const v6 = others.filter((info) => info.family === "IPv6" && !/^fe[89ab]/i.test(info.address))
  const candidates = v4.length > 0 ? v4 : v6
  const only = candidates.length === 1 ? candidates[0] : undefined
  if (only !== undefined) return { host: only.address, why: "the only one that is not loopback" }
  return {
    host: "127.0.0.1",
    why: `loopback: ${candidates.length === 0 ? "there is no other" : "several others, no default route"}`,
  }
}

/**
 * The interface of the default route with the lowest metric. Columns: Iface Destination Gateway Flags … Metric Mask.
 */
function defaultInterface(routes: string): string | undefined {
  const rows = routes
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
  const defaults = rows.filter((row) => row[1] === "00000000" && row[7] === "00000000" && isUp(row[3]))
  defaults.sort((a, b) => Number(a[6]) - Number(b[6]))
  return defaults[0]?.[0]
}

function isUp(flags: string | undefined): boolean {
  return (Number.parseInt(flags ?? "0", 16) & ROUTE_UP) !== 0
}
