import { lookup, Resolver } from "node:dns"
import type { Addr } from "@conclave/base"
import { shownInput } from "../../config/key-like.ts"
import { DEFAULT_PORT, formatHostPort, type HostPort, isNumericHost, parseHostPort } from "../../host-port.ts"
import type { Names } from "../../ports.ts"

/** The resolver has no limit of its own that could be relied on. */
export const LOOKUP_MS = 5000
/** Look-ups share libuv's four threads with the disk: two slow ones must not stop it. */
const RUNNING_MAX = 2
const WAITING_MAX = 256
const ADDRESSES_MAX = 64
/** Targets of SRV records whose addresses are looked up. */
const TARGETS_MAX = 16

export interface Service {
  /** Where it runs; "." = decidedly not at this domain (RFC 2782). */
  readonly name: string
  readonly port: number
}

/** What the system's resolver does. */
export interface Resolving {
  readonly lookup: (
    host: string,
    done: (error: NodeJS.ErrnoException | null, addresses: readonly string[]) => void,
  ) => void
  readonly services: (
    name: string,
    done: (error: NodeJS.ErrnoException | null, services: readonly Service[]) => void,
  ) => void
}

type Done = (addrs: readonly Addr[], problem: string) => void

/**
 * Resolves with the system's resolver. A host without a port means 7951. A name that begins with `_` is a service
 * (RFC 2782), such as `_conclave._udp.example.org`: its SRV records tell hosts and ports.
 */
export function openNames({ lookup, services }: Resolving = SYSTEM): Names {
  const waiting: (() => void)[] = []
  let running = 0
  const next = (): void => {
    if (running >= RUNNING_MAX) return
    const start = waiting.shift()
    if (start === undefined) return
    running++
    start()
  }
  const addresses = (host: string, port: number, done: Done): void => {
    if (waiting.length >= WAITING_MAX) {
      setImmediate(() => done([], `${host}: too many look-ups are waiting`))
      return
    }
    waiting.push(() => {
      const freed = (): void => {
        running--
        next()
      }
      lookupAll(lookup, { host, port }, done, freed)
    })
    next()
  }
  return {
    resolve: (hostPort, done) => {
      const parsed = parseHostPort(hostPort, DEFAULT_PORT)
      const problem = problemOf(hostPort, parsed?.host, parsed?.port)
      if (parsed === undefined || problem !== undefined) {
        setImmediate(() => done([], problem ?? ""))
      } else if (isNumericHost(parsed.host)) {
        setImmediate(() => done([formatHostPort(parsed.host, parsed.port)], ""))
      } else if (parsed.host.startsWith("_")) {
        services(parsed.host, (error, found) => {
          if (error !== null) done([], `${parsed.host}: ${reason(error)}`)
          else resolveAll(parsed.host, found, addresses, done)
        })
      } else {
        addresses(parsed.host, parsed.port, done)
      }
    },
  }
}

function problemOf(text: string, host: string | undefined, port: number | undefined): string | undefined {
  if (host === undefined || host === "") return `${shownInput(text)} is not an address; write host:port`
  return port === 0 ? `${JSON.stringify(text)}: port 0 cannot be reached` : undefined
}

/** The addresses of all targets, in their order; that some have none is no problem where others have one. */
function resolveAll(
  service: string,
  found: readonly Service[],
  addresses: (host: string, port: number, done: Done) => void,
  done: Done,
): void {
  const targets = found.filter(({ name, port }) => name !== "" && name !== "." && port !== 0).slice(0, TARGETS_MAX)
  if (targets.length === 0) return done([], `${service}: no host offers this service`)
  const each: (readonly Addr[])[] = targets.map(() => [])
  let [open, problem] = [targets.length, ""]
  for (const [at, { name, port }] of targets.entries()) {
    addresses(name, port, (addrs, why) => {
      each[at] = addrs
      if (addrs.length === 0) problem = `${service}: ${why}`
      if (--open > 0) return
      const all = [...new Set(each.flat())].slice(0, ADDRESSES_MAX)
      done(all, all.length === 0 ? problem : "")
    })
  }
}

/** `freed` comes when the thread is free again, which may be long after `done`. */
function lookupAll(lookup: Resolving["lookup"], { host, port }: HostPort, done: Done, freed: () => void): void {
  let answered = false
  const answer: Done = (addrs, problem) => {
    if (answered) return
    answered = true
    clearTimeout(timer)
    done(addrs, problem)
  }
  const timer = setTimeout(() => answer([], `${host}: no answer from the resolver in ${LOOKUP_MS / 1000} s`), LOOKUP_MS)
  lookup(host, (error, found) => {
    freed()
    if (error !== null) return answer([], `${host}: ${reason(error)}`)
    const addrs = found.slice(0, ADDRESSES_MAX).map((address) => formatHostPort(address, port))
    answer(addrs, addrs.length === 0 ? `${host}: no address` : "")
  })
}

const SYSTEM: Resolving = {
  lookup: (host, done) =>
    lookup(host, { all: true, verbatim: true }, (error, found) =>
      done(
        error,
        (found ?? []).map(({ address }) => address),
      ),
    ),
  // By sockets of its own: it takes none of the threads, and gives up by itself.
  services: (name, done) =>
    new Resolver({ timeout: LOOKUP_MS / 2, tries: 2 }).resolveSrv(name, (error, found) => done(error, found ?? [])),
}

function reason(error: NodeJS.ErrnoException): string {
  if (error.code === "ENOTFOUND") return "no such host"
  if (error.code === "ENODATA") return "it has no SRV record"
  if (error.code === "EAI_AGAIN" || error.code === "ETIMEOUT") return "the resolver does not answer"
  if (error.code === "ECONNREFUSED") return "there is no resolver at the configured address"
  return error.code ?? error.message
}
