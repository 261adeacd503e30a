import type { MemberTable, Row } from "./member-table.ts"
import type { MemberRecord, Update } from "./types.ts"

export function aliveUpdate(record: MemberRecord): Update {
  return { kind: "alive", record }
}

/** What a row's state says to others; for a suspect row only the accusation. */
export function stateUpdate(table: MemberTable, row: Row, nowMs: number, prune = false): Update {
  const { state, generation, incarnation } = table.standing(row)
  const { id } = table.record(row)
  const accusers = table.accusers(row)
  switch (state) {
    case "alive":
      return aliveUpdate(table.record(row))
    case "suspect":
      return { kind: "suspect", id, generation, incarnation, accusers }
    case "dead":
    case "left":
      return {
        kind: state,
        id,
        generation,
        incarnation,
        accusers,
        ageMs: Math.max(0, Math.round(nowMs - table.since(row))),
        prune,
      }
  }
}

/** A row for a receiver that may not have it: a suspect is described before it is accused. */
export function rowUpdates(table: MemberTable, row: Row, nowMs: number): readonly Update[] {
  const update = stateUpdate(table, row, nowMs)
  return update.kind === "suspect" ? [aliveUpdate(table.record(row)), update] : [update]
}
