import type { Hold, Holder } from "@conclave/sdk/wire.gen"
import { type HoldKind, showHolds, valueText } from "./hold-table.ts"
import type { Context } from "./terminal/command.ts"
import { follow } from "./terminal/follow.ts"
import type { Output } from "./terminal/output.ts"

/** A line of the watch as the agent writes it; 64-bit numbers are texts. */
interface Line {
  readonly type: string
  readonly rev: string
  readonly items?: readonly Hold[]
  readonly more?: boolean
  readonly reset?: boolean
  readonly changes?: readonly { readonly type: "put" | "delete"; readonly item: Hold }[]
}

/**
 * `locks --watch`, `elections --watch`: the table and then a line for each thing that happens; under `--json` the
 * agent's own lines. After a lost connection it goes on behind the last revision that came whole, so that no change is
 * missed or told twice.
 */
export async function watchHolds(
  context: Context,
  what: { readonly kind: HoldKind; readonly name: string | undefined; readonly prefix: string | undefined },
): Promise<number> {
  const { output } = context
  const { kind, name, prefix } = what
  const screen = new HoldLines(kind, output)
  let from: string | undefined
  const input = (): object => {
    screen.restart()
    return {
      kind,
      ...(name === undefined ? {} : { name }),
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
export class HoldLines {
  readonly #kind: HoldKind
  readonly #output: Output
  readonly #known: Map<string, Hold> = new Map()
  #parts: Hold[] = []
  #isFirst = true

  constructor(kind: HoldKind, output: Output) {
    this.#kind = kind
    this.#output = output
  }

  /** A view that was cut short comes again from its beginning. */
  restart(): void {
    this.#parts = []
  }

  take({ items, more, reset, changes = [] }: Line): void {
    for (const { item } of changes) this.#tell(item)
    if (items === undefined) return
    // Another view may begin before all parts of the last one have come.
    if (reset === true) this.#parts = []
    this.#parts.push(...items)
    if (more === true) return
    if (this.#isFirst) {
      showHolds(this.#kind, this.#parts, this.#output)
      for (const item of this.#parts) this.#known.set(item.name, item)
    } else this.#reset(this.#parts)
    this.#isFirst = false
    this.#parts = []
  }

  /** A whole view again: what happened in the meantime is found by comparison. */
  #reset(items: readonly Hold[]): void {
    const present = new Set(items.map(({ name }) => name))
    for (const item of [...this.#known.values()]) {
      if (!present.has(item.name)) this.#tell({ ...item, holders: [], waiters: [], history: [] })
    }
    for (const item of items) this.#tell(item)
  }

  #tell(item: Hold): void {
    const before = this.#known.get(item.name)
    if (item.holders.length + item.waiters.length === 0) this.#known.delete(item.name)
    else this.#known.set(item.name, item)
    const time = new Date().toISOString()
    for (const sentence of sentences(before, item)) this.#output.line(`${time}  ${item.name}  ${sentence}`)
  }
}

/** What happened to a name between two looks at it, losses first. */
export function sentences(before: Hold | undefined, after: Hold): readonly string[] {
  const held = new Map((before?.holders ?? []).map((each) => [String(each.token), each]))
  const holds = new Set(after.holders.map(({ token }) => String(token)))
  const said: string[] = []
  for (const [token, holder] of held)
    if (!holds.has(token)) said.push(`${who(holder)} no more: ${ending(after, token)}`)
  for (const holder of after.holders) {
    const former = held.get(String(holder.token))
    if (former === undefined) said.push(`${who(holder)} has it, token ${holder.token}${told(valueText(holder))}`)
    else if (valueText(former) !== valueText(holder)) said.push(`${who(holder)} says ${valueText(holder) || "nothing"}`)
    else if (former.note !== holder.note) said.push(`${who(holder)} notes ${holder.note ?? "nothing"}`)
  }
  const waiting = after.waiters.length
  if (waiting !== (before?.waiters.length ?? 0)) said.push(waiting === 0 ? "nobody waits" : `${waiting} waiting`)
  return said
}

function who({ member, app, pid }: Holder): string {
  const process = [app, pid === null ? null : `pid ${pid}`].filter((each) => each !== null).join(", ")
  return process === "" ? member : `${member} (${process})`
}

/** The history has the newest last. */
function ending({ history }: Hold, token: string): string {
  return history.findLast((each) => String(each.token) === token)?.reason ?? "gone"
}

function told(value: string): string {
  return value === "" ? "" : `, says ${value}`
}
