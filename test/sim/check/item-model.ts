import type { Model } from "./search.ts"

/** One item of a pool. */
export interface ItemState {
  readonly isThere: boolean
  /** The highest token under which it was assigned. */
  readonly token: number
  /** That of its present worker; 0 = nobody's. */
  readonly owner: number
  readonly checkpoint: string | undefined
}

/** What was asked of one item and what was told of it. */
export type ItemOp =
  | { readonly kind: "put" }
  /** `isRemoved` undefined: nobody was told whether there was any. */
  | { readonly kind: "remove"; readonly isRemoved: boolean | undefined }
  /** `checkpoint` null: nobody was told. */
  | { readonly kind: "assign"; readonly token: number; readonly checkpoint: string | undefined | null }
  /** It was taken away from its worker, or that has ended. */
  | { readonly kind: "end"; readonly token: number }
  /** `isOver`: the item is done with it. */
  | { readonly kind: "settle"; readonly token: number; readonly isOver: boolean }
  | { readonly kind: "save"; readonly token: number; readonly checkpoint: string }
  /** What came under a token that did not hold any more. */
  | { readonly kind: "refused"; readonly token: number }
  /** What was done only since the token held. */
  | { readonly kind: "guarded"; readonly token: number }
  | { readonly kind: "read"; readonly isThere: boolean; readonly token: number }

/**
 * Nobody loses an item but by a word of its worker or of an operator; one worker has it at a time, and its token
 * decides.
 */
export const ITEM_MODEL: Model<ItemState, ItemOp> = {
  initial: { isThere: false, token: 0, owner: 0, checkpoint: undefined },
  step,
  keyOf: ({ isThere, token, owner, checkpoint = "" }) => `${isThere} ${token} ${owner} ${checkpoint}`,
  isRead: ({ kind }) => kind === "read" || kind === "refused" || kind === "guarded",
}

function step(state: ItemState, op: ItemOp): ItemState | undefined {
  const { isThere, owner } = state
  switch (op.kind) {
    case "put":
      return isThere ? state : { ...state, isThere: true }
    case "remove":
      if (op.isRemoved !== undefined && op.isRemoved !== isThere) return undefined
      return gone(state)
    case "assign":
      if (!isThere || owner !== 0 || op.token <= state.token) return undefined
      if (op.checkpoint !== null && op.checkpoint !== state.checkpoint) return undefined
      return { ...state, token: op.token, owner: op.token }
    case "end":
      return owner === op.token ? { ...state, owner: 0 } : undefined
    case "settle":
      if (owner !== op.token) return undefined
      return op.isOver ? gone(state) : { ...state, owner: 0 }
    case "save":
      return owner === op.token ? { ...state, checkpoint: op.checkpoint } : undefined
    case "refused":
      return owner === op.token ? undefined : state
    case "guarded":
      return owner === op.token ? state : undefined
    case "read":
      return op.isThere === isThere && op.token === owner ? state : undefined
  }
}

function gone({ token }: ItemState): ItemState {
  return { isThere: false, token, owner: 0, checkpoint: undefined }
}
