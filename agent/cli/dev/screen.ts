import type { Fleet } from "../fleet/fleet.ts"
import type { Sighting } from "../fleet/observer.ts"

const LOG_LINES = 10
const FRAME_MS = 200
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
  readonly #timer: NodeJS.Timeout
  readonly #unsubscribe: () => void
  /** When the last thing was done to an agent, for the times that follow. */
  readonly #since: Map<string, number> = new Map()

  constructor(fleet: Fleet, color: boolean) {
    this.#fleet = fleet
    this.#color = color
    process.stdout.write(ENTER)
    this.#unsubscribe = fleet.onSighting((sighting) => this.#sighted(sighting))
    this.#timer = setInterval(() => this.#draw(), FRAME_MS)
    this.#draw()
  }

  /** Something was done to an agent. */
  did(what: string, agent: string): void {
    this.#since.set(agent, performance.now())
    this.#note(`${what} ${agent}`)
  }

  close(): void {
    clearInterval(this.#timer)
    this.#unsubscribe()
    process.stdout.write(LEAVE)
  }

  #sighted({ observer, member, status, restarting, atMs }: Sighting): void {
    const since = this.#since.get(member)
    // An agent that was started later learns what is long true.
    const isOld = since === undefined || (this.#since.get(observer) ?? since) > since
    const after = isOld ? "" : `  (${Math.round(atMs - since)} ms)`
    this.#note(`${observer} sees ${member} ${restarting ? "restarting" : status}${after}`)
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
    "[k]ill  [s]top  [c]ut  [r]evive  [a]dd  [q]uit",
    `another terminal: eval $(${program} dev env n1); ${program} members`,
  ]
}
