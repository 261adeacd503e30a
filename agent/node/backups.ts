import { createHash } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import type { Millis } from "@conclave/base"
import {
  ChunkWriter,
  type Command,
  type CommandResult,
  type Machine,
  type RestoreId,
  restorable,
  STAGED_BYTES_MAX,
} from "@conclave/consensus"
import { timeText } from "../api/member-json.ts"
import { noCluster } from "../api/no-quorum.ts"
import { atRev, invalid, isProblem, type Problem, problem } from "../api/problem.ts"
import type { SnapshotJson } from "../api/snapshot-schema.ts"
import { notProposed, refusalProblem } from "../coordination/refusals.ts"
import {
  BACKUP_FORMAT,
  type BackupFacts,
  type BackupProblem,
  BackupReader,
  BackupWriter,
} from "../group/backup-file.ts"
import type { Consensus } from "../group/consensus.ts"
import type { Proposed, SharedState } from "../group/shared-state.ts"
import type { Clock, Secrets } from "../ports.ts"
import { SLICE_MS } from "../slices.ts"
import { Spool } from "./spool.ts"

/** Between two slices: others have at least half of the loop. */
const REST_MS = 2
/** Between two tries. */
const PAUSE_MS = 100
/** How long one part may take to reach a quorum, at least. */
const STEP_MS = 10_000
/**
 * A command whose answer does not come is asked about for so long: a large state takes a while, and leaders may change.
 */
const ANSWER_MS = 600_000
/** Parts of a state on their way to the log, of 32 KiB each: the commands of others wait behind no more than these. */
const STAGED_AT_ONCE = 8

export interface BackupsOptions {
  readonly consensus: Pick<Consensus, "clusterId" | "awaitsFounding"> & {
    readonly state: Pick<SharedState, "read" | "propose">
  }
  /** Of the reign, as this agent knows it. */
  readonly term: () => string
  readonly clock: Pick<Clock, "now" | "wallMs">
  readonly secrets: Pick<Secrets, "session">
  /** Where there is room for a saved state: the data directory. */
  readonly directory: string
}

/** A saved state that waits to be sent. */
export interface Saved {
  readonly header: SnapshotJson
  readonly octets: () => AsyncIterable<Uint8Array>
  readonly close: () => Promise<void>
}

interface Part {
  readonly at: number
  readonly length: number
}

/** What of a backup goes into the log, on disk until it is certain that all of it is sound. */
interface Checked {
  readonly header: SnapshotJson
  readonly parts: readonly Part[]
  /** The longest time to live of a session in it, and the longest lock delay of a grant behind that. */
  readonly quietMs: number
}

/** Saves and restores the replicated state, at any agent; one at a time, in slices, with the bulk of it on disk. */
export class Backups {
  readonly #options: BackupsOptions
  #isBusy = false

  constructor(options: BackupsOptions) {
    this.#options = options
  }

  /** The state at a revision that a majority has confirmed after the call. Whoever gets it closes it. */
  async save(timeoutMs: number): Promise<Saved | Problem> {
    return await this.#alone(async (release) => {
      const spool = await Spool.open(this.#options.directory)
      const close = async (): Promise<void> => {
        release()
        await spool.close()
      }
      try {
        const facts = await this.#write(spool, timeoutMs)
        if (isProblem(facts)) {
          await close()
          return facts
        }
        const header = { ...facts, path: "-", bytes: spool.bytes, sha256: spool.sha256() }
        return { header, octets: () => spool.chunks(), close }
      } catch (cause) {
        await close()
        throw cause
      }
    })
  }

  /** Reads all of `body`, and changes nothing unless it is sound to its last byte. */
  async restore(confirm: string, body: AsyncIterable<Uint8Array>, timeoutMs: number): Promise<SnapshotJson | Problem> {
    const { clusterId, awaitsFounding } = this.#options.consensus
    if (clusterId === undefined) return noCluster(awaitsFounding)
    if (confirm !== clusterId) {
      return problem("CONFLICT", `this is cluster ${clusterId}, not ${confirm}`, {
        hint: `--confirm ${clusterId}, if that is the one`,
        details: { reason: "cluster-id", current: clusterId },
      })
    }
    return await this.#alone(async (release) => {
      const spool = await Spool.open(this.#options.directory)
      try {
        const checked = await check(body, spool)
        return "kind" in checked ? unusable(checked) : await this.#replace(checked, spool, timeoutMs)
      } finally {
        release()
        await spool.close()
      }
    })
  }

  async #alone<T>(act: (release: () => void) => Promise<T | Problem>): Promise<T | Problem> {
    if (this.#isBusy) {
      const message = "this agent saves or restores one state at a time"
      return problem("RESOURCE_EXHAUSTED", message, { details: { limit: 1, retryAfterMs: 1000 } })
    }
    this.#isBusy = true
    const release = (): void => {
      this.#isBusy = false
    }
    try {
      return await act(release)
    } catch (cause) {
      release()
      const { code, message } = cause as NodeJS.ErrnoException
      if (code === undefined) throw cause
      const text = `there is no place for the state: ${message}`
      if (code !== "ENOSPC") return problem("INTERNAL", text)
      const hint = `make room in ${this.#options.directory}, then the same command`
      return problem("RESOURCE_EXHAUSTED", text, { hint, details: { limit: "disk" } })
    }
  }

  async #write(spool: Spool, timeoutMs: number): Promise<BackupFacts | Problem> {
    const { consensus, clock } = this.#options
    // The copy begins in the same turn as the read ends: nothing is applied in between.
    const taken = await new Promise<Taken | Problem>((done) => {
      consensus.state.read((clock.now() + timeoutMs) as Millis, (read) => {
        done(read.kind === "read" ? this.#take(read.state) : notProposed(read))
      })
    })
    if (isProblem(taken)) return taken
    const { facts, reader } = taken
    try {
      const writer = new BackupWriter()
      await spool.append(writer.begin(facts))
      let untilMs = clock.now() + SLICE_MS
      for (let record = reader.next(); record !== undefined; record = reader.next()) {
        const octets = writer.add(record)
        if (octets !== undefined) await spool.append(octets)
        if (clock.now() < untilMs) continue
        await sleep(REST_MS)
        untilMs = clock.now() + SLICE_MS
      }
      await spool.append(writer.end())
      return facts
    } finally {
      reader.close()
    }
  }

  #take(machine: Machine): Taken {
    const { term, clock } = this.#options
    const reader = machine.snapshot()
    const facts = {
      format: BACKUP_FORMAT,
      clusterId: machine.clusterId,
      index: String(reader.index),
      term: term(),
      rev: String(machine.rev),
      token: String(machine.lastToken),
      time: timeText(clock.wallMs()),
    }
    return { facts, reader }
  }

  async #replace(
    { header, parts, quietMs }: Checked,
    spool: Spool,
    timeoutMs: number,
  ): Promise<SnapshotJson | Problem> {
    const restore = this.#options.secrets.session().id as string as RestoreId
    for (let first = 0; first < parts.length; first += STAGED_AT_ONCE) {
      const refusal = await this.#stage({ restore, first, parts, spool }, timeoutMs)
      if (refusal === undefined) continue
      await this.#propose({ kind: "unstage", restore }, timeoutMs)
      // Whatever was staged has changed nothing that anybody sees.
      return { ...refusal, outcome: "not-applied" }
    }
    const when = { wallMs: this.#options.clock.wallMs(), savedWallMs: Date.parse(header.time), quietMs }
    const refusal = await this.#propose({ kind: "restore", restore, parts: parts.length, ...when }, timeoutMs)
    if (refusal === undefined) return header
    if (refusal.outcome === "not-applied") await this.#propose({ kind: "unstage", restore }, timeoutMs)
    return refusal
  }

  /**
   * Some parts at once. The log takes them in their order, unless one comes late: those before their turn are refused
   * then, and are sent again, one after the other.
   */
  async #stage({ restore, first, parts, spool }: Staging, timeoutMs: number): Promise<Problem | undefined> {
    const some: { readonly part: number; readonly data: Uint8Array }[] = []
    for (const [offset, { at, length }] of parts.slice(first, first + STAGED_AT_ONCE).entries()) {
      some.push({ part: first + offset, data: await spool.read(at, length) })
    }
    const send = (each: (typeof some)[number]): Promise<Problem | undefined> =>
      this.#propose({ kind: "stage", restore, ...each }, timeoutMs)
    const refusals = await Promise.all(some.map(send))
    for (const [at, each] of some.entries()) {
      const told = refusals[at]
      const refusal = told?.code === "CONFLICT" ? await send(each) : told
      if (refusal !== undefined) return refusal
    }
    return undefined
  }

  /**
   * Undefined: it was applied. The same command again is answered as before, so that a lost answer is asked for again.
   */
  async #propose(command: Command, timeoutMs: number): Promise<Problem | undefined> {
    const { clock } = this.#options
    const untilMs = clock.now() + ANSWER_MS
    for (let isUnknown = false; ; ) {
      const outcome = await this.#try(command, timeoutMs)
      if (outcome.kind === "applied") return refusalOf(outcome.result)
      isUnknown ||= outcome.kind === "unknown"
      if (outcome.kind === "not-proposed" && !isUnknown) return notProposed(outcome)
      if (clock.now() >= untilMs) return unknown()
      await sleep(PAUSE_MS)
    }
  }

  #try(command: Command, timeoutMs: number): Promise<Proposed> {
    const { consensus, clock } = this.#options
    return new Promise((done) => {
      consensus.state.propose(command, (clock.now() + Math.max(timeoutMs, STEP_MS)) as Millis, done)
    })
  }
}

interface Staging {
  readonly restore: RestoreId
  /** The first part of those that are staged now. */
  readonly first: number
  readonly parts: readonly Part[]
  readonly spool: Spool
}

interface Taken {
  readonly facts: BackupFacts
  readonly reader: ReturnType<Machine["snapshot"]>
}

function refusalOf(result: CommandResult): Problem | undefined {
  if (result.kind !== "refused") return undefined
  const { refusal } = result
  if (refusal.kind === "conflict" && refusal.reason === "clock") {
    const why = problem("CONFLICT", "the clock of this host is behind the time at which the state was saved", {
      hint: "set the clock, then the same command",
      details: { reason: "clock", current: null },
    })
    return atRev(why, result.rev)
  }
  return refusalProblem(result, { op: "snapshot.restore", name: null })
}

function unknown(): Problem {
  return problem("TIMEOUT", "the restore was proposed, but no answer came in time", {
    hint: "conclave sessions: a restore ends all of them; then the same command",
  })
}

function unusable({ kind, message }: BackupProblem): Problem {
  return kind === "newer"
    ? problem("UNIMPLEMENTED", message, {
        hint: "restore it with that program",
        details: { supported: [BACKUP_FORMAT] },
      })
    : invalid("body", message)
}

/** Every byte is looked at; what a restore takes over is put into `spool`, a part behind the other. */
async function check(body: AsyncIterable<Uint8Array>, spool: Spool): Promise<Checked | BackupProblem> {
  const hash = createHash("sha256")
  const reader = new BackupReader({ update: (bytes) => hash.update(bytes), hex: () => hash.digest("hex") })
  const chunks = new ChunkWriter(STAGED_BYTES_MAX)
  const parts: Part[] = []
  let longestMs = { ttl: 0, delay: 0 }
  const keep = async (part: Uint8Array | undefined): Promise<void> => {
    if (part === undefined) return
    parts.push({ at: spool.bytes, length: part.length })
    await spool.append(part)
  }
  let untilMs = performance.now() + SLICE_MS
  for await (const bytes of body) {
    reader.push(bytes)
    for (let next = reader.next(); next !== undefined; next = reader.next()) {
      const { isTaken, ttlMs, delayMs } = restorable(next.record)
      longestMs = { ttl: Math.max(longestMs.ttl, ttlMs), delay: Math.max(longestMs.delay, delayMs) }
      if (isTaken) await keep(chunks.add(next.bytes))
      if (performance.now() < untilMs) continue
      await sleep(REST_MS)
      untilMs = performance.now() + SLICE_MS
    }
  }
  await keep(chunks.take())
  const header = reader.finish()
  return "kind" in header ? header : { header, parts, quietMs: longestMs.ttl + longestMs.delay }
}
