import type { Share } from "./holds-of.ts"
import type { Model } from "./search.ts"

export interface HeldBy {
  readonly token: number
  readonly isShared: boolean
  /** Of a permit: what it takes, of what there is. */
  readonly share: Share | undefined
  readonly value: string | undefined
  /** Of a member; nobody else is there by its id. */
  readonly id: string | undefined
  readonly ready: boolean | undefined
}

export interface NameState {
  /** The highest token so far. */
  readonly token: number
  /** By token. */
  readonly holders: readonly HeldBy[]
}

/** What can happen to one name: a lock, or an election, which is a lock with a value. */
export type NameOp =
  | { readonly kind: "grant"; readonly held: HeldBy }
  | { readonly kind: "end"; readonly token: number }
  | { readonly kind: "update"; readonly token: number; readonly value: string | undefined; readonly ready?: boolean }
  | { readonly kind: "read"; readonly holders: readonly Seen[] }
  /** Something that is done only while a token holds was done, or was not since it did not. */
  | { readonly kind: "guard"; readonly token: number; readonly isHeld: boolean }

type Seen = Pick<HeldBy, "token" | "value" | "id" | "ready">

export const NAME_MODEL: Model<NameState, NameOp> = {
  initial: { token: 0, holders: [] },
  step,
  keyOf: ({ token, holders }) => `${token}|${holders.map(textOf).join(",")}`,
  isRead: ({ kind }) => kind === "read" || kind === "guard",
}

function step(state: NameState, op: NameOp): NameState | undefined {
  const { token, holders } = state
  switch (op.kind) {
    case "grant": {
      if (!isFree(holders, op.held) || op.held.token <= token) return undefined
      const { id } = op.held
      return {
        token: op.held.token,
        holders: [...holders.filter((each) => id === undefined || each.id !== id), op.held],
      }
    }
    case "end": {
      const left = holders.filter((each) => each.token !== op.token)
      return left.length === holders.length ? undefined : { token, holders: left }
    }
    case "update": {
      const held = holders.find((each) => each.token === op.token)
      if (held === undefined) return undefined
      const { value, ready = held.ready } = op
      return { token, holders: holders.map((each) => (each === held ? { ...held, value, ready } : each)) }
    }
    case "read": {
      const isSame = op.holders.length === holders.length && holders.every((each, at) => isShown(each, op.holders[at]))
      return isSame ? state : undefined
    }
    case "guard":
      return holders.some((each) => each.token === op.token) === op.isHeld ? state : undefined
  }
}

function textOf({ token, value = "", ready }: HeldBy): string {
  return `${token}=${value}${ready === false ? "!" : ""}`
}

function isFree(holders: readonly HeldBy[], { isShared, share }: HeldBy): boolean {
  if (share === undefined) return holders.every((each) => each.isShared && isShared)
  return holders.reduce((sum, each) => sum + (each.share?.weight ?? 0), share.weight) <= share.limit
}

/** Whoever names no id is given one. */
function isShown(held: HeldBy, shown: Seen | undefined): boolean {
  const isSame = held.token === shown?.token && held.value === shown.value && held.ready === shown.ready
  return isSame && (held.id === undefined || held.id === shown?.id)
}
