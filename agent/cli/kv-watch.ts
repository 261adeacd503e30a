import type { Entry } from "@conclave/sdk/wire.gen"
import { showEntries, valueText } from "./kv-table.ts"
import type { Context } from "./terminal/command.ts"
import { follow } from "./terminal/follow.ts"
import type { Output } from "./terminal/output.ts"

/** A line of the watch as the agent writes it; 64-bit numbers are texts. */
interface Line {
  readonly rev: string
  readonly items?: readonly Entry[]
  readonly more?: boolean
  readonly reset?: boolean
  readonly changes?: readonly { readonly type: "put" | "delete"; readonly item: Entry }[]
}

/**
 * The entries and then a line for each thing that happens; under `--json` the agent's own lines. After a lost connection it
 * goes on behind the last revision that came whole, so that no change is missed or told twice.
 */
export async function watchEntries(context: Context, prefix: string | undefined): Promise<number> {
  const { output } = context
  const screen = new EntryLines(output)
  let from: string | undefined
  const input = (): object => {
    screen.restart()
    return {
      kind: "kv",
      ...(prefix === undefined ? {} : { prefix }),
      ...(from === undefined ? {} : { from }),
    }
  }
  const onLine = (raw: unknown): void => {
    const line = raw as Line
    if (line.more !== true) from = line.rev
    if (output.isJson) output.json(line)
    else screen.take(line)
  }
  return await follow(context, { op: "watch", input, onLine })
}

/** What a person reads of it. */
export class EntryLines {
  readonly #output: Output
  readonly #known: Map<string, Entry> = new Map()
  #parts: Entry[] = []
  #isFirst = true

  constructor(output: Output) {
    this.#output = output
  }

  /** A view that was cut short comes again from its beginning. */
  restart(): void {
    this.#parts = []
  }

  take({ items, more, reset, changes = [] }: Line): void {
    for (const { type, item } of changes) this.#tell(item, type === "put")
    if (items === undefined) return
    // Another view may begin before all parts of the last one have come.
    if (reset === true) this.#parts = []
    this.#parts.push(...items)
    if (more === true) return
    if (this.#isFirst) {
      showEntries(this.#parts, this.#output)
      for (const item of this.#parts) this.#known.set(item.key, item)
    } else this.#reset(this.#parts)
    this.#isFirst = false
    this.#parts = []
  }

  /** A whole view again: what happened in the meantime is found by comparison. */
  #reset(items: readonly Entry[]): void {
    const present = new Set(items.map(({ key }) => key))
    for (const item of [...this.#known.values()]) if (!present.has(item.key)) this.#tell(item, false)
    for (const item of items) if (this.#known.get(item.key)?.modRev !== item.modRev) this.#tell(item, true)
  }

  #tell(item: Entry, isThere: boolean): void {
    if (isThere) this.#known.set(item.key, item)
    else this.#known.delete(item.key)
    const time = new Date().toISOString()
    const what = isThere ? `revision ${item.modRev}  ${valueText(item.value)}` : "deleted"
    this.#output.line(`${time}  ${item.key}  ${what}`)
  }
}
