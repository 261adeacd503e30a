import type { CheckItem } from "./checks.ts"
import type { DevOptions } from "./options.ts"

/** One thing that happened; `event` names it, the other keys are its own. */
export interface DevEvent {
  readonly event: "boot" | "fault" | "suspect" | "dead" | "leader" | "granted" | "reassigned" | "write" | "alive"
  readonly [key: string]: unknown
}

/** Tells what happens: a line of JSON each, or a sentence for people. */
export class Report {
  readonly #options: DevOptions
  readonly #startedMs: number = performance.now()

  constructor(options: DevOptions) {
    this.#options = options
  }

  event(event: DevEvent): void {
    const atMs = Math.round(performance.now() - this.#startedMs)
    const { event: name, ...rest } = event
    if (this.#options.json) this.#line(JSON.stringify({ event: name, atMs, ...rest }))
    else this.#line(`${(atMs / 1000).toFixed(2).padStart(7)} s  ${sentence(event)}`)
  }

  /** Something that people should understand, and programs need not know. */
  note(text: string): void {
    const atMs = performance.now() - this.#startedMs
    if (!this.#options.json) this.#line(`${(atMs / 1000).toFixed(2).padStart(7)} s  ${text}`)
  }

  /** The last line; returns whether every check held. */
  summary(items: readonly CheckItem[]): boolean {
    const ok = items.every((item) => item.ok)
    const { json, script, seed } = this.#options
    const atMs = Math.round(performance.now() - this.#startedMs)
    if (json) this.#line(JSON.stringify({ event: "summary", atMs, script, ok, seed, items }))
    else {
      this.#line("")
      const titles = items.map(({ part, check }) => (part === undefined ? check : `${part} ${check}`))
      const width = Math.max(...titles.map((title) => title.length))
      for (const [index, { value, budget, ok: kept }] of items.entries()) {
        const shown = value === null ? "never" : String(Math.round(value))
        const title = (titles[index] ?? "").padEnd(width)
        this.#line(`  ${kept ? "ok    " : "FAILED"}  ${title}  ${shown.padStart(6)}  budget ${budget}`)
      }
      this.#line(ok ? `\nThe script ${script} kept every budget.` : `\nThe script ${script} missed a budget.`)
    }
    return ok
  }

  #line(text: string): void {
    process.stdout.write(`${text}\n`)
  }
}

function sentence(event: DevEvent): string {
  const { agent, afterMs, pid } = event
  const after = `after ${Math.round(Number(afterMs))} ms`
  switch (event.event) {
    case "boot":
      return `${(event["agents"] as readonly object[]).length} agents see each other alive, ${event["voters"]} of them vote, ${Math.round(Number(event["bootMs"]))} ms after the first was started`
    case "fault":
      return `${FAULTS[String(event["fault"])] ?? String(event["fault"])} ${event["app"] ?? agent ?? ""}${pid === undefined ? "" : ` (pid ${pid})`}`
    case "suspect":
      return `${event["by"]} suspects ${agent} ${after}`
    case "dead":
      return event["scope"] === "first"
        ? `somebody knows that ${agent} is dead ${after}`
        : `everybody knows that ${agent} is dead ${after}`
    case "leader":
      return `${agent} leads in term ${event["term"]} ${after}`
    case "granted":
      return `${event["name"]} is held by ${event["app"]} on ${agent} (token ${event["token"]}) ${after}`
    case "reassigned":
      return `what ${event["app"]} had of ${event["name"]}, ${event["items"]} items, others have ${after}`
    case "write":
      return `the first write is acknowledged ${after}`
    case "alive":
      return `everybody sees ${agent} alive ${after}`
  }
}

const FAULTS: Readonly<Record<string, string>> = {
  "kill-app": "kill -9 the application on",
  "kill-agent": "kill -9",
  "stop-app": "SIGSTOP",
  "continue-app": "SIGCONT",
  "drain-app": "all items are asked back from",
  stop: "SIGSTOP",
  continue: "SIGCONT",
  cut: "the network is cut around",
  heal: "the network is whole again for",
  restart: "SIGTERM and start again",
}
