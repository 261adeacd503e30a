import type { Fleet } from "../fleet/fleet.ts"
import type { Sighting } from "../fleet/observer.ts"

const LOG_LINES = 10
const FRAME_MS = 200
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
    process.stdout.write("\u001b[?1049h\u001b[?25l")
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
    process.stdout.write("\u001b[?25h\u001b[?1049l")
  }

  #sighted({ observer, member, status, restarting, atMs }: Sighting): void {
    const since = this.#since.get(member)
    const after = since === undefined ? "" : `  (${Math.round(atMs - since)} ms)`
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
    const lines = [
      `conclave dev · ${names.length} agents · each row is what one agent believes`,
      "",
      `${"".padEnd(24)}${names.map((name) => name.padEnd(9)).join("")}`,
      ...rows,
      "",
      ...this.#log,
      "",
      "[k]ill  [s]top  [c]ut  [r]evive  [a]dd  [q]uit      another terminal: eval $(conclave dev env n1); conclave members",
    ]
    process.stdout.write(`\u001b[H${lines.map((line) => `${line}\u001b[K`).join("\r\n")}\u001b[J`)
  }

  #cell(status: string | undefined): string {
    const text = (status === undefined ? "·" : (MARKS[status] ?? status)).padEnd(9)
    const code = status === undefined ? "90" : COLORS[status]
    return this.#color ? `\u001b[${code}m${text}\u001b[0m` : text
  }
}
