import type { Member } from "@conclave/sdk"
import { fits, type MemberFilter } from "./member-filter.ts"
import { showTable } from "./member-table.ts"
import type { Context } from "./terminal/command.ts"
import { follow } from "./terminal/follow.ts"
import type { Output } from "./terminal/output.ts"
import { statusColor } from "./terminal/paint.ts"

interface Change {
  readonly type: "put" | "delete"
  readonly item: Member
  readonly reason?: string
}

/** A line of the watch as the agent writes it; 64-bit numbers are texts. */
interface Line {
  readonly type: string
  readonly items?: readonly Member[]
  readonly more?: boolean
  readonly changes?: readonly Change[]
}

/** `members --watch`: the table and then a line for each change; under `--json` the agent's own lines. */
export async function watchMembers(context: Context, filter: MemberFilter): Promise<number> {
  const { output } = context
  const screen = new ChangeLines(output)
  const onLine = (raw: unknown): void => {
    const line = filtered(raw as Line, filter)
    if (line === undefined) return
    if (output.isJson) output.json(line)
    else screen.take(line)
  }
  return await follow(context, { op: "watch", input: () => ({ kind: "members" }), onLine })
}

/** The line with what was asked for, or undefined when nothing of it is left. */
export function filtered(line: Line, filter: MemberFilter): Line | undefined {
  if (filter.name === undefined && filter.status === undefined && filter.tags.length === 0) return line
  if (line.items !== undefined) return { ...line, items: line.items.filter((item) => fits(item, filter)) }
  if (line.changes === undefined) return line
  const changes = line.changes.filter(({ item }) => fits(item, filter))
  return changes.length === 0 ? undefined : { ...line, changes }
}

class ChangeLines {
  readonly #output: Output
  readonly #known: Map<string, Member> = new Map()
  #parts: Member[] = []
  #isFirst = true

  constructor(output: Output) {
    this.#output = output
  }

  take(line: Line): void {
    for (const change of line.changes ?? []) this.#change(change)
    if (line.items === undefined) return
    this.#parts.push(...line.items)
    if (line.more === true) return
    if (this.#isFirst) {
      showTable(this.#parts, this.#output)
      for (const item of this.#parts) this.#known.set(item.id, item)
    } else this.#reset(this.#parts)
    this.#isFirst = false
    this.#parts = []
  }

  /** A whole view again: what changed in the meantime is found by comparison. */
  #reset(items: readonly Member[]): void {
    const present = new Set(items.map((item) => item.id))
    for (const item of [...this.#known.values()]) {
      if (!present.has(item.id)) this.#change({ type: "delete", item, reason: "gone" })
    }
    for (const item of items) {
      if (this.#known.get(item.id)?.status !== item.status) this.#change({ type: "put", item })
    }
  }

  #change({ type, item, reason }: Change): void {
    const before = this.#known.get(item.id)
    if (type === "put") this.#known.set(item.id, item)
    else this.#known.delete(item.id)
    const status = this.#output.paint(item.status, statusColor(item.status))
    this.#output.line(
      `${new Date().toISOString()}  ${item.name}  ${sentence(before, { type, item, reason: reason ?? "" }, status)}`,
    )
  }
}

function sentence(before: Member | undefined, change: Required<Change>, status: string): string {
  const { type, item, reason } = change
  if (type === "delete") return `forgotten (${reason || item.status})`
  if (before === undefined) return `new: ${status} at ${item.addr}`
  if (before.status !== item.status) return `${before.status} -> ${status}`
  if (item.restartingUntil !== null) return `${status}, restarting until ${item.restartingUntil}`
  return before.restartingUntil === null ? `${status}, changed` : `${status}, restarted`
}
