import type { Model } from "./search.ts"

/** One key: 0 and undefined = nothing is there. */
export interface EntryState {
  readonly modRev: number
  readonly value: string | undefined
}

/** What was asked of one key and what was told of it. `ifRev` undefined = whatever is there. */
export type EntryOp =
  | { readonly kind: "put"; readonly value: string; readonly modRev: number; readonly ifRev: number | undefined }
  /** `removed` undefined: nobody was told whether there was anything. */
  | { readonly kind: "delete"; readonly ifRev: number | undefined; readonly removed: boolean | undefined }
  | { readonly kind: "read"; readonly modRev: number; readonly value: string | undefined }
  /** A write that found another revision than it expected. */
  | { readonly kind: "conflict"; readonly ifRev: number; readonly current: number }

const NOTHING: EntryState = { modRev: 0, value: undefined }

/** Compare-and-set on one value, with revisions that grow. */
export const ENTRY_MODEL: Model<EntryState, EntryOp> = {
  initial: NOTHING,
  step,
  keyOf: ({ modRev }) => String(modRev),
  isRead: ({ kind }) => kind === "read" || kind === "conflict",
}

function step(state: EntryState, op: EntryOp): EntryState | undefined {
  switch (op.kind) {
    case "put":
      if (op.ifRev !== undefined && op.ifRev !== state.modRev) return undefined
      return op.modRev > state.modRev ? { modRev: op.modRev, value: op.value } : undefined
    case "delete":
      if (op.ifRev !== undefined && op.ifRev !== state.modRev) return undefined
      if (op.removed !== undefined && op.removed !== state.modRev > 0) return undefined
      return NOTHING
    case "read":
      return op.modRev === state.modRev && op.value === state.value ? state : undefined
    case "conflict":
      return op.current === state.modRev && op.ifRev !== state.modRev ? state : undefined
  }
}
