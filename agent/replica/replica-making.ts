import { assert, type NodeId } from "@conclave/base"
import type { StoredState } from "@conclave/consensus"
import type { LogStore, StoreResult } from "../log-store.ts"
import type { ReplicaFile } from "./replica-file.ts"

/** `isStale`: the next try has files to put aside. */
export type Made =
  | { readonly kind: "made" }
  | { readonly kind: "failed"; readonly message: string; readonly isStale: boolean }
  /** Nobody wants it any more. */
  | { readonly kind: "stopped" }

export interface MakingOptions {
  readonly store: LogStore
  readonly file: ReplicaFile
  readonly owner: NodeId
  readonly isWanted: () => boolean
}

/** Puts aside what was there, makes the files of the replica that `file` names, and remembers that they are there. */
export function makeReplica(
  { store, file, owner, isWanted }: MakingOptions,
  { state, isStale }: { readonly state: StoredState; readonly isStale: boolean },
  done: (made: Made) => void,
): void {
  const { cluster, replica, isFounding } = file.facts
  assert(cluster !== undefined, "a replica is made for a cluster")
  const orElse = (next: () => void) => (result: StoreResult) => {
    if (!isWanted()) return done({ kind: "stopped" })
    if (result.ok) next()
    else done({ kind: "failed", message: result.message, isStale })
  }
  const remember = (): void =>
    file.change({ isActive: true, isFounding: false }, (result) => {
      if (result.ok || !isWanted()) return orElse(() => done({ kind: "made" }))(result)
      file.change({ isActive: false, isFounding })
      // It has said nothing to anybody: the next try puts it aside and makes it anew.
      done({ kind: "failed", message: result.message, isStale: true })
    })
  const create = (): void => store.create({ cluster, replica, owner, state }, orElse(remember))
  if (isStale) store.retire(orElse(create))
  else create()
}
