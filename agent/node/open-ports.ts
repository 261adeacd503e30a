import { randomBytes } from "node:crypto"
import type { Addr, NodeId } from "@conclave/base"
import { formatHostPort, type HostPort } from "../host-port.ts"
import type { Disk, Log, Ports } from "../ports.ts"
import { openClock } from "./clock.ts"
import { type OpenDatagrams, openDatagrams } from "./datagrams.ts"
import { openNames } from "./discovery/names.ts"
import { Ways } from "./discovery/ways.ts"
import type { LinkDoor } from "./links/link-door.ts"
import { type LinksOptions, type OpenLinks, openLinks } from "./links/links.ts"
import { RefusedLinks } from "./links/refused-links.ts"
import { openLogStore } from "./log-store.ts"
import { portOwner } from "./port-owner.ts"
import { openProcesses } from "./processes.ts"
import { openSecrets } from "./secrets.ts"

export interface PortsOptions {
  /** Numeric host; port 0 asks the operating system for one that is free for UDP and TCP. */
  readonly bind: HostPort
  /** Its port is 0 where the bound one is meant. */
  readonly advertise: HostPort
  readonly id: NodeId
  readonly cluster: string
  readonly disk: Disk
  /** Where this host keeps its files. */
  readonly directory: string
  readonly log: Log
  /** What stands between a stream and this agent; default: nothing. */
  readonly door?: LinkDoor
  /** Who lives at an address; undefined = nobody that is known. */
  readonly memberAt?: (addr: Addr) => NodeId | undefined
  /** A living member has its address on this numeric host. */
  readonly isHome?: (host: string) => boolean
  /** An operator has removed that member. */
  readonly isRemoved?: (peer: NodeId) => boolean
}

export interface OpenPorts extends Ports {
  readonly datagrams: OpenDatagrams
  readonly links: OpenLinks
  /** Where else than at its address an agent is reached. */
  readonly ways: Ways
  /** The address that others are told. */
  readonly addr: Addr
  /** Where UDP and TCP are bound. */
  readonly bound: Addr
  readonly close: () => Promise<void>
}

/** The port or address cannot be had; `message` names who has it where that can be read, and the next step. */
export class PortError extends Error {
  override name = "PortError"
}

/** With port 0 the number that UDP gets may be taken for TCP: then another one is asked for. */
const TRIES_MAX = 16

/** Opens everything between the agent and the operating system. Throws `PortError` when an address cannot be had. */
export async function openPorts(options: PortsOptions): Promise<OpenPorts> {
  const { disk, directory, log } = options
  const clock = openClock()
  const refused = new RefusedLinks(log, clock.now)
  const ways = new Ways()
  const { datagrams, links, addr } = await openBoth({ ...options, ways }, (reason, source) =>
    refused.refused(reason, source),
  )
  const store = openLogStore(directory, clock.now)
  return {
    clock,
    datagrams,
    links,
    ways,
    disk,
    store,
    log,
    names: openNames(),
    processes: openProcesses(),
    secrets: openSecrets(),
    seed: () => randomBytes(4).readUInt32LE(0),
    addr,
    bound: formatHostPort(datagrams.bound.host, datagrams.bound.port),
    close: async () => {
      const stored = new Promise<void>((closed) => store.close(closed))
      await Promise.all([datagrams.close(), links.close(), stored])
    },
  }
}

interface Both {
  readonly datagrams: OpenDatagrams
  readonly links: OpenLinks
  readonly addr: Addr
}

async function openBoth(
  options: PortsOptions & { readonly ways: Ways },
  onRefused: LinksOptions["onRefused"],
): Promise<Both> {
  const { bind, advertise, id, cluster, door, memberAt, isHome, isRemoved, ways } = options
  for (let tries = 1; ; tries++) {
    const datagrams = await openDatagrams({ host: bind.host, port: bind.port, ways }).catch((cause) =>
      refuse(cause, "UDP", bind),
    )
    const { port } = datagrams.bound
    const addr = formatHostPort(advertise.host, advertise.port || port)
    try {
      const own = { host: bind.host, port, id, cluster, advertised: addr }
      const links = await openLinks({ ...own, door, memberAt, isHome, isRemoved, onRefused, ways })
      return { datagrams, links, addr }
    } catch (cause) {
      await datagrams.close()
      const taken = (cause as NodeJS.ErrnoException).code === "EADDRINUSE"
      if (bind.port !== 0 || !taken || tries === TRIES_MAX) refuse(cause, "TCP", { host: bind.host, port })
    }
  }
}

function refuse(cause: unknown, protocol: "UDP" | "TCP", at: HostPort): never {
  const error = cause as NodeJS.ErrnoException
  const where = `${protocol} ${formatHostPort(at.host, at.port)}`
  if (error.code === "EADDRINUSE") {
    const owner = portOwner(protocol, at.port)
    const who = owner === undefined ? "another process" : owner
    throw new PortError(`${where} is used by ${who}; stop it, or choose another port with --bind`, { cause })
  }
  if (error.code === "EADDRNOTAVAIL") {
    throw new PortError(`${where}: this machine does not have that address; set --bind to one that it has`, { cause })
  }
  if (error.code === "EACCES") {
    throw new PortError(`${where}: not permitted; ports below 1024 need root, choose another with --bind`, { cause })
  }
  throw new PortError(`${where} cannot be opened: ${error.message}; set --bind to another address`, { cause })
}
