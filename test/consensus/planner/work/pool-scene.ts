import type { SessionId, Token } from "@conclave/consensus"
import type { Move } from "@conclave/consensus/machine/work/commands"
import { rankOf } from "@conclave/consensus/planner/work/crew"
import type {
  AssignedItem,
  FreeItem,
  MovableItem,
  Steps,
  Stock,
  WorkerView,
  WorkInput,
} from "@conclave/consensus/planner/work/types"
import { planWork } from "@conclave/consensus/planner/work/work"
import { sessionId } from "../../machine/stage.ts"

export interface Worker {
  readonly id: string
  capacity?: number | undefined
  place?: string
  isLeaving?: boolean
}

export interface Unit {
  readonly item: string
  weight: number
  pin?: string | undefined
  /** Its worker. */
  at?: string | undefined
  token?: number
  target?: string | undefined
  isOnly?: boolean
  isRevoking?: boolean
  isSuspect?: boolean
}

/** A pool that can be planned and changed, without a state machine behind it. */
export class PoolScene {
  workers: Worker[]
  units: Unit[]
  isBraked = false
  spread: WorkInput["spread"] = "none"
  #token = 0

  constructor(workers: readonly (Worker | string)[], units: readonly Unit[]) {
    this.workers = workers.map((each) => (typeof each === "string" ? { id: each } : each))
    this.units = units.map((each) => ({ ...each }))
    for (const each of this.units) if (each.at !== undefined) each.token = ++this.#token
  }

  input(): WorkInput {
    const workers = this.workers.map((each) => this.#view(each))
    return {
      items: this.units.length,
      workers,
      free: this.units.flatMap((each, order) => (each.at === undefined ? [freeOf(each, order)] : [])),
      isAll: true,
      misplaced: this.units.filter(({ pin, at, isRevoking }) => pin && at && pin !== at && !isRevoking).map(assignedOf),
      underWay: this.units.filter(({ isRevoking }) => isRevoking).length,
      isBraked: this.isBraked,
      spread: this.spread,
      stockOf: ({ id }) => stockOf(this.units.filter(({ at, isRevoking }) => at === id && isRevoking !== true)),
    }
  }

  plan(): readonly Move[] {
    return planWork(this.input())
  }

  /** As the state machine would; items that are asked back are handed back at once. */
  make(moves: readonly Move[]): void {
    for (const { item, to, token } of moves) {
      const unit = this.unit(item)
      const worker = this.idOf(to?.session)
      if (token !== undefined) {
        if (unit.token !== token) throw new Error(`${item} is asked back under another token`)
        unit.at = undefined
        unit.target = worker
      }
      if (worker === undefined) continue
      unit.at = worker
      unit.token = ++this.#token
      unit.target = undefined
    }
  }

  unit(item: string): Unit {
    const found = this.units.find((each) => each.item === item)
    if (found === undefined) throw new Error(`no ${item}`)
    return found
  }

  idOf(session: SessionId | undefined): string | undefined {
    return this.workers.find((_, at) => sessionId(at + 1) === session)?.id
  }

  loadOf(id: string): number {
    return this.units.filter(({ at }) => at === id).reduce((sum, { weight }) => sum + weight, 0)
  }

  loads(): readonly number[] {
    return this.workers.map(({ id }) => this.loadOf(id))
  }

  #view({ id, capacity, place = "", isLeaving = false }: Worker): WorkerView {
    const own = this.units.filter(({ at }) => at === id)
    const sum = (units: readonly Unit[]): number => units.reduce((all, { weight }) => all + weight, 0)
    return {
      ...{ id, capacity, place, isLeaving, seq: 1, rank: rankOf("p", id) },
      session: sessionId(this.workers.findIndex((each) => each.id === id) + 1),
      used: sum(own),
      hasSuspect: own.some(({ isSuspect = false }) => isSuspect),
      outgoing: sum(own.filter(({ isRevoking }) => isRevoking)),
      incoming: sum(
        this.units.filter(({ target, at, isRevoking }) => target === id && (at === undefined || isRevoking)),
      ),
    }
  }
}

/** What comes of it when all of it is done at once. */
export function doneWith<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { value, done } = steps.next()
    if (done === true) return value
  }
}

export function units(count: number, fields: Partial<Unit> = {}): Unit[] {
  return Array.from({ length: count }, (_, at) => ({ item: String(at), weight: 1, ...fields }))
}

function freeOf({ item, weight, target, pin, isOnly, isSuspect = false }: Unit, order: number): FreeItem {
  return { item, order, weight, target, only: pin ?? (isOnly === true ? target : undefined), isSuspect }
}

function assignedOf({ item, weight, token, pin }: Unit): AssignedItem {
  return { item, weight, token: token as Token, pin }
}

/** Of those that may go elsewhere, in the order of their tokens. */
function stockOf(all: readonly Unit[]): Stock {
  const stock = new Map<number, { readonly items: MovableItem[] }>()
  for (const { item, weight, pin, token } of [...all].sort((a, b) => (a.token ?? 0) - (b.token ?? 0))) {
    if (pin !== undefined) continue
    const owner = { session: sessionId(1), seq: 1, id: "", token: token as Token }
    const list = stock.get(weight) ?? { items: [] }
    stock.set(weight, list)
    list.items.push({ item, owner })
  }
  return stock
}
