import type { Command, CommandResult, HoldKind, Item, Machine, Name, Pool, RestoreId } from "@conclave/consensus"
import { Naive } from "../check/naive.ts"
import { backupOf } from "../check/naive-restore.ts"
import type { NaiveBackup, NaiveOwner, NaivePast } from "../check/naive-types.ts"

/** So many entries between two looks at all that both know; answers are compared at each. */
const LOOK_ENTRIES = 32
/** Past grants that the machine keeps of a name. */
const PAST_MAX = 32

interface Answer {
  readonly result: CommandResult | undefined
  readonly isRepeat: boolean
}

/** The naive model of the state machine, given the same entries: its answers and its state must be the machine's. */
export class NaiveShadow {
  readonly #naive: Naive = new Naive()
  /** By the entry behind which it could have been saved; only where restores are known of. */
  readonly #past: Map<number, NaiveBackup> = new Map()
  readonly #savedAt: ReadonlyMap<RestoreId, number> | undefined
  #entries = 0

  /** `savedAt`: behind which entry the state was saved that a restore brings back; undefined = there is none. */
  constructor(savedAt: ReadonlyMap<RestoreId, number> | undefined) {
    this.#savedAt = savedAt
  }

  /** After a restore nobody is granted anything for a while. */
  get isQuiet(): boolean {
    return this.#naive.quietUntil > this.#naive.time
  }

  /** What the machine, which has just applied it, says otherwise. */
  apply(
    stampMs: number,
    command: Command | undefined,
    { result, isRepeat }: Answer,
    machine: Machine,
  ): string | undefined {
    const naive = this.#naive
    if (command?.kind === "restore") this.#bring(command.restore)
    const wanted = naive.apply(stampMs, command ?? { kind: "tick" })
    if (this.#savedAt !== undefined) this.#past.set(this.#entries + 1, backupOf(naive))
    const counts = { timeMs: machine.timeMs, rev: machine.rev, token: machine.lastToken }
    const answer = command === undefined ? {} : { result, isRepeat }
    const brief = difference(
      { ...counts, ...answer },
      { timeMs: naive.time, rev: naive.rev, token: naive.token, ...(command === undefined ? {} : wanted) },
    )
    this.#entries++
    if (brief !== undefined || this.#entries % LOOK_ENTRIES > 0) return brief
    return differenceOfStates(machine, naive)
  }

  #bring(restore: RestoreId): void {
    const saved = this.#past.get(this.#savedAt?.get(restore) ?? 0)
    if (saved !== undefined) this.#naive.backups[restore] = saved
  }
}

const HAS_LIMIT: ReadonlySet<HoldKind> = new Set(["semaphore", "barrier"])

export function differenceOfStates(machine: Machine, naive: Naive): string | undefined {
  const keys = new Set(Object.keys(naive.history))
  for (const { kind, names } of naive.holds) for (const name of names) keys.add(`${kind}/${name}`)
  const names = [...keys].sort()
  return difference(told(machine, names), expected(naive, names))
}

/** Where the words of both part, with what stands before it. */
export function difference(found: unknown, wanted: unknown): string | undefined {
  if (JSON.stringify(found) === JSON.stringify(wanted)) return undefined
  const [a, b] = [JSON.stringify(found, undefined, 1), JSON.stringify(wanted, undefined, 1)]
  const [left, right] = [a.split("\n"), b.split("\n")]
  const at = left.findIndex((line, index) => line !== right[index])
  return `machine: ${left.slice(Math.max(0, at - 8), at + 3).join(" ")}\nnaive: ${right.slice(Math.max(0, at - 8), at + 3).join(" ")}`
}

/** What both know, in the same words. */
function told(machine: Machine, keys: readonly string[]): unknown {
  const sessions = [...machine.sessions()].map((session) => {
    const { id, host, boot, attachment, detachedUntilMs } = session
    return { id, host, boot, attachment, detachedUntilMs, expiryMs: machine.expiresAtMs(session) }
  })
  const queues = forEach(keys, (kind, name) => {
    const { name: known, holders, waiters } = machine.name(kind, name)
    const brief = (hold: (typeof holders)[number]): unknown => {
      const { session, seq, token, note, value, revoking, id, ready } = hold
      return { session, seq, token, note, value, revoking, id, ready }
    }
    const past = (known?.history ?? []).map(
      ({ token, sinceMs, untilMs, reason }) => `${token} ${sinceMs}-${untilMs} ${reason}`,
    )
    const quietMs = waiters.length > 0 ? Math.max(0, (known?.quietUntilMs ?? 0) - machine.timeMs) : 0
    const limit = HAS_LIMIT.has(kind) ? (known?.limit ?? 0) : 0
    const of = known === undefined || past.length === 0 ? null : figuresOf(known.figures)
    return { holders: holders.map(brief), waiters: waiters.map(brief), limit, past, of, quietMs }
  })
  const entries = [...machine.entries("")]
  const counts = { timeMs: machine.timeMs, rev: machine.rev, token: machine.lastToken }
  return { ...counts, sessions: sessions.sort(byId), queues, entries, work: workOf(machine) }
}

function workOf(machine: Machine): unknown {
  const pools = [...machine.pools()].sort().map((name) => machine.pool(name))
  return pools.map((view) => {
    const items = [...(view?.book?.items.values() ?? [])].sort((a, b) => a.order - b.order)
    return { ...brief(view?.pool), items: items.map((item) => ({ ...briefItem(item), ...holderOf(item) })) }
  })
}

function naiveWorkOf({ pools, items }: Naive): unknown {
  return [...pools]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((pool) => {
      const own = items.filter((each) => each.pool === pool.name).sort((a, b) => a.order - b.order)
      return {
        ...brief(pool),
        items: own.map((item) => {
          const { keptUntil: keptUntilMs, since: sinceMs, owner } = item
          return { ...briefItem({ ...item, keptUntilMs, sinceMs }), ...(owner === undefined ? {} : ownerOf(owner)) }
        }),
      }
    })
}

function brief(pool: Pick<Pool, "name" | "config" | "configuredAt" | "brake"> | undefined): object {
  const { name, configuredAt, brake } = pool ?? {}
  return {
    name,
    ...ordered({ ...pool?.config }),
    configuredAt,
    brake: brake === undefined ? null : ordered({ ...brake }),
  }
}

function briefItem(item: Omit<Item, "decisions" | "owner">): object {
  const { item: name, order, payload, weight, pin, state, target, keptUntilMs, attempt, losses, sinceMs } = item
  const { by, reason, untilMs } = item.revoking ?? {}
  return {
    name,
    order,
    payload,
    weight,
    pin,
    state,
    target,
    keptUntilMs,
    attempt,
    losses,
    checkpoint: item.checkpoint,
    sinceMs,
    by,
    reason,
    untilMs,
  }
}

function holderOf({ owner }: Item): object {
  return owner === undefined ? {} : ownerOf({ ...owner, key: `${owner.session}/${owner.seq}` })
}

function ownerOf({
  key,
  id,
  token,
  note,
}: Pick<NaiveOwner, "key" | "id" | "token"> & { readonly note?: string | undefined }): object {
  return { key, id, token, note }
}

function ordered(fields: object): object {
  return Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function expected(naive: Naive, keys: readonly string[]): unknown {
  const sessions = naive.sessions.map((session) => {
    const { id, host, boot, attachment, detachedUntil: detachedUntilMs } = session
    return { id, host, boot, attachment, detachedUntilMs, expiryMs: naive.expiry(session) }
  })
  const queues = forEach(keys, (kind, name) => {
    const brief = (hold: Naive["holds"][number]): unknown => {
      const { session, seq, token, note, value, revoking, id, ready } = hold
      return { session, seq, token, note, value, revoking, id, ready }
    }
    const past = (naive.history[`${kind}/${name}`] ?? [])
      .slice(-PAST_MAX)
      .map(({ token, since, until, how }) => `${token} ${since}-${until} ${how}`)
    const waiters = naive.waiting(kind, name)
    const quietUntil = Math.max(naive.quiet[`${kind}/${name}`] ?? 0, naive.quietUntil)
    const quietMs = waiters.length > 0 ? Math.max(0, quietUntil - naive.time) : 0
    const limit = naive.limits[`${kind}/${name}`] ?? 0
    const of = past.length === 0 ? null : sums(naive.history[`${kind}/${name}`] ?? [])
    return { holders: naive.granted(kind, name).map(brief), waiters: waiters.map(brief), limit, past, of, quietMs }
  })
  const entries = [...naive.entries].sort((a, b) => (a.key < b.key ? -1 : 1))
  const counts = { timeMs: naive.time, rev: naive.rev, token: naive.token }
  return { ...counts, sessions: sessions.sort(byId), queues, entries, work: naiveWorkOf(naive) }
}

function figuresOf({ grants, lost, asked, held, waited, letGo, queue }: Name["figures"]): unknown {
  const pair = ({ sum, max }: { readonly sum: number; readonly max: number }): string => `${sum} ${max}`
  return [grants, lost, asked, pair(held), pair(waited), pair(letGo), pair(queue)]
}

/** Of all that is known of the past, from its beginning. */
function sums(all: readonly NaivePast[]): unknown {
  const pair = (values: readonly number[]): string =>
    `${values.reduce((sum, value) => sum + value, 0)} ${Math.max(0, ...values)}`
  const asked = all.flatMap(({ letGo }) => (letGo === undefined ? [] : [letGo]))
  const lost = all.filter(({ how }) => how !== "released" && how !== "closed" && how !== "transferred")
  return [
    ...[all.length, lost.length, asked.length, pair(all.map(({ held }) => held))],
    ...[pair(all.map(({ waited }) => waited)), pair(asked), pair(all.map(({ waiters }) => waiters))],
  ]
}

function forEach(keys: readonly string[], look: (kind: HoldKind, name: string) => unknown): unknown {
  return keys.map((key) => {
    const slash = key.indexOf("/")
    return { key, ...(look(key.slice(0, slash) as HoldKind, key.slice(slash + 1)) as object) }
  })
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1
}
