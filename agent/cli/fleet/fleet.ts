import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { type Client, connect } from "@conclave/sdk"
import { newGossipKey } from "../gossip-key.ts"
import { AgentProcess, type AgentReady, type AgentSpec, FleetError } from "./agent-process.ts"
import { type AppNews, Apps } from "./apps.ts"
import type { HistoryFault, HistoryFile } from "./history.ts"
import { Observer, type Sighting } from "./observer.ts"
import { launcherPath, ReaperLink } from "./reaper-link.ts"

export interface FleetOptions {
  /** Made when it is missing; all files of the fleet are in it. */
  readonly folder: string
  readonly profile: string
  readonly keep: boolean
  /** How long what an application holds outlives its host, in ms; default 2000, the least there is. */
  readonly ttlMs?: number
  /** Takes what is done to the agents and what each believes of the others. */
  readonly history?: HistoryFile | undefined
}

interface Slot {
  readonly name: string
  process: AgentProcess
  ready: AgentReady
  observer: Observer | undefined
  state: "running" | "stopped" | "gone"
  /** How it went, when it is gone. */
  end: "kill" | "restart"
}

const TTL_MS = 2000
/** For the lock of this name the application of every host stands, and in the pool of this name it works. */
export const SHARED = "demo"
/** Of that pool. */
export const SHARED_PARTITIONS = 20

/** Real agents on loopback, each watched through its own socket; none outlives this process. */
export class Fleet {
  readonly #options: FleetOptions
  readonly #reaper: ReaperLink
  /** The applications on its hosts. */
  readonly apps: Apps
  readonly #slots: Map<string, Slot> = new Map()
  readonly #listeners: Set<(sighting: Sighting) => void> = new Set()
  readonly #newsListeners: Set<(news: AppNews) => void> = new Set()
  /** Waits that end without a result when the fleet is closed. */
  readonly #waits: Set<(reason: FleetError) => void> = new Set()
  #cut: ReadonlySet<string> = new Set()
  #isClosed = false

  constructor(options: FleetOptions) {
    this.#options = options
    mkdirSync(options.folder, { recursive: true, mode: 0o700 })
    this.#reaper = new ReaperLink(options.folder)
    this.#reaper.made(this.#runFile)
    for (const file of Object.values(this.#keyFiles)) {
      this.#reaper.made(file)
      writeFileSync(file, `${newGossipKey()}\n`, { mode: 0o600 })
    }
    if (options.keep) this.#reaper.keep()
    const { folder, ttlMs = TTL_MS, history } = options
    const onNews = (news: AppNews): void => {
      for (const listener of this.#newsListeners) listener(news)
    }
    this.apps = new Apps({ folder, ttlMs, history, reaper: this.#reaper, onNews })
  }

  /** In the order of their numbers, whichever was ready first. */
  get names(): readonly string[] {
    return [...this.#slots.keys()].sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
  }

  /** Agents whose process runs and is not stopped. */
  get running(): readonly string[] {
    return this.names.filter((name) => this.#slot(name).state === "running")
  }

  get cutOff(): ReadonlySet<string> {
    return this.#cut
  }

  agent(name: string): AgentReady {
    return this.#slot(name).ready
  }

  state(name: string): "running" | "stopped" | "gone" {
    return this.#slot(name).state
  }

  /** What `observer` believes of `member`; undefined when it has not heard of it. */
  belief(observer: string, member: string): Sighting["status"] | undefined {
    return this.#slot(observer).observer?.beliefs.get(member)?.status
  }

  onSighting(listener: (sighting: Sighting) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  onNews(listener: (news: AppNews) => void): () => void {
    this.#newsListeners.add(listener)
    return () => this.#newsListeners.delete(listener)
  }

  /** Speaks to this agent as an application does. */
  client(name: string): Client {
    const client = this.#slot(name).observer?.client
    if (client === undefined) throw new FleetError(`${name} is not connected`)
    return client
  }

  /** Starts the first agent and then all others at once, and watches them. */
  async start(count: number): Promise<void> {
    await this.add("n1")
    await Promise.all(Array.from({ length: count - 1 }, (_, index) => this.add(`n${index + 2}`)))
    this.#remember()
  }

  async add(name: string): Promise<void> {
    await this.#launch(name, "127.0.0.1:0")
    this.#remember()
  }

  /** The same agent again: its directory and its address. */
  async restart(name: string): Promise<void> {
    const { addr } = this.agent(name)
    await this.#slot(name).observer?.close()
    const { end: f } = this.#slot(name)
    await this.#launch(name, addr)
    this.#fault({ f, phase: "end", spec: { nodes: [name] } })
    this.#remember()
  }

  /** The application of this host; it stands for the lock of all of them, and works in their pool. */
  startApp(name: string): void {
    this.#refuseClosed()
    this.apps.start(name, { agent: name, socket: this.agent(name).socket })
    this.apps.take(name, SHARED)
    this.apps.work(name, SHARED, SHARED_PARTITIONS)
  }

  /** One more application on the host of `agent`, which works in a pool and does nothing else. */
  startWorker(worker: string, agent: string, pool: { readonly name: string; readonly partitions: number }): void {
    this.#refuseClosed()
    this.apps.start(worker, { agent, socket: this.agent(agent).socket })
    this.apps.work(worker, pool.name, pool.partitions)
  }

  async kill(name: string): Promise<void> {
    const slot = this.#slot(name)
    this.#end(slot, "kill")
    slot.process.signal("SIGKILL")
    await slot.process.exited
  }

  stop(name: string): void {
    const slot = this.#slot(name)
    slot.state = "stopped"
    this.#fault({ f: "pause", phase: "start", spec: { nodes: [name] } })
    slot.process.signal("SIGSTOP")
  }

  continue(name: string): void {
    const slot = this.#slot(name)
    slot.process.signal("SIGCONT")
    slot.state = "running"
    this.#fault({ f: "pause", phase: "end", spec: { nodes: [name] } })
  }

  /** SIGTERM; resolves to the exit code. */
  async terminate(name: string): Promise<number | null> {
    const slot = this.#slot(name)
    this.#end(slot, "restart")
    slot.process.signal("SIGTERM")
    return await slot.process.exited
  }

  /** Cuts `names` off from all the others, in both directions; none = heals. */
  async cut(names: readonly string[]): Promise<void> {
    const healed = this.#cut
    this.#cut = new Set(names)
    this.#faultOfCut("start", this.#cut)
    await Promise.all(
      this.running.map((name) => {
        const drop = this.names.filter((other) => this.#cut.has(other) !== this.#cut.has(name))
        return this.#faults(name, names.length === 0 ? [] : drop)
      }),
    )
    this.#faultOfCut("end", healed)
  }

  /**
   * Resolves to true when `holds`, looked at after each sighting and each word of an application; false after
   * `limitMs`.
   */
  until(holds: () => boolean, limitMs: number): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.#refuseClosed()
      if (holds()) return resolve(true)
      const end = (): void => {
        clearTimeout(timer)
        for (const unsubscribe of subscriptions) unsubscribe()
        this.#waits.delete(giveUp)
      }
      const settle = (held: boolean): void => {
        end()
        resolve(held)
      }
      const giveUp = (reason: FleetError): void => {
        end()
        reject(reason)
      }
      const timer = setTimeout(() => settle(false), limitMs)
      const look = (): void => {
        if (holds()) settle(true)
      }
      const subscriptions = [this.onSighting(look), this.onNews(look)]
      this.#waits.add(giveUp)
    })
  }

  /** Every running agent believes every running agent alive. */
  allSeeAll(): boolean {
    const { running } = this
    return running.every((observer) => running.every((member) => this.belief(observer, member) === "alive"))
  }

  /** Whoever still waits for the fleet or starts an agent is refused: nothing may begin that nobody would end. */
  async close(): Promise<void> {
    this.#isClosed = true
    for (const giveUp of [...this.#waits]) giveUp(new FleetError("the fleet is closed"))
    this.apps.killAll()
    await Promise.all([...this.#slots.values()].map((slot) => slot.observer?.close()))
    await this.#reaper.close()
  }

  async #launch(name: string, bind: string): Promise<void> {
    this.#refuseClosed()
    const first = this.#slots.values().next().value
    const folder = join(this.#options.folder, name)
    const seed = first === undefined || first.name === name ? undefined : first.ready.addr
    const { profile } = this.#options
    this.#reaper.made(folder)
    const how = { profile, ...this.#keyFiles, bootstrap: seed === undefined }
    const process_ = new AgentProcess({ launcher: launcherPath(), name, folder, bind, join: seed, ...how })
    this.#reaper.add(process_.pid)
    const ready = await process_.ready
    this.#refuseClosed()
    const slot: Slot = { name, process: process_, ready, observer: undefined, state: "running", end: "kill" }
    this.#slots.set(name, slot)
    const observer = new Observer(name, ready.socket, (sighting) => {
      this.#remark(sighting)
      for (const listener of this.#listeners) listener(sighting)
    })
    slot.observer = observer
    await observer.start()
  }

  async #faults(name: string, drop: readonly string[]): Promise<void> {
    const client = await connect({ socket: this.agent(name).adminSocket, name: "conclave dev" })
    try {
      await client.request("faults", { drop })
    } finally {
      await client.close()
    }
  }

  #end(slot: Slot, f: "kill" | "restart"): void {
    slot.state = "gone"
    slot.end = f
    this.#fault({ f, phase: "start", spec: { nodes: [slot.name] } })
  }

  #faultOfCut(phase: "start" | "end", away: ReadonlySet<string>): void {
    if (away.size === 0) return
    this.#fault({ f: "cut", phase, spec: { cut: [[...away], this.names.filter((name) => !away.has(name))] } })
  }

  #fault(fault: HistoryFault): void {
    this.#options.history?.write("fault", fault)
  }

  #remark({ observer: obs, member: subj, status: state, inc, initial, atMs }: Sighting): void {
    this.#options.history?.write("member", { obs, subj, state, inc, initial }, atMs)
  }

  #refuseClosed(): void {
    if (this.#isClosed) throw new FleetError("the fleet is closed")
  }

  #slot(name: string): Slot {
    const slot = this.#slots.get(name)
    if (slot === undefined) throw new FleetError(`there is no agent ${name}; there are ${this.names.join(", ")}`)
    return slot
  }

  /** For `dev env`, which finds a running fleet by this file. */
  #remember(): void {
    const agents = this.names.map((name) => this.agent(name))
    const text = JSON.stringify({ pid: process.pid, agents }, undefined, 2)
    writeFileSync(this.#runFile, `${text}\n`, { mode: 0o600 })
  }

  /** New ones for each fleet. */
  get #keyFiles(): Pick<AgentSpec, "gossipKeyFile" | "joinKeyFile"> {
    const { folder } = this.#options
    return { gossipKeyFile: join(folder, "gossip.key"), joinKeyFile: join(folder, "join.key") }
  }

  get #runFile(): string {
    return join(this.#options.folder, "run.json")
  }
}
