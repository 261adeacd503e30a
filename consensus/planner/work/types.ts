import type { SessionId, Token } from "../../machine/types.ts"
import type { Item, Spread } from "../../machine/work/types.ts"

/** Between two of its steps others may have their turn. */
export type Steps<Result> = Generator<undefined, Result, undefined>

/** One worker of a pool as the state has it. */
export interface WorkerView {
  /** The id under which it joined: of one pool no two have the same. */
  readonly id: string
  readonly session: SessionId
  readonly seq: number
  /** Among equals the one with the smallest: another order in each pool, so that no worker is the first everywhere. */
  readonly rank: number
  /** Undefined = without limit. */
  readonly capacity: number | undefined
  /** Where it is, as `spread` has it: a host or a zone; all the same where nothing is spread. */
  readonly place: string
  /** It hands back what it has, and gets nothing. */
  readonly isLeaving: boolean
  /** What its items weigh, those among them that it is asked to hand back, and those that are on their way to it. */
  readonly used: number
  readonly outgoing: number
  readonly incoming: number
  /** It has an item that may be what kills workers, and gets no second such. */
  readonly hasSuspect: boolean
}

export interface FreeItem {
  readonly item: string
  readonly order: number
  readonly weight: number
  /** The id of the worker that it is on its way to: counted as such there. */
  readonly target: string | undefined
  /** The id of the only worker that may have it; undefined = any may. */
  readonly only: string | undefined
  /** It may be what kills its workers. */
  readonly isSuspect: boolean
}

export interface AssignedItem {
  readonly item: string
  readonly weight: number
  readonly token: Token
  /** The id of the only worker that may have it. */
  readonly pin: string | undefined
}

/** One of a worker's that may go elsewhere. */
export type MovableItem = Pick<Item, "item" | "owner">

/** By weight, each list in the order of tokens. */
export type Stock = ReadonlyMap<number, { readonly items: readonly MovableItem[] }>

export interface WorkInput {
  /** Those that are not failed. */
  readonly items: number
  readonly workers: readonly WorkerView[]
  /** Free ones, or the first of many: those that are somebody's already first. */
  readonly free: readonly FreeItem[]
  /** `free` are all that there are. */
  readonly isAll: boolean
  /** Assigned to another worker than the one that they are pinned to. */
  readonly misplaced: readonly AssignedItem[]
  /** Items that are asked back now. */
  readonly underWay: number
  /** Too many workers were lost at once: nothing is moved. */
  readonly isBraked: boolean
  readonly spread: Spread
  /** What a worker has that was not asked for and may go elsewhere: as it is when it is looked at. */
  readonly stockOf: (worker: WorkerView) => Stock
}
