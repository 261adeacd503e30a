import type { Millis } from "@conclave/base"
import type { LogStore } from "conclave/log-store"
import type { StoreReply, StoreRequest } from "conclave/wal/requests"
import { Store } from "conclave/wal/store"
import { StoreClient } from "conclave/wal/store-client"
import type { SimProcess } from "./process.ts"
import type { SimFiles } from "./sim-files.ts"
import type { World } from "./world.ts"

/** Small ones: each write of a simulated file copies it, and logs here are short. */
const SIZES = { leastBytes: 32 * 1024, mostBytes: 256 * 1024 }
/** One piece of work, its sync included. */
const PIECE_US = 300
/** On its way from one thread to the other. */
const POST_US = 20

/** The log's thread of one process, in virtual time: the product's store over a simulated directory. */
export function simStore(world: World, process: SimProcess, files: SimFiles): LogStore {
  const store = new Store(files, SIZES)
  let deliver: (reply: StoreReply) => void = () => {}
  let isDue = false
  const due = (us: number): void => {
    if (isDue) return
    isDue = true
    world.after(us, work)
  }
  const work = (): void => {
    isDue = false
    // A process that is gone takes its threads along; a stopped one stops them, too.
    if (process.over) return
    if (process.frozen) return due(PIECE_US)
    for (const reply of store.work()) process.task(() => deliver(reply))
    if (store.hasWork) due(PIECE_US)
  }
  const courier = {
    post: (request: StoreRequest) => {
      store.take(request)
      due(POST_US + PIECE_US)
    },
    onReply: (handler: (reply: StoreReply) => void) => {
      deliver = handler
    },
  }
  return new StoreClient(courier, () => process.nowMs as Millis)
}
