import type { Finding, Line, LogLine, Shown } from "./lines.ts"
import { Naive } from "./naive.ts"
import { backupOf } from "./naive-restore.ts"
import type { NaiveBackup, NaiveHold } from "./naive-types.ts"
import { type ShownThing, shownState } from "./shown-state.ts"
import { Timeline } from "./timeline.ts"

/** A name as it was from a revision on. */
interface NameAt {
  readonly rev: number
  readonly holders: readonly Shown[]
  /** `session/seq`, in their order. */
  readonly waiters: readonly string[]
}

/** More grants of one name than end in one entry. */
const ENDS_AT_ONCE = 64

const NOBODY: NameAt = { rev: 0, holders: [], waiters: [] }

/** What the committed log means, by the naive model: every state of every name, and every grant. */
export class Replay {
  readonly findings: Finding[] = []
  readonly grants: Map<string, { readonly token: number; readonly rev: number }> = new Map()
  /** All that could be listed or watched. */
  readonly shown: Timeline<ShownThing> = new Timeline((a, b) => a.text === b.text && a.isThere === b.isThere)
  /** Why each grant of each name is over: by `kind/name token`. */
  readonly ends: Map<string, string> = new Map()
  lastRev = 0
  /** When the first replica knew of each revision. */
  readonly #knownAt: { readonly rev: number; readonly t: number }[] = []
  readonly #names: Map<string, NameAt[]> = new Map()
  readonly #shapes: Map<string, string> = new Map()
  readonly #naive: Naive = new Naive()

  constructor(lines: readonly Line[], onApplied: (line: LogLine, naive: Naive) => void = () => {}) {
    const saved = new Set(lines.flatMap((line) => (line.k === "log" && line.saved !== undefined ? [line.saved] : [])))
    const past = new Map<number, NaiveBackup>()
    for (const line of lines) {
      if (line.k !== "log") continue
      if (line.cmd?.kind === "restore" && line.saved !== undefined) {
        const backup = past.get(line.saved)
        if (backup !== undefined) this.#naive.backups[line.cmd.restore] = backup
      }
      this.#apply(line)
      onApplied(line, this.#naive)
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

  /** When the first revision behind this one was known to anybody; never, if there is none. */
  outdatedAt(rev: number): number {
    return this.#knownAt.find((each) => each.rev > rev)?.t ?? Number.POSITIVE_INFINITY
  }

  /** The last revision that was known to anybody by then. */
  revAt(t: number): number {
    return this.#knownAt.findLast((each) => each.t <= t)?.rev ?? 0
  }

  #apply({ t, index, rev, stampMs, cmd }: LogLine): void {
    const naive = this.#naive
    naive.apply(stampMs, cmd ?? { kind: "tick" })
    if (naive.rev !== this.lastRev) {
      this.#knownAt.push({ rev: naive.rev, t })
      this.shown.look(naive.rev, shownState(naive))
      for (const [key, past] of Object.entries(naive.history)) {
        for (const { token, how } of past.slice(-ENDS_AT_ONCE)) this.ends.set(`${key} ${token}`, how)
      }
    }
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
function shapeOf({ session, seq, token, value, ready }: NaiveHold): string {
  return `${session}/${seq}:${token}:${ready}:${value}`
}

function shownOf({ session, seq, token, value, id, ready }: NaiveHold): Shown {
  const said = value === undefined ? {} : { value: JSON.parse(value) as string }
  const member = id === undefined || ready === undefined ? {} : { id, ready }
  return { s: session, seq, token: String(token), ...said, ...member }
}
