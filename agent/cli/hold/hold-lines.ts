import type { Kind } from "@conclave/sdk"
import { toJsonText } from "@conclave/sdk/u64"
import { printable } from "../printable.ts"
import type { Output } from "../terminal/output.ts"

export interface SeenHolder {
  readonly member?: string
  readonly app?: string | null
  readonly pid?: number | null
}

/** What happens to a hold, as the contract names it. */
export type HoldLine =
  | { readonly type: "queued"; readonly position: number; readonly holders: readonly unknown[] }
  | { readonly type: "granted"; readonly token: bigint; readonly rev: bigint; readonly validForMs: number }
  | {
      readonly type: "jeopardy" | "safe"
      readonly validForMs: number
      readonly atBootMs: number
      readonly cause?: string | undefined
    }
  | {
      readonly type: "revoking"
      readonly item?: string
      readonly token: bigint
      readonly by: string
      readonly reason: string
      readonly deadlineMs?: number | undefined
    }
  | { readonly type: "lost"; readonly item?: string; readonly token: bigint; readonly reason: string }
  | {
      readonly type: "assigned"
      readonly item: string
      readonly token: bigint
      readonly rev: bigint
      readonly payload: unknown
      readonly checkpoint: unknown
      readonly attempt: number
    }
  /** What its worker has said of an item is agreed. */
  | {
      readonly type: "settled"
      readonly item: string
      readonly token: bigint
      readonly result: "done" | "released" | "failed"
      readonly message?: string | undefined
    }
  | { readonly type: "released"; readonly rev: bigint }

/** Where the events of a hold go: the command's own output keeps stdout for itself. */
export class HoldLines {
  readonly #output: Output
  readonly #label: string
  readonly #granted: string
  readonly #hasCommand: boolean
  readonly #sinceMs: number = performance.now()

  constructor(output: Output, of: { readonly kind: Kind; readonly name: string; readonly hasCommand: boolean }) {
    this.#output = output
    this.#label = `${VERBS[of.kind] ?? of.kind} ${of.name}`
    this.#granted =
      of.kind === "election" ? "leading" : of.kind === "group" || of.kind === "work" ? "joined" : "acquired"
    this.#hasCommand = of.hasCommand
  }

  say(line: HoldLine): void {
    const stream = this.#hasCommand ? process.stderr : process.stdout
    if (this.#output.isJson) stream.write(`${toJsonText(line)}\n`)
    else if (!this.#hasCommand || !this.#output.isQuiet || line.type === "lost")
      stream.write(`${printable(`${this.#label}: ${this.#words(line)}`)}\n`)
  }

  #words(line: HoldLine): string {
    switch (line.type) {
      case "queued":
        return `waiting, number ${line.position} in the queue${heldBy(line.position, line.holders as readonly SeenHolder[])}`
      case "granted":
        return `${this.#granted} after ${seconds(performance.now() - this.#sinceMs)} (token ${line.token})`
      case "jeopardy":
        return `not renewed (${line.cause ?? "no-answer"}), certain for ${seconds(line.validForMs)} more`
      case "safe":
        return `renewed, certain for ${seconds(line.validForMs)}`
      case "revoking": {
        const within = line.deadlineMs === undefined ? "" : ` within ${seconds(line.deadlineMs)}`
        return `${itemText(line)}asked back${within} by ${line.by}: ${line.reason}`
      }
      case "lost":
        return `${itemText(line)}lost: ${line.reason}`
      case "assigned":
        return `${itemText(line)}is ours, try ${line.attempt} (token ${line.token})`
      case "settled":
        return `${itemText(line)}${RESULTS[line.result]}${line.message === undefined ? "" : `: ${line.message}`}`
      case "released":
        return "released"
    }
  }
}

/** The commands that hold it, where they are called otherwise. */
const VERBS: Readonly<Partial<Record<Kind, string>>> = { election: "elect", semaphore: "sem" }

const RESULTS = { done: "done", released: "handed back", failed: "failed" } as const

function itemText({ item }: { readonly item?: string }): string {
  return item === undefined ? "" : `item ${item}: `
}

/** Nobody holds it, and the next one waits all the same. */
const QUIET =
  ": nobody holds it, but a lock delay is not over, another of its names is taken, or a state was restored (one time to live)"

export function heldBy(position: number, [first, ...others]: readonly SeenHolder[]): string {
  if (first === undefined && position === 1) return QUIET
  if (first?.member === undefined) return ""
  const process = [first.app, typeof first.pid === "number" ? `pid ${first.pid}` : null]
  const known = process.filter((each) => typeof each === "string").join(", ")
  const more = others.length === 0 ? "" : ` and ${others.length} more`
  return `, held by ${first.member}${known === "" ? "" : ` (${known})`}${more}`
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
