import type { Addr, Millis } from "@conclave/base"
import type { ClusterId, ReplicaId, SnapshotMeta, Term } from "@conclave/consensus"
import { decodeSnapshotMeta, encodeSnapshotMeta } from "@conclave/consensus/wire-log"
import { type LogStore, SNAPSHOT_CHUNK_BYTES_MAX, type SnapshotReader, type SnapshotWriter } from "../log-store.ts"
import type { Alarm, Channel, ChannelEvent, Clock, Links } from "../ports.ts"
import { decodeFrame, encodeFrame, STREAM_VERSION, type StreamFrame } from "../streams/stream-frame.ts"
import type { Dialler, Inbound, StreamServer } from "../streams/stream-server.ts"
import { hostOf } from "../wal/replica-id.ts"
import type { Relation } from "./relation.ts"

/**
 * A snapshot on its way, on a channel of its own, so that heartbeats and votes never wait behind it. After the hello:
 * one chunk with term and meta, then the chunks as they are stored, each answered by `taken` when it is written, then
 * `end`, answered by `taken` when the whole is durable. Without progress for the limit both sides give up; the leader
 * begins anew.
 */
const PROGRESS_LIMIT_MS = 30_000
const TERM_BYTES = 8
/** Faster none is sent: disks and wires of both sides belong to the log and to heartbeats. 64 MiB take four seconds. */
export const BYTES_PER_SECOND: number = 16 * 1024 * 1024
/** Shorter rests are saved up. */
const REST_MS_MIN = 5

interface Sending {
  readonly clock: Clock
  readonly links: Pick<Links, "dial">
  readonly store: LogStore
  readonly cluster: ClusterId
  readonly self: ReplicaId
  readonly to: ReplicaId
  readonly term: Term
  readonly meta: SnapshotMeta
  readonly addrOf: (replica: ReplicaId) => Addr | undefined
}

/** Sends one snapshot and calls back once, never from within: whether it arrived whole. The result calls it off. */
export function sendSnapshot(options: Sending, done: (ok: boolean) => void): () => void {
  const { clock, links, store, cluster, self, to, term, meta } = options
  let isOver = false
  let channel: Channel | undefined
  let reader: SnapshotReader | undefined
  const end = (ok: boolean): void => {
    if (isOver) return
    isOver = true
    alarm.clear()
    rest.clear()
    reader?.close()
    channel?.close()
    done(ok)
  }
  const alarm = clock.alarm(() => end(false))
  const progress = (): void => alarm.set((clock.now() + PROGRESS_LIMIT_MS) as Millis)
  const say = (frame: StreamFrame): void => {
    if (channel?.send(encodeFrame(frame)) !== true) clock.afterTurn(() => end(false))
  }
  let hasEnded = false
  let restUntilMs = clock.now()
  const rest = clock.alarm(() => next())
  /** The last chunk has been taken. */
  const taken = (): void => {
    if (restUntilMs - clock.now() >= REST_MS_MIN) rest.set(restUntilMs as Millis)
    else next()
  }
  const next = (): void => {
    progress()
    if (hasEnded) return end(true)
    reader?.next((chunk) => {
      if (isOver) return
      if (chunk.kind === "unreadable") return end(false)
      hasEnded = chunk.kind === "end"
      if (chunk.kind === "end") return say({ kind: "end" })
      restUntilMs = (Math.max(restUntilMs, clock.now()) + (1000 * chunk.bytes.length) / BYTES_PER_SECOND) as Millis
      say({ kind: "chunk", body: chunk.bytes })
    })
  }
  const addr = options.addrOf(to)
  progress()
  if (addr === undefined) {
    clock.afterTurn(() => end(false))
    return () => end(false)
  }
  reader = store.readSnapshot(meta)
  const heard = (event: ChannelEvent): void => {
    if (event.kind === "over") return end(false)
    if (event.kind === "up") return
    const frame = decodeFrame(event.body)
    if (frame?.kind === "taken") taken()
    else end(false)
  }
  channel = links.dial(addr, heard, hostOf(to))
  say({ kind: "hello", version: STREAM_VERSION, purpose: "snapshot", cluster, from: self, to })
  say({ kind: "chunk", body: header(term, meta) })
  return () => end(false)
}

function header(term: Term, meta: SnapshotMeta): Uint8Array {
  const encoded = encodeSnapshotMeta(meta)
  const bytes = new Uint8Array(TERM_BYTES + encoded.length)
  new DataView(bytes.buffer).setFloat64(0, term)
  bytes.set(encoded, TERM_BYTES)
  return bytes
}

function readHeader(bytes: Uint8Array): { readonly term: Term; readonly meta: SnapshotMeta } | undefined {
  if (bytes.length <= TERM_BYTES) return undefined
  const term = new DataView(bytes.buffer, bytes.byteOffset).getFloat64(0)
  const meta = decodeSnapshotMeta(bytes.subarray(TERM_BYTES))
  if (!Number.isSafeInteger(term) || term < 0 || !meta.ok || meta.value.index === 0) return undefined
  return { term: term as Term, meta: meta.value }
}

interface Receiving {
  readonly clock: Clock
  readonly server: StreamServer
  readonly store: LogStore
  readonly cluster: ClusterId
  readonly self: ReplicaId
  readonly relation: (replica: ReplicaId) => Relation
  readonly onReceived: (from: ReplicaId, term: Term, meta: SnapshotMeta) => void
}

/**
 * Takes snapshots that leaders send, one at a time: a new one takes the place of the one before. Whoever does not wait
 * for its last chunk to be written, or sends one that no store takes, is not listened to any longer.
 */
export class SnapshotReceiver {
  readonly #options: Receiving
  readonly #alarm: Alarm
  #dialler: Dialler | undefined
  #writer: SnapshotWriter | undefined
  /** What came last is still being written. */
  #isWriting = false

  constructor(options: Receiving) {
    this.#options = options
    this.#alarm = options.clock.alarm(() => this.#drop())
    options.server.serve("snapshot", (dialler) => this.#take(dialler))
  }

  stop(): void {
    this.#options.server.serve("snapshot", undefined)
    this.#drop()
  }

  #take(dialler: Dialler): Inbound | string {
    const { cluster, self } = this.#options
    const { hello } = dialler
    if (hello.cluster !== cluster) return `it belongs to cluster ${hello.cluster}, this replica to ${cluster}`
    if (hello.to !== self) return `it looks for replica ${hello.to}, this is ${self}`
    // Before anything that is under way gives way.
    const isFellow = this.#options.relation(hello.from as ReplicaId) === "fellow"
    if (!isFellow) return `replica ${hello.from} is not of the group that is known here`
    this.#drop()
    this.#dialler = dialler
    let head: { readonly term: Term; readonly meta: SnapshotMeta } | undefined
    this.#progress()
    return {
      onFrame: (frame) => {
        if (this.#dialler !== dialler) return
        if (frame.kind === "chunk" && head === undefined) {
          head = readHeader(frame.body)
          if (head === undefined) return this.#drop()
          this.#writer = this.#options.store.writeSnapshot(head.meta)
          this.#taken(dialler)
        } else if (frame.kind === "chunk") this.#write(dialler, frame.body)
        else if (frame.kind === "end" && head !== undefined) this.#finish(dialler, head)
      },
      onEnd: () => {
        if (this.#dialler === dialler) this.#drop()
      },
    }
  }

  #write(dialler: Dialler, chunk: Uint8Array): void {
    if (this.#isWriting || chunk.length > SNAPSHOT_CHUNK_BYTES_MAX) return this.#drop()
    this.#isWriting = true
    this.#writer?.append(chunk, (result) => {
      if (this.#dialler !== dialler) return
      this.#isWriting = false
      if (result.ok) this.#taken(dialler)
      else this.#drop()
    })
  }

  #finish(dialler: Dialler, { term, meta }: { readonly term: Term; readonly meta: SnapshotMeta }): void {
    if (this.#isWriting) return this.#drop()
    this.#isWriting = true
    this.#writer?.finish((result) => {
      if (this.#dialler !== dialler) return
      if (!result.ok) return this.#drop()
      this.#writer = undefined
      this.#taken(dialler)
      this.#options.onReceived(dialler.hello.from as ReplicaId, term, meta)
    })
  }

  #taken(dialler: Dialler): void {
    this.#progress()
    dialler.send({ kind: "taken" })
  }

  #progress(): void {
    const { clock } = this.#options
    this.#alarm.set((clock.now() + PROGRESS_LIMIT_MS) as Millis)
  }

  #drop(): void {
    this.#alarm.clear()
    this.#writer?.abort()
    this.#writer = undefined
    this.#isWriting = false
    const dialler = this.#dialler
    this.#dialler = undefined
    dialler?.close()
  }
}
