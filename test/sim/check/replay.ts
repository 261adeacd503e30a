import type { Finding, Line, LogLine, Shown } from "./lines.ts"
import { Naive } from "./naive.ts"
import { backupOf } from "./naive-restore.ts"
import type { NaiveBackup, NaiveHold } from "./naive-types.ts"

/** A name as it was from a revision on. */
interface NameAt {
  readonly rev: number
  readonly holders: readonly Shown[]
  /** `session/seq`, in their order. */
  readonly waiters: readonly string[]
}

const NOBODY: NameAt = { rev: 0, holders: [], waiters: [] }

/** What the committed log means, by the naive model: every state of every name, and every grant. */
export class Replay {
  readonly findings: Finding[] = []
  readonly grants: Map<string, { readonly token: number; readonly rev: number }> = new Map()
  lastRev = 0
  readonly #names: Map<string, NameAt[]> = new Map()
  readonly #shapes: Map<string, string> = new Map()
  readonly #naive: Naive = new Naive()

  constructor(lines: readonly Line[]) {
    const saved = new Set(lines.flatMap((line) => (line.k === "log" && line.saved !== undefined ? [line.saved] : [])))
    const past = new Map<number, NaiveBackup>()
    for (const line of lines) {
      if (line.k !== "log") continue
      if (line.cmd?.kind === "restore" && line.saved !== undefined) {
        const backup = past.get(line.saved)
        if (backup !== undefined) this.#naive.backups[line.cmd.restore] = backup
      }
      this.#apply(line)
      if (saved.has(line.index)) past.set(line.index, backupOf(this.#naive))
    }
  }

  /** The state of a name at a revision. */
  at(key: string, rev: number): NameAt {
    return this.#names.get(key)?.findLast((each) => each.rev <= rev) ?? NOBODY
  }

  /** What happened to a name behind one revision, up to another. */
  between(key: string, after: number, upTo: number): readonly NameAt[] {
    return (this.#names.get(key) ?? []).filter(({ rev }) => rev > after && rev <= upTo)
  }

  #apply({ t, index, rev, stampMs, cmd }: LogLine): void {
    const naive = this.#naive
    naive.apply(stampMs, cmd ?? { kind: "tick" })
    this.lastRev = naive.rev
    if (naive.rev !== rev) {
      this.findings.push({ rule: "the-log-means-one-thing", t, message: `entry ${index}: ${naive.rev}, told ${rev}` })
    }
    const keys = new Set(this.#shapes.keys())
    for (const { kind, names } of naive.holds) for (const name of names) keys.add(`${kind}/${name}`)
    for (const key of keys) this.#look(key)
  }

  #look(key: string): void {
    const slash = key.indexOf("/")
    const kind = key.slice(0, slash) as NaiveHold["kind"]
    const name = key.slice(slash + 1)
    const { rev } = this.#naive
    const granted = this.#naive.granted(kind, name)
    const waiters = this.#naive.waiting(kind, name).map(idOf)
    const shape = `${granted.map(shapeOf).join()} ${waiters.join()}`
    if (this.#shapes.get(key) === shape) return
    this.#shapes.set(key, shape)
    const holders = granted.map((hold) => shownOf(hold))
    const all = this.#names.get(key) ?? []
    this.#names.set(key, all)
    all.push({ rev, holders, waiters })
    for (const { s, seq, token } of holders) {
      const id = `${s}/${seq}`
      if (!this.grants.has(id)) this.grants.set(id, { token: Number(token), rev })
    }
  }
}

function idOf({ session, seq }: NaiveHold): string {
  return `${session}/${seq}`
}

/** All that is shown of a holder. Its value is JSON, so that no two are alike. */
function shapeOf({ session, seq, token, value }: NaiveHold): string {
  return `${session}/${seq}:${token}:${value}`
}

function shownOf({ session, seq, token, value }: NaiveHold): Shown {
  const said = value === undefined ? {} : { value: JSON.parse(value) as string }
  return { s: session, seq, token: String(token), ...said }
}
