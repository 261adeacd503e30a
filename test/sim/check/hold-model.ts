import type { Share } from "./holds-of.ts"
import type { Model } from "./search.ts"

export interface HeldBy {
  readonly token: number
  readonly isShared: boolean
  /** Of a permit: what it takes, of what there is. */
  readonly share: Share | undefined
  readonly value: string | undefined
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
  | { readonly kind: "update"; readonly token: number; readonly value: string | undefined }
  | {
      readonly kind: "read"
      readonly holders: readonly { readonly token: number; readonly value: string | undefined }[]
    }

export const NAME_MODEL: Model<NameState, NameOp> = {
  initial: { token: 0, holders: [] },
  step,
  keyOf: ({ token, holders }) => `${token}|${holders.map((each) => `${each.token}=${each.value ?? ""}`).join(",")}`,
  isRead: ({ kind }) => kind === "read",
}

function step(state: NameState, op: NameOp): NameState | undefined {
  const { token, holders } = state
  switch (op.kind) {
    case "grant": {
      if (!isFree(holders, op.held) || op.held.token <= token) return undefined
      return { token: op.held.token, holders: [...holders, op.held] }
    }
    case "end": {
      const left = holders.filter((each) => each.token !== op.token)
      return left.length === holders.length ? undefined : { token, holders: left }
    }
    case "update": {
      const held = holders.find((each) => each.token === op.token)
      if (held === undefined) return undefined
      return { token, holders: holders.map((each) => (each === held ? { ...held, value: op.value } : each)) }
    }
    case "read": {
      const isSame = op.holders.length === holders.length && holders.every((each, at) => isShown(each, op.holders[at]))
      return isSame ? state : undefined
    }
  }
}

function isFree(holders: readonly HeldBy[], { isShared, share }: HeldBy): boolean {
  if (share === undefined) return holders.every((each) => each.isShared && isShared)
  return holders.reduce((sum, each) => sum + (each.share?.weight ?? 0), share.weight) <= share.limit
}

function isShown(
  held: HeldBy,
  shown: { readonly token: number; readonly value: string | undefined } | undefined,
): boolean {
  return held.token === shown?.token && held.value === shown.value
}
