import type { LogStore } from "conclave/log-store"

/** The store of a host without a replica, where none can be made. */
export function idleStore(): LogStore {
  const refuse = (done: (result: { readonly ok: false; readonly message: string }) => void): void =>
    done({ ok: false, message: "there is no disk here" })
  const unasked = (): never => {
    throw new Error("nothing is asked of a store without a replica")
  }
  return {
    open: (_owner, _events, done) => done({ kind: "nothing" }),
    create: (_mint, done) => refuse(done),
    persist: unasked,
    compact: unasked,
    writeSnapshot: unasked,
    readSnapshot: unasked,
    retire: refuse,
    discardRetired: refuse,
    close: (done) => done(),
    room: "ok",
    waitingSince: undefined,
  }
}
