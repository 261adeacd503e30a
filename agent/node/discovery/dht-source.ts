import { type ChildProcess, fork } from "node:child_process"
import { createRequire } from "node:module"
import type { Addr } from "@conclave/base"
import type { DiscoverySource } from "../../discovery/source.ts"
import { formatHostPort, type HostPort, isWildcard, numericHostPort } from "../../host-port.ts"
import type { Links } from "../../ports.ts"
import type { FromDht, Introduction, MeetingSecrets, Met, ToDht } from "./dht-words.ts"
import type { Ways } from "./ways.ts"

const PACKAGE = "@conclave/dht"
/** Who does not answer at its own address by then is reached through the tunnel. */
const DIRECT_MS = 1000
const RESTART_MIN_MS = 200
const RESTART_MAX_MS = 60_000
const LAST_WORDS_CHARS_MAX = 4096

type Looked = Extract<FromDht, { kind: "looked" }>

export interface DhtOptions {
  /** `host:port` of nodes that are always there. */
  readonly bootstrap: readonly string[]
  /** Asked at each look: they may change. */
  readonly secrets: () => readonly MeetingSecrets[]
  readonly self: Introduction
  /** Where this agent listens, by UDP and TCP. */
  readonly bound: Addr
  readonly links: Pick<Links, "watch">
  readonly ways: Ways
  /** The program that meets others; undefined: it is not installed. */
  readonly program?: () => string | undefined
}

/**
 * Agents of this cluster wherever they are, by a distributed hash table: they announce themselves under a topic that
 * follows from the join secret. The library needs 60 packages, is made of native code in part, and ends its process
 * where an error finds no listener: it is another package, and runs as a process of its own. That keeps a tunnel to
 * each agent it meets; where one answers at the address that it advertises the tunnel is idle, else the way to it.
 */
export class DhtSource implements DiscoverySource {
  readonly kind = "dht"
  readonly what = "the DHT"
  readonly #options: DhtOptions
  readonly #program: () => string | undefined
  /** Those that were met, by the way to each. */
  readonly #met: Map<Addr, Met> = new Map()
  /** Of them those of which it is not known yet whether they answer at their own address; each ends its search. */
  readonly #searches: Map<Addr, () => void> = new Map()
  #tell: Parameters<DiscoverySource["start"]> | undefined
  #child: ChildProcess | undefined
  #looked: Looked | undefined
  #restart: NodeJS.Timeout | undefined
  #restarts = 0
  #isStopped = false

  constructor(options: DhtOptions) {
    this.#options = options
    this.#program = options.program ?? installedProgram
  }

  readonly start: DiscoverySource["start"] = (found, trouble) => {
    this.#tell = [found, trouble]
    this.refresh()
  }

  readonly refresh = (): void => {
    if (this.#isStopped) return
    const child = this.#child ?? this.#open()
    // Without a channel it could not be started, or has ended: its events say why.
    if (child?.connected !== true) return
    const { bootstrap, secrets, self, bound } = this.#options
    const agent = here(bound)
    const wish: ToDht = { kind: "meet", bootstrap, secrets: secrets(), self: { id: self.id, addr: self.addr }, agent }
    child.send(wish, () => {})
  }

  readonly stop = (): void => {
    this.#isStopped = true
    clearTimeout(this.#restart)
    const child = this.#child
    this.#forget()
    // It takes back what it has announced, and ends; nobody waits for that.
    if (child?.connected === true) child.disconnect()
    child?.stderr?.destroy()
    child?.unref()
  }

  #open(): ChildProcess | undefined {
    clearTimeout(this.#restart)
    const program = this.#program()
    if (program === undefined) {
      const hint = `npm install ${PACKAGE} beside conclave (with --global where that is so); in a clone: npm ci`
      this.#fail(`the package ${PACKAGE} is not installed`, hint)
      return undefined
    }
    let child: ChildProcess
    try {
      child = fork(program, [], { execArgv: [], env: {}, stdio: ["ignore", "ignore", "pipe", "ipc"] })
    } catch (cause) {
      // Some of what the system may lack for a process is thrown, such as memory.
      this.#ended((cause as Error).message)
      return undefined
    }
    let words = ""
    child.stderr?.on("data", (chunk) => {
      words = `${words}${chunk}`.slice(-LAST_WORDS_CHARS_MAX)
    })
    child.on("message", (news: FromDht) => {
      if (this.#child === child) this.#hear(news)
    })
    const ended = (why: string): void => {
      if (this.#child !== child) return
      this.#forget()
      this.#ended(why)
    }
    child.on("error", (cause) => ended(cause.message))
    child.on("close", (code, signal) => ended(words.match(/^\w*Error.*$/m)?.[0] ?? signal ?? `exit code ${code}`))
    this.#child = child
    return child
  }

  #ended(why: string): void {
    if (this.#isStopped) return
    this.#restart = setTimeout(this.refresh, Math.min(RESTART_MAX_MS, RESTART_MIN_MS * 2 ** this.#restarts++))
    this.#restart.unref()
    this.#fail(`its program has ended: ${why}`, "it is started again by itself")
  }

  #hear(news: FromDht): void {
    switch (news.kind) {
      case "looked":
        this.#looked = news
        this.#restarts = 0
        return this.#report()
      case "met":
        return this.#meet(news.peer)
      case "parted":
        return this.#part(news.peer)
    }
  }

  #meet(peer: Met): void {
    const { self, links, ways } = this.#options
    const addr = plain(peer.addr)
    if (addr === undefined || peer.id === self.id) return
    const twin = [...this.#met.values()].find((each) => each.addr === addr && each.id !== peer.id)
    if (addr === self.addr || twin !== undefined) {
      const who = addr === self.addr ? "this agent" : `${twin?.id}`
      const problem = `${peer.id} advertises ${addr} as ${who} does`
      return this.#fail(problem, "give each agent an address of its own: --advertise; nobody needs to have it")
    }
    ways.delete(addr)
    this.#met.set(peer.via, { ...peer, addr })
    const settle = (isDirect: boolean): void => {
      if (!this.#searches.delete(peer.via)) return
      end()
      if (!isDirect) ways.set(addr, peer.via)
      this.#report()
    }
    const timer = setTimeout(() => settle(false), DIRECT_MS)
    const link = links.watch(addr, peer.id, (event) => settle(event === "up"))
    const end = (): void => {
      clearTimeout(timer)
      link.close()
    }
    this.#searches.set(peer.via, end)
  }

  #part({ via }: Met): void {
    const peer = this.#met.get(via)
    if (peer === undefined) return
    this.#met.delete(via)
    this.#searches.get(via)?.()
    this.#searches.delete(via)
    const { ways } = this.#options
    if (ways.to(peer.addr) === via) ways.delete(peer.addr)
    this.#report()
  }

  #report(): void {
    if (this.#looked === undefined || this.#searches.size > 0) return
    const { nodes, announced, unreached, isRandomized } = this.#looked
    const { bootstrap } = this.#options
    if (nodes === 0) {
      const hint = "see that a node of the DHT runs there, and that UDP to it and back is let through"
      return this.#fail(`no node answers at ${bootstrap.join(", ")}`, hint)
    }
    if (this.#met.size === 0 && unreached > 0) {
      const nat = "the NAT before this host takes another port for each destination, which leaves no hole to meet in"
      const hint =
        "where they run: name one of them to join that all can reach, or open a port; who was killed counts for a while"
      return this.#fail(
        `${unreached} of ${announced} announced cannot be reached${isRandomized ? `: ${nat}` : ""}`,
        hint,
      )
    }
    this.#tell?.[0]([...this.#met.values()].map(({ addr }) => addr))
  }

  #forget(): void {
    for (const end of this.#searches.values()) end()
    for (const { addr } of this.#met.values()) this.#options.ways.delete(addr)
    this.#searches.clear()
    this.#met.clear()
    this.#child = undefined
    this.#looked = undefined
  }

  #fail(problem: string, hint: string): void {
    if (!this.#isStopped) this.#tell?.[1]({ problem, hint })
  }
}

/** Where to reach it from this host. */
function here(bound: Addr): HostPort {
  const { host, port } = numericHostPort(bound) ?? { host: "", port: 0 }
  if (!isWildcard(host)) return { host, port }
  return { host: host.includes(":") ? "::1" : "127.0.0.1", port }
}

/** In one notation, since addresses are compared. */
function plain(addr: string): Addr | undefined {
  const at = numericHostPort(addr)
  return at === undefined ? undefined : formatHostPort(at.host, at.port)
}

/** With the library that it needs: a workspace can be there without it. */
function installedProgram(): string | undefined {
  try {
    const program = createRequire(import.meta.url).resolve(PACKAGE)
    createRequire(program).resolve("hyperswarm")
    return program
  } catch {
    return undefined
  }
}
