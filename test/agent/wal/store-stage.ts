import { equal, ok } from "node:assert/strict"
import { millis, type NodeId, type Random } from "@conclave/base"
import type { ClusterId, ReplicaId, SnapshotMeta, Write } from "@conclave/consensus"
import { SimFiles } from "@conclave/sim/sim-files"
import type { LogStore, Mint, Opened, SnapshotChunk, StoreResult } from "conclave/log-store"
import type { StoreReply } from "conclave/wal/requests"
import type { SegmentSizes } from "conclave/wal/segment-sizes"
import { Store } from "conclave/wal/store"
import { StoreClient } from "conclave/wal/store-client"
import { applied, EMPTY_MODEL, isSame, type LogModel, metaOf, randomWrite, termAt } from "./store-model.ts"

export const OWNER = "aaaaaaaaaaaaaaaaaaaaaaaaaa" as NodeId
export const SMALL: SegmentSizes = { leastBytes: 2048, mostBytes: 8192 }
export const MINT: Mint = {
  cluster: "c1" as ClusterId,
  replica: "r1" as ReplicaId,
  owner: OWNER,
  state: { hardState: EMPTY_MODEL.hardState, snapshot: metaOf(0, 0), entries: [] },
}

/** A store on a simulated disk, life after life, beside the plain truth about what it should hold. */
export class StoreStage {
  readonly files: SimFiles
  /** What the log should hold after each write of all lives; what a crash took is taken out. */
  models: LogModel[] = [EMPTY_MODEL]
  /** How many of them were reported as durable. */
  acked = 0
  /** Own snapshots that were reported as durable. */
  snapshot = 0
  failures: string[] = []
  client!: LogStore
  #store!: Store
  #deliver: (reply: StoreReply) => void = () => {}
  #lifeBegan = 0
  #epoch = 0
  #nowMs = 0
  readonly #sizes: SegmentSizes

  constructor(files: SimFiles, sizes: SegmentSizes = SMALL) {
    this.files = files
    this.#sizes = sizes
  }

  get model(): LogModel {
    return this.models.at(-1) as LogModel
  }

  get writes(): number {
    return this.models.length - 1
  }

  /** A process begins; undefined when a crash came first. */
  start(): Opened | undefined {
    this.#store = new Store(this.files, this.#sizes)
    const courier = {
      post: (request: Parameters<Store["take"]>[0]) => this.#store.take(request),
      onReply: (handler: (reply: StoreReply) => void) => {
        this.#deliver = handler
      },
    }
    this.client = new StoreClient(courier, () => millis(++this.#nowMs))
    this.#lifeBegan = this.writes
    let opened: Opened | undefined
    const events = {
      persisted: (write: number) => {
        equal(this.failures.length, 0, "nothing is acknowledged behind a failure")
        ok(this.#lifeBegan + write > this.acked, "acknowledgements rise")
        this.acked = this.#lifeBegan + write
      },
      failed: (message: string) => this.failures.push(message),
      roomChanged: () => {},
    }
    this.client.open(OWNER, events, (result) => {
      opened = result
    })
    this.drain()
    return opened
  }

  create(mint: Mint = MINT): StoreResult | undefined {
    return this.result((done) => this.client.create(mint, done))
  }

  /** What came of it once the store has nothing to do any more. */
  result(ask: (done: (result: StoreResult) => void) => void): StoreResult | undefined {
    let found: StoreResult | undefined
    ask((result) => {
      found = result
    })
    this.drain()
    return found
  }

  drain(): void {
    while (this.#store.hasWork) this.turn()
  }

  turn(): void {
    for (const reply of this.#store.work()) this.#deliver(reply)
  }

  ask(request: Parameters<Store["take"]>[0]): void {
    this.#store.take(request)
  }

  write(make: (number: number, epoch: number) => Write): void {
    const write = make(this.writes - this.#lifeBegan + 1, this.#epoch)
    this.#epoch = write.epoch
    this.models.push(applied(this.model, write))
    this.client.persist(write)
  }

  writeRandom(random: Random): void {
    this.write((number, epoch) => randomWrite(random, this.model, number, epoch))
  }

  /** Of the own state machine, or one that a leader sent. */
  takeSnapshot(meta: SnapshotMeta, chunks: readonly Uint8Array[]): boolean {
    const writer = this.client.writeSnapshot(meta)
    for (const chunk of chunks) writer.append(chunk, () => {})
    return this.result((done) => writer.finish(done))?.ok === true
  }

  takeOwnSnapshot(random: Random): void {
    const { hardState, base } = this.models[this.acked] as LogModel
    const index = base.index + random.below(hardState.commit - base.index + 1)
    if (index <= this.snapshot || index === 0) return
    const meta = metaOf(index, termAt(this.model, index) as number)
    if (!this.takeSnapshot(meta, [new Uint8Array(random.below(700) + 1).fill(random.below(256))])) return
    this.snapshot = index
    this.client.compact(meta)
  }

  takeForeignSnapshot(random: Random): void {
    const { hardState } = this.model
    if (hardState.term === 0) return
    const meta = metaOf(hardState.commit + 1 + random.below(9), hardState.term)
    if (!this.takeSnapshot(meta, [new Uint8Array(random.below(700) + 1)])) return
    this.write((write, epoch) => ({
      ...{ write, epoch: epoch + 1, entries: [], snapshot: meta },
      hardState: { ...hardState, commit: meta.index },
    }))
  }

  readSnapshot(meta: SnapshotMeta): readonly SnapshotChunk[] {
    const found: SnapshotChunk[] = []
    const reader = this.client.readSnapshot(meta)
    while (found.at(-1)?.kind === "chunk" || found.length === 0) {
      const before = found.length
      reader.next((chunk) => found.push(chunk))
      this.drain()
      if (found.length === before) break
    }
    reader.close()
    this.drain()
    return found
  }

  /**
   * The process is over. `opened` is what the next one found: one of the states that were handed over, none before the
   * last that was acknowledged. The truth goes on from there.
   */
  found(opened: Opened): void {
    if (opened.kind === "nothing") {
      equal(this.acked, 0, "what was acknowledged is there")
      this.models = [EMPTY_MODEL]
      return
    }
    ok(opened.kind === "open", `it opens: ${JSON.stringify(opened)}`)
    const { stored } = opened
    const at = this.models.findLastIndex((model) => isSame(stored, model))
    ok(at >= this.acked, `state ${at} of ${this.writes}, ${this.acked} were acknowledged`)
    ok(stored.snapshot.index >= this.snapshot, "a durable snapshot is there")
    this.models.length = at + 1
    this.acked = at
    this.#lifeBegan = at
    this.snapshot = Math.max(this.snapshot, stored.snapshot.index)
    this.failures = []
  }
}

/** A store that is open and empty. */
export function openStage(seed = 1, sizes: SegmentSizes = SMALL): StoreStage {
  const stage = new StoreStage(new SimFiles(seed), sizes)
  equal(stage.start()?.kind, "nothing")
  equal(stage.create()?.ok, true)
  return stage
}
