import { lookup } from "node:dns"
import type { Addr } from "@conclave/base"
import { DEFAULT_PORT, formatHostPort, isNumericHost, parseHostPort } from "../host-port.ts"
import type { Names } from "../ports.ts"

/** The resolver has no limit of its own that could be relied on. */
export const LOOKUP_MS = 5000
/** Look-ups share libuv's four threads with the disk: two slow ones must not stop it. */
const RUNNING_MAX = 2
const WAITING_MAX = 256
const ADDRESSES_MAX = 64

type Done = (addrs: readonly Addr[], problem: string) => void

/** Resolves with the system's resolver. A host without a port means 7951. */
export function openNames(): Names {
  const waiting: (() => void)[] = []
  let running = 0
  const next = (): void => {
    if (running >= RUNNING_MAX) return
    const start = waiting.shift()
    if (start === undefined) return
    running++
    start()
  }
  return {
    resolve: (hostPort, done) => {
      const parsed = parseHostPort(hostPort, DEFAULT_PORT)
      const problem = problemOf(hostPort, parsed?.host, parsed?.port)
      if (parsed === undefined || problem !== undefined) {
        setImmediate(() => done([], problem ?? ""))
      } else if (isNumericHost(parsed.host)) {
        setImmediate(() => done([formatHostPort(parsed.host, parsed.port)], ""))
      } else if (waiting.length >= WAITING_MAX) {
        setImmediate(() => done([], `${parsed.host}: too many look-ups are waiting`))
      } else {
        const freed = (): void => {
          running--
          next()
        }
        waiting.push(() => lookupAll(parsed.host, parsed.port, done, freed))
        next()
      }
    },
  }
}

function problemOf(text: string, host: string | undefined, port: number | undefined): string | undefined {
  if (host === undefined || host === "") return `${JSON.stringify(text)} is not an address; write host:port`
  return port === 0 ? `${JSON.stringify(text)}: port 0 cannot be reached` : undefined
}

/** `freed` comes when the thread is free again, which may be long after `done`. */
function lookupAll(host: string, port: number, done: Done, freed: () => void): void {
  let answered = false
  const answer: Done = (addrs, problem) => {
    if (answered) return
    answered = true
    clearTimeout(timer)
    done(addrs, problem)
  }
  const timer = setTimeout(() => answer([], `${host}: no answer from the resolver in ${LOOKUP_MS / 1000} s`), LOOKUP_MS)
  lookup(host, { all: true, verbatim: true }, (error, found) => {
    freed()
    if (error !== null) return answer([], `${host}: ${reason(error)}`)
    const addrs = found.slice(0, ADDRESSES_MAX).map(({ address }) => formatHostPort(address, port))
    answer(addrs, addrs.length === 0 ? `${host}: no address` : "")
  })
}

function reason(error: NodeJS.ErrnoException): string {
  if (error.code === "ENOTFOUND") return "no such host"
  if (error.code === "EAI_AGAIN") return "the resolver does not answer"
  return error.code ?? error.message
}
