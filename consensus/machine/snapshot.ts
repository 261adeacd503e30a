import type { State } from "./state.ts"
import type { TableCopy } from "./table.ts"
import { encodeRecord, type StateRecord } from "./wire-record.ts"

type Source = () => StateRecord | undefined

/**
 * A snapshot, record by record: first what is known once for all, then one entity each, last the number of records and
 * the state hash. It is the state of the moment it was made, whatever is applied while it is read: a table sets an
 * entity aside before its first change as long as the reader has not come to it. What the deadlines of an entity depend
 * on comes before it: hosts before sessions, holds before names, pools before items.
 */
export class SnapshotReader {
  /** The last entry in it. */
  readonly index: number
  readonly #sources: Source[]
  readonly #copies: readonly TableCopy<unknown>[]
  #records = 0

  constructor(state: State, index: number) {
    this.index = index
    const { hashText: hash } = state
    const meta = { ...state.meta }
    const [hosts, sessions, holds] = [state.hosts.copy(), state.sessions.copy(), state.holds.copy()]
    const [names, answers, ended] = [state.names.copy(), state.answers.copy(), state.ended.copy()]
    const [parts, entries] = [state.staged.copy(), state.entries.copy()]
    const [pools, tombstones, items] = [state.work.pools.copy(), state.work.tombstones.copy(), state.work.items.copy()]
    this.#copies = [hosts, sessions, holds, names, answers, ended, parts, entries, pools, tombstones, items]
    this.#sources = [
      single(() => ({ kind: "meta", meta })),
      each(hosts, (host) => ({ kind: "host", host })),
      each(sessions, (session) => ({ kind: "session", session })),
      each(holds, (hold) => ({ kind: "hold", hold })),
      each(names, (name) => ({ kind: "name", name })),
      each(answers, (list) => ({ kind: "answers", session: list.session, floor: list.floor, answers: [...list] })),
      each(ended, (gone) => ({ kind: "ended", ended: gone })),
      each(parts, (staged) => ({ kind: "staged", staged })),
      each(entries, (entry) => ({ kind: "entry", entry })),
      each(pools, (pool) => ({ kind: "pool", pool })),
      each(tombstones, (tombstone) => ({ kind: "tombstone", tombstone })),
      each(items, (item) => ({ kind: "item", item })),
      single(() => ({ kind: "total", records: this.#records, hash })),
    ]
  }

  /** The next record; undefined when there are no more. */
  next(): Uint8Array | undefined {
    for (let source = this.#sources[0]; source !== undefined; source = this.#sources[0]) {
      const record = source()
      if (record !== undefined) {
        this.#records++
        return encodeRecord(record)
      }
      this.#sources.shift()
    }
    this.close()
    return undefined
  }

  /** Read to its end or not: the state sets nothing aside any more. May be called again. */
  close(): void {
    this.#sources.length = 0
    for (const copy of this.#copies) copy.close()
  }
}

function single(record: () => StateRecord): Source {
  let isDone = false
  return () => {
    if (isDone) return undefined
    isDone = true
    return record()
  }
}

function each<Entity>(copy: TableCopy<Entity>, record: (entity: Entity) => StateRecord): Source {
  return () => {
    const entity = copy.next()
    return entity === undefined ? undefined : record(entity)
  }
}
