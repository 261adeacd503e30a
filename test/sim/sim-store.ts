import type { Millis } from "@conclave/base"
import type { LogStore } from "conclave/log-store"
import type { StoreReply, StoreRequest } from "conclave/wal/requests"
import { RETRY_MS, Store } from "conclave/wal/store"
import { StoreClient } from "conclave/wal/store-client"
import type { Machine } from "./machine.ts"
import type { SimProcess } from "./process.ts"
import type { World } from "./world.ts"

/** Small ones: each write of a simulated file copies it, and logs here are short. */
const SIZES = { leastBytes: 32 * 1024, mostBytes: 256 * 1024 }
/** On its way from one thread to the other. */
const POST_US = 20

/** Sees what a log's thread is asked and says, at the moments in which it is. */
export interface StoreTap {
  readonly asked: (machine: Machine, request: StoreRequest) => void
  readonly said: (machine: Machine, reply: StoreReply) => void
}

/** The log's thread of one process, in virtual time: the product's store over a simulated directory. */
export function simStore(world: World, process: SimProcess, machine: Machine, tap: StoreTap): LogStore {
  const { files, disk } = machine
  const store = new Store(files, SIZES)
  let deliver: (reply: StoreReply) => void = () => {}
  let isDue = false
  let lacksRoom = false
  let isRetrying = false
  const due = (us: number): void => {
    if (isDue) return
    isDue = true
    world.after(us, work)
  }
  const work = (): void => {
    isDue = false
    // A process that is gone takes its threads along; a stopped one stops them, too.
    if (process.over) return
    if (process.frozen) return due(disk.delayUs)
    const replies = store.work()
    const ended = files.takeKilled()
    if (ended !== undefined) return ended()
    for (const reply of replies) {
      tap.said(machine, reply)
      process.task(() => deliver(reply))
      if (reply.kind === "room") hear(reply.room !== "ok")
    }
    if (store.hasWork) due(disk.delayUs)
  }
  const again = (): void => {
    isRetrying = lacksRoom && !process.over
    if (!isRetrying) return
    store.take({ kind: "retry" })
    due(disk.delayUs)
    world.after(RETRY_MS * 1000, again)
  }
  const hear = (lacks: boolean): void => {
    lacksRoom = lacks
    if (!lacks || isRetrying) return
    isRetrying = true
    world.after(RETRY_MS * 1000, again)
  }
  const courier = {
    post: (request: StoreRequest) => {
      tap.asked(machine, request)
      store.take(request)
      due(POST_US + disk.delayUs)
    },
    onReply: (handler: (reply: StoreReply) => void) => {
      deliver = handler
    },
  }
  return new StoreClient(courier, () => process.nowMs as Millis)
}
