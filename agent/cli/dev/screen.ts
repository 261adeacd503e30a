import type { AppNews } from "../fleet/apps.ts"
import type { Belief } from "../fleet/beliefs.ts"
import { type Fleet, SHARED_PARTITIONS } from "../fleet/fleet.ts"
import type { Sighting } from "../fleet/observer.ts"
import { askGroup, type Group } from "./group.ts"
import { whyItWaits } from "./kills.ts"
import { DEMO } from "./stage.ts"

const LOG_LINES = 10
const FRAME_MS = 200
/** Between two questions for who leads. */
const ASK_MS = 250
const ROWS = 24
/** The other screen, no cursor, and no line that goes on in the next row: it would move all those below. */
const ENTER = "\u001b[?1049h\u001b[?25l\u001b[?7l"
const LEAVE = "\u001b[?7h\u001b[?25h\u001b[?1049l"
const COLORS: Readonly<Record<string, string>> = { alive: "32", suspect: "33", dead: "31", left: "90" }
const MARKS: Readonly<Record<string, string>> = { alive: "alive", suspect: "suspect", dead: "dead", left: "left" }

/** The live view: who believes what of whom, and what happened last. */
export class Screen {
  readonly #fleet: Fleet
  readonly #color: boolean
  readonly #log: string[] = []
  readonly #timers: readonly NodeJS.Timeout[]
  readonly #subscriptions: readonly (() => void)[]
  /** When the last thing was done to an agent, for the times that follow. */
  readonly #since: Map<string, number> = new Map()
  #group: Group | undefined
  #isAsking = false
  /** Who held the lock when it was last seen held. */
  #lastHolder: Belief | undefined

  constructor(fleet: Fleet, color: boolean) {
    this.#fleet = fleet
    this.#color = color
    process.stdout.write(ENTER)
    this.#subscriptions = [
      fleet.onSighting((sighting) => this.#sighted(sighting)),
      fleet.onNews((news) => this.#told(news)),
    ]
    this.#timers = [setInterval(() => this.#draw(), FRAME_MS), setInterval(() => void this.#ask(), ASK_MS)]
    this.#draw()
  }

  /** Something was done to an agent. */
  did(what: string, agent: string): void {
    this.#since.set(agent, performance.now())
    this.#note(`${what} ${agent}`)
  }

  killedHolder({ agent, app }: Belief): void {
    this.#since.set(agent, performance.now())
    this.#note(`kill -9 ${app}, which holds ${DEMO}`)
  }

  close(): void {
    for (const timer of this.#timers) clearInterval(timer)
    for (const unsubscribe of this.#subscriptions) unsubscribe()
    process.stdout.write(LEAVE)
  }

  #sighted({ observer, member, status, restarting, atMs }: Sighting): void {
    const since = this.#since.get(member)
    // An agent that was started later learns what is long true.
    const isOld = since === undefined || (this.#since.get(observer) ?? since) > since
    const after = isOld ? "" : `  (${Math.round(atMs - since)} ms)`
    this.#note(`${observer} sees ${member} ${restarting ? "restarting" : status}${after}`)
  }

  #told({ agent, app, line, atMs }: AppNews): void {
    if (line.kind !== "lock" || line.name !== DEMO) return
    if (line.event === "granted") {
      const since = this.#lastHolder === undefined ? undefined : this.#since.get(this.#lastHolder.agent)
      const after = since === undefined || since > atMs ? "" : `  (${Math.round(atMs - since)} ms)`
      this.#note(`${DEMO} is held by ${app} on ${agent}, token ${line.token}${after}`)
      this.#lastHolder = this.#fleet.apps.holder(DEMO)
    }
    if (line.event === "lost") this.#note(`${app} on ${agent} has lost ${DEMO}: ${line.reason}`)
  }

  /** Who leads; the last answer stays while nobody does. */
  async #ask(): Promise<void> {
    if (this.#isAsking) return
    this.#isAsking = true
    try {
      const group = await askGroup(this.#fleet)
      if (group !== undefined && (this.#group === undefined || group.term > this.#group.term))
        this.#note(`${group.leader} leads in term ${group.term}`)
      this.#group = group ?? this.#group
    } catch {
      // An agent goes or comes; the next question is asked of others.
    } finally {
      this.#isAsking = false
    }
  }

  #note(text: string): void {
    this.#log.push(`${new Date().toISOString().slice(11, 23)}  ${text}`)
    if (this.#log.length > LOG_LINES) this.#log.shift()
  }

  #draw(): void {
    const { names } = this.#fleet
    const rows = names.map((observer) => {
      const state = this.#fleet.state(observer)
      const cut = this.#fleet.cutOff.has(observer) ? ", cut off" : ""
      const cells = names.map((member) =>
        this.#cell(state === "gone" ? undefined : this.#fleet.belief(observer, member)),
      )
      return `${observer.padEnd(6)}${`${state}${cut}`.padEnd(18)}${cells.join("")}`
    })
    const head = [
      `conclave dev · ${names.length} agents · each row is what one agent believes`,
      leaderLine(this.#group),
      lockLine(this.#fleet, this.#lastHolder),
      workLine(this.#fleet),
      "",
      `${"".padEnd(24)}${names.map((name) => name.padEnd(9)).join("")}`,
      ...rows,
    ]
    const lines = fitted(head, this.#log, footer(process.env), process.stdout.rows || ROWS)
    process.stdout.write(`\u001b[H${lines.map((line) => `${line}\u001b[K`).join("\r\n")}\u001b[J`)
  }

  #cell(status: string | undefined): string {
    const text = (status === undefined ? "·" : (MARKS[status] ?? status)).padEnd(9)
    const code = status === undefined ? "90" : COLORS[status]
    return this.#color ? `\u001b[${code}m${text}\u001b[0m` : text
  }
}

function leaderLine(group: Group | undefined): string {
  if (group === undefined) return "leader nobody yet"
  const { leader, term, voters } = group
  return `leader ${leader} in term ${term} · voters ${[...voters].sort().join(" ")}`
}

/** Who holds the lock and who waits for it; where a dead host keeps it, why. */
function lockLine(fleet: Fleet, last: Belief | undefined): string {
  const { apps, names } = fleet
  const holder = apps.holder(DEMO)
  const waiting = names.filter((name) => apps.stands(name, DEMO) && name !== holder?.agent)
  const queue = waiting.length === 0 ? "nobody waits" : `waiting ${waiting.join(" ")}`
  if (holder !== undefined) return `lock ${DEMO} on ${holder.agent}, token ${holder.token} · ${queue}`
  if (last !== undefined && fleet.state(last.agent) === "gone") return whyItWaits(last.agent, apps.ttlMs)
  return `lock ${DEMO} free · ${queue}`
}

/** How many items each application has, and how many nobody, as they themselves tell. */
function workLine({ apps, names }: Fleet): string {
  const shares = names
    .map((name) => ({ name, items: apps.itemsOf(name, DEMO).length }))
    .filter(({ items }) => items > 0)
  const free = SHARED_PARTITIONS - apps.owners.now(DEMO).size
  const told = shares.map(({ name, items }) => `${name} ${items}`)
  return `work ${DEMO} · ${[...told, ...(free > 0 ? [`nobody ${free}`] : [])].join(" · ")}`
}

/** Of the log the newest lines, as many as a terminal of so many rows has room for. */
export function fitted(
  head: readonly string[],
  log: readonly string[],
  foot: readonly string[],
  rows: number,
): readonly string[] {
  const room = Math.max(0, rows - head.length - foot.length - 2)
  const newest = log.slice(Math.max(0, log.length - room))
  return [...head, "", ...newest, "", ...foot].slice(0, rows)
}

/** Under `npm start` the program is known to this folder alone. */
export function footer(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const program = env["npm_lifecycle_event"] === undefined ? "conclave" : "npx conclave"
  return [
    "[h]older kill  [l]eader kill  [k]ill  [s]top  [c]ut  [r]evive  [a]dd  [q]uit",
    `another terminal: eval $(${program} dev env n1); ${program} members`,
  ]
}
