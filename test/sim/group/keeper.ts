import { base32, type Millis, type Random } from "@conclave/base"
import {
  ChunkWriter,
  type Command,
  type Machine,
  type RestoreId,
  restorable,
  STAGED_BYTES_MAX,
} from "@conclave/consensus"
import { decodeRecord, type StateRecord } from "@conclave/consensus/machine/wire-record"
import type { Recorder } from "../apps/recorder.ts"
import type { Fleet, FleetMember } from "../fleet.ts"
import { wallMsOf } from "../process-ports.ts"
import type { Requests, Told } from "./requests.ts"

const LIMIT_MS = 10_000
const PAUSE_MS = 100
/** Of each it keeps so many: an older one has fewer tokens in it. */
const KEPT_MAX = 3
const TRIES_MAX = 6
const ID_BYTES = 16

/** A saved state. */
interface Backup {
  /** The entry that it was saved behind. */
  readonly index: number
  readonly savedWallMs: number
  readonly quietMs: number
  readonly parts: readonly Uint8Array[]
}

export interface KeeperParts {
  readonly fleet: Fleet
  readonly requests: Requests
  readonly random: Random
  readonly everyMs: number
  /** What is restored under this name was saved behind that entry. */
  readonly onRestore: (restore: RestoreId, index: number) => void
  /** Of the histories, where there are any. */
  readonly recorder: Recorder | undefined
}

/** One restore, which the agent that was asked for it carries out. */
interface Task {
  readonly member: FleetMember
  readonly process: FleetMember["machine"]["process"]
  readonly restore: RestoreId
  readonly backup: Backup
  /** Of the history, once the entry that changes the state is asked for. */
  op: number | undefined
  /** What became of one try of that is not known. */
  isUnknown: boolean
  tries: number
}

/**
 * Saves the state at some agent, and later brings it back by some other, as `conclave snapshot save` and `restore` do:
 * what they send, in the same order, until it is answered.
 */
export class Keeper {
  readonly seen = { saved: 0, restored: 0, refused: 0 }
  readonly #parts: KeeperParts
  readonly #kept: Backup[] = []
  #task: Task | undefined
  #isOver = false

  constructor(parts: KeeperParts) {
    this.#parts = parts
  }

  begin(): void {
    const { fleet, random, everyMs } = this.#parts
    fleet.world.after(1000 * (1 + random.below(2 * everyMs)), () => {
      if (this.#isOver) return
      this.#act()
      this.begin()
    })
  }

  stop(): void {
    this.#isOver = true
  }

  #act(): void {
    const { random, requests } = this.#parts
    const member = requests.anybody()
    if (member === undefined || this.#isBusy) return
    const isSave = this.#kept.length === 0 || random.chance(1, 2)
    if (isSave) this.#save(member)
    else this.#restore(member, random.pick(this.#kept))
  }

  get #isBusy(): boolean {
    return this.#task !== undefined && this.#task.process?.over === false
  }

  #save(member: FleetMember): void {
    const { machine, host } = member
    const { process } = machine
    if (process === undefined) return
    process.task(() => {
      host?.consensus?.state.read((process.nowMs + LIMIT_MS) as Millis, (read) => {
        if (read.kind !== "read" || this.#isOver) return
        const { world } = this.#parts.fleet
        this.#kept.push(backupOf(read.state, wallMsOf(world, machine), this.#parts.random.chance(1, 2)))
        if (this.#kept.length > KEPT_MAX) this.#kept.shift()
        this.seen.saved++
      })
    })
  }

  #restore(member: FleetMember, backup: Backup): void {
    const { random, onRestore } = this.#parts
    const restore = base32(Uint8Array.from({ length: ID_BYTES }, () => random.below(256))) as string as RestoreId
    onRestore(restore, backup.index)
    const { process } = member.machine
    this.#task = { member, process, restore, backup, op: undefined, isUnknown: false, tries: 0 }
    this.#stage(this.#task, 0)
  }

  #stage(task: Task, part: number): void {
    const { restore, backup } = task
    const data = backup.parts[part]
    if (data === undefined) return this.#replace(task)
    this.#send(task, { kind: "stage", restore, part, data }, (told) => {
      if (told.kind === "result" && told.result.kind === "done") this.#stage(task, part + 1)
      else if (told.kind === "unknown" && !this.#isOver) this.#later(task, () => this.#stage(task, part))
      else this.#giveUp(task)
    })
  }

  #replace(task: Task): void {
    const { restore, backup, member } = task
    const { fleet, recorder } = this.#parts
    const { parts, savedWallMs, quietMs } = backup
    task.op ??= recorder?.invoke("restore", "state/", { life: `b.${restore}`, agent: member.machine.name }, {})
    const when = { wallMs: wallMsOf(fleet.world, member.machine), savedWallMs, quietMs }
    this.#send(task, { kind: "restore", restore, parts: parts.length, ...when }, (told) => {
      if (told.kind === "result" && told.result.kind === "done") return this.#done(task)
      if (told.kind === "result") return this.#giveUp(task)
      task.isUnknown ||= told.kind === "unknown"
      if (task.isUnknown && !this.#isOver && task.tries < TRIES_MAX) this.#later(task, () => this.#replace(task))
      else this.#giveUp(task)
    })
  }

  #send({ member }: Task, command: Command, done: (told: Told) => void): void {
    this.#parts.requests.send(member, command, LIMIT_MS, done)
  }

  #later(task: Task, act: () => void): void {
    task.tries++
    if (task.tries > TRIES_MAX) return this.#giveUp(task)
    this.#parts.fleet.world.after(PAUSE_MS * 1000, act)
  }

  #done({ op }: Task): void {
    this.seen.restored++
    this.#task = undefined
    if (op !== undefined) this.#parts.recorder?.end(op, "ok")
  }

  /** What is staged is dropped; a restore whose answer is not known may still come. */
  #giveUp(task: Task): void {
    const { op, isUnknown, restore } = task
    this.seen.refused++
    this.#task = undefined
    if (op !== undefined) this.#parts.recorder?.end(op, isUnknown ? "info" : "fail")
    this.#send(task, { kind: "unstage", restore }, () => {})
  }
}

/**
 * Its records, as a restore sends them: each in a part of its own, so that much can happen between them, or together.
 */
function backupOf(machine: Machine, savedWallMs: number, isCut: boolean): Backup {
  const reader = machine.snapshot()
  const parts: Uint8Array[] = []
  const chunks = new ChunkWriter(STAGED_BYTES_MAX)
  let [ttlMs, delayMs] = [0, 0]
  const keep = (part: Uint8Array | undefined): void => {
    if (part !== undefined) parts.push(part)
  }
  for (let bytes = reader.next(); bytes !== undefined; bytes = reader.next()) {
    const of = restorable(decodeRecord(bytes) as StateRecord)
    ttlMs = Math.max(ttlMs, of.ttlMs)
    delayMs = Math.max(delayMs, of.delayMs)
    if (!of.isTaken) continue
    keep(chunks.add(bytes))
    if (isCut) keep(chunks.take())
  }
  keep(chunks.take())
  reader.close()
  return { index: reader.index, savedWallMs, quietMs: ttlMs + delayMs, parts }
}
