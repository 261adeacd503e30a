import { equal } from "node:assert/strict"
import type { Message, RaftConfig, StoredState } from "@conclave/consensus"
import { type DiskFields, id, Stage, storedOf } from "./stage.ts"

/** Several replicas with fast disks and a network that delivers at once, except what the test keeps back. */
export class Ensemble {
  readonly stages: ReadonlyMap<string, Stage>
  /** What the network loses. */
  loses: (message: Message) => boolean = () => false
  readonly lost: Message[] = []
  #open: Message[] = []

  /** One letter a replica; `disks` tells what one begins with where it is not the common state. */
  constructor(
    names: string,
    fields: {
      disk?: DiskFields
      disks?: Readonly<Record<string, DiskFields | StoredState>>
      config?: Partial<RaftConfig>
    } = {},
  ) {
    const { disk = { voters: names }, disks = {}, config = {} } = fields
    const make = (name: string, index: number): Stage => {
      const own = disks[name] ?? disk
      const stored = "hardState" in own ? own : storedOf(own)
      return new Stage(name, { stored, config, seed: index + 1 })
    }
    this.stages = new Map([...names].map((name, index) => [name, make(name, index)]))
  }

  on(name: string): Stage {
    const stage = this.stages.get(name)
    if (stage === undefined) throw new Error(`no replica ${name}`)
    return stage
  }

  /** Does something at one replica, and delivers until nothing is on its way. */
  at(name: string, act: (stage: Stage) => unknown): void {
    const stage = this.on(name)
    const since = stage.effects.length
    act(stage)
    this.#collect(stage, since)
    this.deliver()
  }

  deliver(): void {
    for (let message = this.#open.shift(); message !== undefined; message = this.#open.shift()) {
      const to = this.stages.get(message.to)
      if (to === undefined || this.loses(message)) {
        this.lost.push(message)
        continue
      }
      const since = to.effects.length
      to.step({ kind: "message", message })
      this.#collect(to, since)
    }
  }

  /** Delivers what was lost or kept back after all. */
  redeliver(which: (message: Message) => boolean): void {
    const found = this.lost.filter(which)
    this.lost.splice(0, this.lost.length, ...this.lost.filter((each) => !which(each)))
    this.loses = () => false
    this.#open.push(...found)
    this.deliver()
  }

  pass(ms: number): void {
    for (const stage of this.stages.values()) stage.nowMs += ms
  }

  /** Silence for longer than any election timeout, which only `name` judges. */
  campaign(name: string): void {
    this.pass(4000)
    this.at(name, (stage) => stage.step({ kind: "tick" }))
  }

  elect(name: string): void {
    this.campaign(name)
    equal(this.on(name).raft.role, "leader", `${name} is elected`)
  }

  /** The heartbeat of a leader and all that follows from it. */
  beat(name: string): void {
    this.pass(100)
    this.at(name, (stage) => stage.step({ kind: "tick" }))
  }

  /** Cuts every way to and from these. */
  cut(names: string): void {
    const cut = new Set([...names].map(id))
    this.loses = ({ from, to }) => cut.has(from) !== cut.has(to) || (cut.has(from) && cut.has(to))
  }

  heal(): void {
    this.loses = () => false
  }

  #collect(stage: Stage, since: number): void {
    for (const effect of stage.effects.slice(since)) if (effect.kind === "send") this.#open.push(effect.message)
  }
}
