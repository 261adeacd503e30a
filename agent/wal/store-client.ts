import { assert, type Millis, type NodeId } from "@conclave/base"
import type { SnapshotMeta, Write } from "@conclave/consensus"
import type {
  LogStore,
  LogStoreEvents,
  Mint,
  Opened,
  Room,
  SnapshotChunk,
  SnapshotReader,
  SnapshotWriter,
  StoreResult,
} from "../log-store.ts"
import { encodeWrite } from "./records.ts"
import type { StoreReply, StoreRequest } from "./requests.ts"

/** The way to a store and back, in order; a reply never comes from within `post`. */
export interface Courier {
  readonly post: (request: StoreRequest) => void
  readonly onReply: (handler: (reply: StoreReply) => void) => void
}

type Callback = { readonly kind: "opened"; readonly done: (opened: Opened) => void } | ResultCallback | ChunkCallback
type ResultCallback = { readonly kind: "result"; readonly done: (result: StoreResult) => void }
type ChunkCallback = { readonly kind: "chunk"; readonly done: (chunk: SnapshotChunk) => void }

interface Waiting {
  readonly write: number
  readonly since: Millis
}

/** This side of the way: joins answers to calls. See `LogStore` for what it promises. */
export class StoreClient implements LogStore {
  readonly #courier: Courier
  readonly #now: () => Millis
  #events: LogStoreEvents | undefined
  readonly #callbacks: Map<number, Callback> = new Map()
  #calls = 0
  #waiting: Waiting[] = []
  #room: Room = "ok"
  /** Failed, closed or being retired: what is still said of its writes concerns nobody. */
  #isOver = false

  constructor(courier: Courier, now: () => Millis) {
    this.#courier = courier
    this.#now = now
    courier.onReply((reply) => this.#take(reply))
  }

  get room(): Room {
    return this.#room
  }

  get waitingSince(): Millis | undefined {
    return this.#waiting[0]?.since
  }

  open(owner: NodeId, events: LogStoreEvents, done: (opened: Opened) => void): void {
    assert(this.#events === undefined || this.#isOver, "a store that is open is not opened")
    this.#events = events
    this.#isOver = false
    this.#courier.post({ kind: "open", call: this.#await({ kind: "opened", done }), owner })
  }

  create(mint: Mint, done: (result: StoreResult) => void): void {
    this.#isOver = false
    this.#courier.post({ kind: "create", call: this.#await({ kind: "result", done }), mint })
  }

  persist(write: Write): void {
    if (this.#isOver) return
    const { entries, truncateFrom, snapshot, hardState, epoch } = write
    const end = entries.at(-1) ?? snapshot
    const cut = truncateFrom === undefined ? undefined : { index: truncateFrom - 1, term: 0 }
    const last = end === undefined ? cut : { index: end.index, term: end.term }
    this.#waiting.push({ write: write.write, since: this.#now() })
    // A buffer of its own: what a thread is sent is copied whole, and so would be a buffer that the entries are views
    // of.
    const records = encodeWrite(write)
    this.#courier.post({ kind: "persist", write: write.write, epoch, records, last, hardState, snapshot })
  }

  compact(meta: SnapshotMeta): void {
    this.#courier.post({ kind: "compact", meta })
  }

  writeSnapshot(meta: SnapshotMeta): SnapshotWriter {
    const snapshot = ++this.#calls
    const post = (request: StoreRequest): void => this.#courier.post(request)
    const call = (done: (result: StoreResult) => void): number => this.#await({ kind: "result", done })
    post({ kind: "beginSnapshot", snapshot, meta })
    return {
      append: (chunk, taken) =>
        post({ kind: "appendSnapshot", call: call(taken), snapshot, chunk: new Uint8Array(chunk) }),
      finish: (done) => post({ kind: "finishSnapshot", call: call(done), snapshot }),
      abort: () => post({ kind: "abortSnapshot", snapshot }),
    }
  }

  readSnapshot(meta: SnapshotMeta): SnapshotReader {
    const reading = ++this.#calls
    const post = (request: StoreRequest): void => this.#courier.post(request)
    post({ kind: "beginReading", reading, meta })
    return {
      next: (done) => post({ kind: "readSnapshot", call: this.#await({ kind: "chunk", done }), reading }),
      close: () => post({ kind: "endReading", reading }),
    }
  }

  retire(done: (result: StoreResult) => void): void {
    this.#end()
    this.#courier.post({ kind: "retire", call: this.#await({ kind: "result", done }) })
  }

  discardRetired(done: (result: StoreResult) => void): void {
    this.#courier.post({ kind: "discardRetired", call: this.#await({ kind: "result", done }) })
  }

  close(done: () => void): void {
    this.#courier.post({ kind: "close", call: this.#await({ kind: "result", done }) })
  }

  #await(callback: Callback): number {
    this.#callbacks.set(++this.#calls, callback)
    return this.#calls
  }

  #take(reply: StoreReply): void {
    switch (reply.kind) {
      case "persisted":
        if (this.#isOver) return
        this.#waiting = this.#waiting.filter(({ write }) => write > reply.write)
        return this.#events?.persisted(reply.write, reply.epoch)
      case "failed":
        if (this.#isOver) return
        this.#end()
        return this.#events?.failed(reply.message)
      case "room":
        this.#room = reply.room
        return this.#events?.roomChanged(reply.room)
      case "opened":
        this.#isOver = reply.opened.kind === "closed"
        return this.#callback(reply.call, "opened")?.done(reply.opened)
      case "result":
        return this.#callback(reply.call, "result")?.done(reply.result)
      case "chunk":
        return this.#callback(reply.call, "chunk")?.done(reply.chunk)
    }
  }

  #callback<Kind extends Callback["kind"]>(call: number, kind: Kind): Extract<Callback, { kind: Kind }> | undefined {
    const found = this.#callbacks.get(call)
    this.#callbacks.delete(call)
    assert(found === undefined || found.kind === kind, "an answer is of the kind that was asked for")
    return found as Extract<Callback, { kind: Kind }> | undefined
  }

  #end(): void {
    this.#isOver = true
    this.#waiting = []
  }
}
