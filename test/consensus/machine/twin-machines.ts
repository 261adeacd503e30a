import { deepStrictEqual, equal } from "node:assert/strict"
import type { Random } from "@conclave/base"
import {
  type Applied,
  type Command,
  decodeCommand,
  encodeCommand,
  Install,
  type Item,
  Machine,
  planWork,
  type SessionId,
} from "@conclave/consensus"
import { MACHINE_LIMITS, type MachineLimits } from "@conclave/consensus/machine/limits"
import { firstCommands, SESSIONS, Sender, sightOf } from "./history.ts"
import { acquireOf } from "./stage.ts"

/** Small: they are reached. */
const LIMITS: MachineLimits = {
  ...{ ...MACHINE_LIMITS, sessions: 16, names: 24, holdsOfName: 6, stateBytes: 96 * 1024, answers: 12 },
  ...{ freeNames: 6, pastBytes: 4096, endedSessions: 8, workItems: 40 },
}
const POOLS = ["p", "q"]
const PASSES_MS = [0, 0, 0, 0, 0, 1, 100, 500, 2000, 11_000]
/** Far more than any entry of so small a state takes. */
const STEPS_MAX = 100_000

/**
 * One machine applies each entry in one go, another one unit at a time. After each all that must hold is looked at,
 * and that both say the same; now and then that the state survives its own snapshot.
 */
export class TwinMachines {
  readonly #random: Random
  #one: Machine = new Machine(LIMITS)
  #other: Machine = new Machine(LIMITS)
  readonly #sender: Sender = new Sender()
  #nowMs = 0
  #seq = 100

  constructor(random: Random) {
    this.#random = random
    for (const command of firstCommands()) this.apply(encodeCommand(command))
  }

  /** The one that applies each entry in one go. */
  get machine(): Machine {
    return this.#one
  }

  /** False: no leader would propose it. */
  apply(data: Uint8Array): boolean {
    const decoded = decodeCommand(data)
    // A leader alone says what hash there was, and a wrong one ends every replica.
    if (!decoded.ok || decoded.command.kind === "checkHash") return false
    this.#nowMs += this.#random.pick(PASSES_MS)
    const [one, other] = [applied(this.#one, data, this.#nowMs, 1000), applied(this.#other, data, this.#nowMs, 1)]
    deepStrictEqual(one, other)
    deepStrictEqual(this.#one.problems(), [])
    return true
  }

  /** Both have the same state, and so has whoever installs a snapshot of it. */
  compare(): void {
    const { hash } = this.#one
    equal(this.#other.hash, hash)
    const installed = copyOf(this.#one, LIMITS)
    equal(installed.hash, hash)
    deepStrictEqual(installed.problems(), [])
    this.#other = installed
  }

  /** What somebody might say now. */
  next(command: Command): Uint8Array {
    const step = { passMs: 0, command, again: undefined, isAimed: this.#random.chance(3, 4), backup: undefined }
    return encodeCommand(this.#random.chance(1, 3) ? this.#ofWork() : this.#sender.next(step, sightOf(this.#one)))
  }

  #ofWork(): Command {
    const [random, pool] = [this.#random, this.#random.pick(POOLS)]
    const item = this.#random.pick(["a", "b", "c", "0", "1"])
    const request = { session: this.#session(), seq: ++this.#seq, floor: 0 }
    const owned = this.#itemsOf(pool).find(({ owner }) => owner !== undefined)
    switch (random.below(8)) {
      case 0:
      case 1: {
        const worker = { capacity: random.pick([undefined, 2]), zone: "z", tags: [], isLeaving: random.chance(1, 9) }
        return acquireOf(request.session, request.seq, {
          hold: "work",
          names: [pool],
          id: random.pick(["v", "w"]),
          worker,
        })
      }
      case 2:
        return { kind: "workPut", request: undefined, pool, item, payload: "1", weight: 1, pin: undefined }
      case 3: {
        const config = { partitions: random.below(4), maxAttempts: 1 + random.below(3), spread: "zone" } as const
        const rest = { handoffTimeoutMs: 1000, restartGraceMs: 1000 }
        return {
          kind: "workConfigure",
          request: undefined,
          pool: "q",
          config: { ...config, ...rest },
          ifRev: undefined,
        }
      }
      case 4:
      case 5: {
        const seen = this.#one.planView(pool)
        return { kind: "workAssign", pool, moves: seen === undefined ? [] : planWork(seen) }
      }
      default: {
        if (owned?.owner === undefined) return { kind: "workRemove", request: undefined, pool, item }
        const { session, token } = owned.owner
        const result = random.pick(["done", "released", "failed"] as const)
        return {
          kind: "workSettle",
          request: { ...request, session },
          pool,
          item: owned.item,
          token,
          result,
          message: "m",
        }
      }
    }
  }

  #itemsOf(pool: string): readonly Item[] {
    return [...(this.#one.pool(pool)?.book?.items.values() ?? [])]
  }

  #session(): SessionId {
    return [...this.#one.sessions()].map(({ id }) => id).sort()[0] ?? (SESSIONS[0] as SessionId)
  }
}

/** Installed from its own snapshot. */
export function copyOf(machine: Machine, limits?: MachineLimits): Machine {
  const reader = machine.snapshot()
  const install = new Install(limits)
  for (let record = reader.next(); record !== undefined; record = reader.next()) install.add(record)
  const copy = install.finish(machine.appliedIndex)
  if (typeof copy === "string") throw new Error(`its own snapshot is ${copy}`)
  return copy
}

/** One entry, so many units of it at a time. */
function applied(machine: Machine, data: Uint8Array, stampMs: number, units: number): Applied {
  machine.begin({ index: machine.appliedIndex + 1, stampMs, data })
  for (let steps = 0; steps < STEPS_MAX; steps++) {
    const done = machine.step(units)
    if (done !== undefined) return done
  }
  throw new Error("an entry comes to no end")
}
