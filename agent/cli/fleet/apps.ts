import { join } from "node:path"
import type { AppLine, HoldTold, ItemTold } from "./app-line.ts"
import { AppProcess } from "./app-process.ts"
import { type Belief, overlapMs } from "./beliefs.ts"
import type { HistoryFile } from "./history.ts"
import { HoldHistory } from "./hold-history.ts"
import { fromMonotonicNs } from "./monotonic.ts"
import { Owners, type Ownership } from "./owners.ts"
import type { ReaperLink } from "./reaper-link.ts"

/** Something that an application told. */
export interface AppNews {
  readonly agent: string
  readonly app: string
  readonly line: AppLine
  /** Of `performance.now()` in this process. */
  readonly atMs: number
}

export interface AppsOptions {
  readonly folder: string
  readonly ttlMs: number
  readonly reaper: ReaperLink
  readonly history: HistoryFile | undefined
  readonly onNews: (news: AppNews) => void
}

interface Place {
  readonly agent: string
  readonly process: AppProcess
  isGone: boolean
  readonly stands: Set<string>
}

/**
 * The applications of a fleet and what each of them believes to hold: one a host, called as that, and what a script
 * starts.
 */
export class Apps {
  readonly #options: AppsOptions
  /** Who has which item of work. */
  readonly owners: Owners = new Owners()
  readonly #places: Map<string, Place> = new Map()
  readonly #beliefs: Belief[] = []
  readonly #history: HoldHistory | undefined
  #losses = 0

  constructor(options: AppsOptions) {
    this.#options = options
    this.#history = options.history === undefined ? undefined : new HoldHistory(options.history)
  }

  get ttlMs(): number {
    return this.#options.ttlMs
  }

  /** Grants that were lost other than by the application's own release or end. */
  get losses(): number {
    return this.#losses
  }

  start(key: string, { agent, socket }: { readonly agent: string; readonly socket: string }): void {
    const app = appName(key)
    const logFile = join(this.#options.folder, agent, `${app}.log`)
    const place: Place = {
      agent,
      process: new AppProcess({
        app,
        socket,
        logFile,
        ttlMs: this.#options.ttlMs,
        onLine: (line) => this.#heard(place, line),
      }),
      isGone: false,
      stands: new Set(),
    }
    this.#options.reaper.add(place.process.pid)
    this.#places.set(key, place)
    void place.process.exited.then(() => this.#over(place, performance.now()))
  }

  isRunning(key: string): boolean {
    return this.#places.get(key)?.isGone === false
  }

  pidOf(key: string): number | undefined {
    return this.#places.get(key)?.process.pid
  }

  /** On which agent's host it runs. */
  agentOf(key: string): string | undefined {
    return this.#places.get(key)?.agent
  }

  take(key: string, name: string): void {
    this.#places.get(key)?.process.order("take", name)
  }

  pass(key: string, name: string): void {
    this.#places.get(key)?.process.order("pass", name)
  }

  work(key: string, pool: string, partitions: number): void {
    this.#places.get(key)?.process.order("work", pool, String(partitions))
  }

  drain(key: string, pool: string): void {
    this.#places.get(key)?.process.order("drain", pool)
  }

  /** SIGKILL. */
  kill(key: string): void {
    const place = this.#places.get(key)
    if (place === undefined || place.isGone) return
    // Before, not after: whoever kills may have to wait for its turn while the next one is granted already.
    const atMs = performance.now()
    place.process.signal("SIGKILL")
    this.#over(place, atMs)
  }

  killAll(): void {
    for (const key of this.#places.keys()) this.kill(key)
  }

  /** SIGSTOP; what it believes it can tell nobody before it goes on. */
  stop(key: string): void {
    const place = this.#places.get(key)
    if (place === undefined) return
    this.#history?.paused("start", place.process)
    place.process.signal("SIGSTOP")
  }

  /** SIGCONT. */
  continue(key: string): void {
    const place = this.#places.get(key)
    if (place === undefined) return
    place.process.signal("SIGCONT")
    this.#history?.paused("end", place.process)
  }

  /** Holds the lock or waits for it. */
  stands(key: string, name: string): boolean {
    return this.#places.get(key)?.stands.has(name) ?? false
  }

  /** What an application has of a pool, as it believes. */
  itemsOf(key: string, pool: string): readonly Ownership[] {
    return this.owners.of(pool, appName(key))
  }

  /** Who holds a lock and believes so: of several the one with the newest token. */
  holder(name: string): Belief | undefined {
    const open = this.#beliefs.filter((belief) => belief.name === name && belief.toMs === undefined)
    return open.reduce<Belief | undefined>(
      (newest, each) => (newest === undefined || each.token > newest.token ? each : newest),
      undefined,
    )
  }

  /** How long two applications believed at once to hold the same lock, since the start. */
  overlapMs(name: string): number {
    return overlapMs(
      this.#beliefs.filter((belief) => belief.name === name),
      performance.now(),
    )
  }

  #heard(place: Place, line: AppLine): void {
    const { app, pid } = place.process
    const { agent } = place
    const atMs = fromMonotonicNs(line.t)
    if (line.kind === "item") this.#heardOfItem(place, line, atMs)
    else this.#heardOfHold(place, line, atMs)
    this.#history?.heard({ agent, app, pid }, line)
    this.#options.onNews({ agent, app, line, atMs })
  }

  #heardOfHold(place: Place, line: HoldTold, atMs: number): void {
    const { app } = place.process
    if (line.event === "lost" && !place.isGone) this.#losses++
    // What it has as a worker are its items.
    if (line.kind === "work") return
    const belief = this.#beliefs.findLast((each) => each.app === app && each.name === line.name)
    switch (line.event) {
      case "asked":
        place.stands.add(line.name)
        break
      case "granted": {
        const { name, token } = line
        const toMs = place.isGone ? atMs : undefined
        // Its last words may come when it is long killed.
        this.#beliefs.push({ name, agent: place.agent, app, token: BigInt(token), fromMs: atMs, toMs })
        break
      }
      case "lost":
      case "released":
        // The word may come when its process is known to be killed, and be older than that.
        if (belief !== undefined) belief.toMs = Math.min(belief.toMs ?? atMs, atMs)
        break
      case "failed":
        break
    }
  }

  #heardOfItem({ process, isGone }: Place, line: ItemTold, atMs: number): void {
    this.owners.heard(process.app, line, { atMs, isGone })
    if (line.event === "dropped" && line.reason !== null && !isGone) this.#losses++
  }

  /** Its process is gone: it believes nothing any more. */
  #over(place: Place, atMs: number): void {
    if (place.isGone) return
    place.isGone = true
    place.stands.clear()
    const { app } = place.process
    for (const belief of this.#beliefs) if (belief.app === app) belief.toMs ??= atMs
    this.owners.over(app, atMs)
    this.#history?.killed(place.process, atMs)
  }
}

function appName(key: string): string {
  return `app-${key}`
}
