import type { Finding, Line, LogLine } from "./lines.ts"
import type { Naive } from "./naive.ts"
import type { NaiveHold, NaiveItem } from "./naive-types.ts"
import { provenDeadOf } from "./pauses.ts"
import { Replay } from "./replay.ts"

/** A commit, with what it takes to plan the next. */
const COMMIT_US = 1_000_000
/** Clocks may differ by so much, which every deadline allows for; and what agents add to promises. */
const DRIFT = 0.02
const SLACK_US = 200_000
const NEVER = Number.POSITIVE_INFINITY

/**
 * Where nothing else is wrong, work does not lie about: an item that is free, that nobody is waited for with, and that
 * a worker has room for, is somebody's within a commit; and what a dead or a stopped worker had is not its own any more
 * when the time to live of its session has run out, or one commit after a death that is proven (contract §3.7).
 */
export function idleItems(lines: readonly Line[], fromUs: number): readonly Finding[] {
  if (fromUs === NEVER || !lines.some((line) => line.k === "log" && line.cmd !== undefined)) return []
  const found: Finding[] = []
  const gone = new Gone(lines, fromUs)
  const idle = new Lasting(COMMIT_US)
  new Replay(lines, (line, naive) => {
    const { t } = line
    if (t < fromUs) return
    for (const key of idle.at(t, idleNow(naive))) {
      found.push({ rule: "a-free-item-is-given", t, message: `${key} is free, and somebody has room for it` })
    }
    found.push(...gone.stillOwning(line, naive))
  })
  return found
}

/** What has been so for longer than it may. */
class Lasting {
  readonly #limitUs: number
  #since: ReadonlyMap<string, number> = new Map()

  constructor(limitUs: number) {
    this.#limitUs = limitUs
  }

  /** What has been so up to this moment for too long; and from then on is so. */
  at(t: number, keys: readonly string[]): readonly string[] {
    const late = [...this.#since].filter(([, since]) => t - since > this.#limitUs).map(([key]) => key)
    this.#since = new Map(keys.map((key) => [key, late.includes(key) ? t : (this.#since.get(key) ?? t)]))
    return late
  }
}

/** Of two that killed their workers twice no worker has more than one: they are looked at by nobody here. */
function idleNow(naive: Naive): readonly string[] {
  const free = naive.items.filter(({ state, keptUntil, pin, losses }) => {
    return state === "free" && keptUntil === undefined && pin === undefined && losses < 2
  })
  const workers = naive.holds.filter(({ kind, token }) => kind === "work" && token !== undefined)
  return free
    .filter((item) => workers.some((worker) => worker.names[0] === item.pool && mayTake(naive, worker, item)))
    .map(({ pool, item, attempt }) => `item/${pool}/${item} (try ${attempt})`)
}

function mayTake(naive: Naive, worker: NaiveHold, { weight }: NaiveItem): boolean {
  const { names, session, seq, id, isLeaving, revoking, capacity = NEVER } = worker
  const isAsked = revoking !== undefined || naive.sessions.find(({ id }) => id === session)?.revokeAt !== undefined
  if (isLeaving || isAsked) return false
  const ofPool = naive.items.filter(({ pool }) => pool === names[0])
  // What is on its way to it, too.
  const its = ofPool.filter(({ owner, target }) => owner?.key === `${session}/${seq}` || target === id)
  return its.reduce((sum, each) => sum + each.weight, weight) <= capacity
}

/** Applications that are dead, or stand still. */
class Gone {
  readonly #lifeOf: Map<string, string> = new Map()
  /** The last session of each: a death proves nothing of one that was left behind before. */
  readonly #lastOf: Map<string, string> = new Map()
  /** Since when, up to when, and whether that is proven. */
  readonly #gone: Map<string, { readonly from: number; readonly to: number; readonly isProven: boolean }[]> = new Map()
  readonly #fromUs: number

  constructor(lines: readonly Line[], fromUs: number) {
    this.#fromUs = fromUs
    const proven = provenDeadOf(lines)
    for (const line of lines) {
      if (line.k === "inv" && line.a.app !== undefined && line.a.s !== undefined) {
        this.#lifeOf.set(line.a.s, line.a.app)
        this.#lastOf.set(line.a.app, line.a.s)
      }
      if (line.k !== "fault" || !("procs" in line.spec)) continue
      for (const life of line.spec["procs"] as readonly string[]) this.#note(life, line, proven.has(life))
    }
  }

  stillOwning({ t }: LogLine, naive: Naive): readonly Finding[] {
    return naive.items.flatMap(({ pool, item, owner }) => {
      const session = naive.sessions.find(({ id }) => id === owner?.session)
      const life = this.#lifeOf.get(session?.id ?? "") ?? ""
      const gone = this.#gone.get(life)?.find(({ from, to }) => from <= t && t < to)
      if (gone === undefined || session === undefined) return []
      // Whose agent has gone through anything since is not known to be dead any more: its time to live decides.
      const isProven = gone.isProven && gone.from >= this.#fromUs && this.#lastOf.get(life) === session.id
      const limitUs = isProven ? COMMIT_US : session.ttl * 1000 * (1 + DRIFT) + SLACK_US + COMMIT_US
      const since = Math.max(gone.from, this.#fromUs)
      if (t - since <= limitUs) return []
      const message = `item/${pool}/${item}: ${life}, gone since ${gone.from}, still has it (token ${owner?.token})`
      return [{ rule: "the-gone-have-nothing", t, message }]
    })
  }

  #note(life: string, { t, f, phase }: Extract<Line, { k: "fault" }>, isProven: boolean): void {
    const known = this.#gone.get(life) ?? []
    this.#gone.set(life, known)
    const open = known.at(-1)
    if (f === "kill-client" && phase === "start") known.push({ from: t, to: NEVER, isProven })
    if (f === "pause" && phase === "start") known.push({ from: t, to: NEVER, isProven: false })
    if (f === "pause" && phase === "end" && open !== undefined) known[known.length - 1] = { ...open, to: t }
  }
}
