import type { Context } from "./terminal/command.ts"
import { follow } from "./terminal/follow.ts"
import type { Output } from "./terminal/output.ts"

/** A line of the watch as the agent writes it; 64-bit numbers are texts. */
export interface WatchLine<T> {
  readonly rev: string
  readonly items?: readonly T[]
  readonly more?: boolean
  readonly reset?: boolean
  readonly changes?: readonly { readonly type: "put" | "delete"; readonly item: T; readonly reason?: string }[]
}

/** How a person is shown what is watched. */
export interface Words<T> {
  readonly keyOf: (item: T) => string
  readonly show: (items: readonly T[], output: Output) => void
  /** What an item is now. */
  readonly there: (item: T, reason: string | undefined) => string
  /** What became of one that is there no more. */
  readonly gone: (item: T, reason: string | undefined) => string
}

/**
 * The items and then a line for each thing that happens; under `--json` the agent's own lines. After a lost connection
 * it goes on behind the last revision that came whole, so that no change is missed or told twice.
 */
export async function watchLines<T>(context: Context, what: object, words: Words<T>): Promise<number> {
  const { output } = context
  const screen = new WatchLines<T>(output, words)
  let from: string | undefined
  const input = (): object => {
    screen.restart()
    return { ...what, ...(from === undefined ? {} : { from }) }
  }
  const onLine = (raw: unknown): void => {
    const line = raw as WatchLine<T>
    if (line.more !== true) from = line.rev
    if (output.isJson) output.json(line)
    else screen.take(line)
  }
  return await follow(context, { op: "watch", input, onLine })
}

/** What a person reads of it. */
export class WatchLines<T> {
  readonly #output: Output
  readonly #words: Words<T>
  readonly #known: Map<string, T> = new Map()
  #parts: T[] = []
  #isFirst = true

  constructor(output: Output, words: Words<T>) {
    this.#output = output
    this.#words = words
  }

  /** A view that was cut short comes again from its beginning. */
  restart(): void {
    this.#parts = []
  }

  take({ items, more, reset, changes = [] }: WatchLine<T>): void {
    for (const { type, item, reason } of changes) this.#tell(item, type === "put", reason)
    if (items === undefined) return
    // Another view may begin before all parts of the last one have come.
    if (reset === true) this.#parts = []
    this.#parts.push(...items)
    if (more === true) return
    if (this.#isFirst) {
      this.#words.show(this.#parts, this.#output)
      for (const item of this.#parts) this.#known.set(this.#words.keyOf(item), item)
    } else this.#reset(this.#parts)
    this.#isFirst = false
    this.#parts = []
  }

  /** A whole view again: what happened in the meantime is found by comparison. */
  #reset(items: readonly T[]): void {
    const { keyOf } = this.#words
    const present = new Set(items.map(keyOf))
    for (const item of [...this.#known.values()]) if (!present.has(keyOf(item))) this.#tell(item, false, undefined)
    for (const item of items) {
      const known = this.#known.get(keyOf(item))
      if (JSON.stringify(known) !== JSON.stringify(item)) this.#tell(item, true, undefined)
    }
  }

  #tell(item: T, isThere: boolean, reason: string | undefined): void {
    const { keyOf, there, gone } = this.#words
    const key = keyOf(item)
    if (isThere) this.#known.set(key, item)
    else this.#known.delete(key)
    const time = new Date().toISOString()
    this.#output.line(`${time}  ${key}  ${isThere ? there(item, reason) : gone(item, reason)}`)
  }
}
