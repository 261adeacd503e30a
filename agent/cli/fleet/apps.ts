import { join } from "node:path"
import type { AppLine } from "./app-line.ts"
import { AppProcess } from "./app-process.ts"
import { type Belief, overlapMs } from "./beliefs.ts"
import type { HistoryFile } from "./history.ts"
import { HoldHistory } from "./hold-history.ts"
import { fromMonotonicNs } from "./monotonic.ts"
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
  readonly process: AppProcess
  isGone: boolean
  readonly stands: Set<string>
}

/** The applications of a fleet, one a host, and what each of them believes to hold. */
export class Apps {
  readonly #options: AppsOptions
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

  start(agent: string, socket: string): void {
    const app = `app-${agent}`
    const logFile = join(this.#options.folder, agent, "app.log")
    const place: Place = {
      process: new AppProcess({
        ...{ app, socket, logFile, ttlMs: this.#options.ttlMs },
        onLine: (line) => this.#heard(agent, place, line),
      }),
      isGone: false,
      stands: new Set(),
    }
    this.#options.reaper.add(place.process.pid)
    this.#places.set(agent, place)
    void place.process.exited.then(() => this.#over(agent, place, performance.now()))
  }

  isRunning(agent: string): boolean {
    return this.#places.get(agent)?.isGone === false
  }

  pidOf(agent: string): number | undefined {
    return this.#places.get(agent)?.process.pid
  }

  take(agent: string, name: string): void {
    this.#places.get(agent)?.process.order("take", name)
  }

  pass(agent: string, name: string): void {
    this.#places.get(agent)?.process.order("pass", name)
  }

  /** SIGKILL. */
  kill(agent: string): void {
    const place = this.#places.get(agent)
    if (place === undefined || place.isGone) return
    // Before, not after: whoever kills may have to wait for its turn while the next one is granted already.
    const atMs = performance.now()
    place.process.kill()
    this.#over(agent, place, atMs)
  }

  /** Holds it or waits for it. */
  stands(agent: string, name: string): boolean {
    return this.#places.get(agent)?.stands.has(name) ?? false
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

  #heard(agent: string, place: Place, line: AppLine): void {
    const { app } = place.process
    const atMs = fromMonotonicNs(line.t)
    const belief = this.#beliefs.findLast((each) => each.app === app && each.name === line.name)
    switch (line.event) {
      case "asked":
        place.stands.add(line.name)
        break
      case "granted": {
        const token = BigInt(line.token)
        // Its last words may come when it is long killed.
        this.#beliefs.push({ name: line.name, agent, app, token, fromMs: atMs, toMs: place.isGone ? atMs : undefined })
        break
      }
      case "lost":
        if (belief !== undefined) belief.toMs ??= atMs
        if (!place.isGone) this.#losses++
        break
      case "released":
        if (belief !== undefined) belief.toMs ??= atMs
        break
      case "failed":
        break
    }
    this.#history?.heard(agent, place.process.pid, line)
    this.#options.onNews({ agent, app, line, atMs })
  }

  /** Its process is gone: it believes nothing any more. */
  #over(agent: string, place: Place, atMs: number): void {
    if (place.isGone) return
    place.isGone = true
    place.stands.clear()
    const { app, pid } = place.process
    for (const belief of this.#beliefs) if (belief.app === app) belief.toMs ??= atMs
    this.#history?.killed(agent, pid, atMs)
  }
}
