import type { Addr } from "@conclave/base"
import { type ClusterId, isClusterId, isReplicaId, type ReplicaId } from "@conclave/consensus"
import { numericHostPort } from "../host-port.ts"
import type { Disk, DiskResult } from "../ports.ts"
import { hashedLine, readHashedLine } from "./hashed-line.ts"

/** What a host remembers of consensus beside the log itself. */
export interface ReplicaFacts {
  /** The cluster that it founded, joined or saw first; it never belongs to another one. */
  readonly cluster: ClusterId | undefined
  /** Its replica, or the one that it would be. Never used again after it has ended. */
  readonly replica: ReplicaId
  /**
   * The last replica of this host that ended for good. Files of it that are still here are put aside where `replica` is
   * its successor by now; else they wait, as they did in the life in which it ended, for a leader that does not need
   * them.
   */
  readonly ended: ReplicaId | undefined
  /** The code of what ended it. */
  readonly endedBy: string | undefined
  /** It has a log; one that is not there any more was lost. */
  readonly isActive: boolean
  /** It was told to found a cluster, and has no log of it yet. */
  readonly isFounding: boolean
  /** Where the others of the group were last, so that losing gossip does not stop Raft. */
  readonly peers: ReadonlyMap<ReplicaId, Addr>
}

const FILE = "replica.json"
const PEERS_MAX = 64

/** The file of these facts: one line of JSON behind the hash of its text, replaced as a whole. */
export class ReplicaFile {
  readonly #disk: Disk
  #facts: ReplicaFacts
  #kept: ReplicaFacts
  #isWriting = false
  #waiting: ((result: DiskResult) => void)[] = []

  private constructor(disk: Disk, facts: ReplicaFacts) {
    this.#disk = disk
    this.#facts = facts
    this.#kept = facts
  }

  /**
   * `mint` gives a fresh replica id. `problem`: the file was there and could not be read, so nobody knows what it said.
   */
  static load(disk: Disk, mint: () => ReplicaId): { readonly file: ReplicaFile; readonly problem: string | undefined } {
    const { value: facts, problem } = readHashedLine(disk, FILE, read)
    const fresh = {
      cluster: undefined,
      replica: mint(),
      ended: undefined,
      endedBy: undefined,
      isActive: false,
      isFounding: false,
      peers: new Map(),
    }
    return { file: new ReplicaFile(disk, facts ?? fresh), problem }
  }

  get facts(): ReplicaFacts {
    return this.#facts
  }

  /** Those that are on disk for sure. */
  get kept(): ReplicaFacts {
    return this.#kept
  }

  /** In force at once; calls back when it is durable, or why it is not. */
  change(changes: Partial<ReplicaFacts>, done: (result: DiskResult) => void = () => {}): void {
    this.#facts = { ...this.#facts, ...changes }
    this.#waiting.push(done)
    this.#write()
  }

  #write(): void {
    if (this.#isWriting || this.#waiting.length === 0) return
    this.#isWriting = true
    const waiting = this.#waiting.splice(0)
    const facts = this.#facts
    this.#disk.replace(FILE, encode(facts), (result) => {
      this.#isWriting = false
      if (result.ok) this.#kept = facts
      for (const done of waiting) done(result)
      this.#write()
    })
  }
}

function encode(facts: ReplicaFacts): Uint8Array {
  return hashedLine(JSON.stringify({ ...facts, peers: [...facts.peers].slice(-PEERS_MAX) }))
}

function read(said: Readonly<Record<string, unknown>>): ReplicaFacts | undefined {
  const { cluster, replica, ended, endedBy, isActive, isFounding, peers } = said
  if (typeof replica !== "string" || !isReplicaId(replica) || !Array.isArray(peers)) return undefined
  const known = peers.filter(isPeer)
  return {
    cluster: typeof cluster === "string" && isClusterId(cluster) ? cluster : undefined,
    replica,
    ended: typeof ended === "string" && isReplicaId(ended) ? ended : undefined,
    endedBy: typeof endedBy === "string" ? endedBy : undefined,
    isActive: isActive === true,
    isFounding: isFounding === true,
    peers: new Map(known),
  }
}

function isPeer(value: unknown): value is [ReplicaId, Addr] {
  if (!Array.isArray(value) || value.length !== 2) return false
  const [replica, addr] = value as unknown[]
  return (
    typeof replica === "string" &&
    isReplicaId(replica) &&
    typeof addr === "string" &&
    numericHostPort(addr) !== undefined
  )
}
