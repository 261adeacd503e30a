import type { Random } from "@conclave/base"
import { openError } from "@conclave/sdk/dial"
import { ConclaveError } from "@conclave/sdk/errors"
import { onAbort } from "@conclave/sdk/on-abort"
import type { OpenWire, SdkPorts, Timer } from "@conclave/sdk/ports"
import type { SocketEnd } from "@conclave/sim/apps/local-socket"
import type { Machine } from "@conclave/sim/machine"
import { SimProcess } from "@conclave/sim/process"
import { clockOf } from "@conclave/sim/process-ports"
import { SimAlarm } from "@conclave/sim/sim-alarm"
import { LostReplies } from "./lost-replies.ts"
import type { VirtualTime } from "./virtual-time.ts"

/** What a timer of Node waits at least. */
const TIMER_MS_MIN = 1

export interface VirtualProcessOptions {
  readonly time: VirtualTime
  /** Where it runs. */
  readonly machine: Machine
  readonly pid: number
  readonly random: Random
}

/** A process of an application: what a client needs of the world, and what can be done to it. */
export class VirtualProcess {
  readonly machine: Machine
  readonly ports: SdkPorts
  readonly #time: VirtualTime
  readonly #process: SimProcess
  readonly #lost = { count: 0 }

  constructor({ time, machine, pid, random }: VirtualProcessOptions) {
    this.machine = machine
    this.#time = time
    this.#process = new SimProcess(time.world, pid, { inboxMax: 0 })
    machine.applications.set(pid, this.#process)
    const { bootMs, wallMs } = clockOf(time.world, machine, this.#process, [])
    this.ports = {
      clocks: { monotonicMs: () => this.#process.nowMs, bootMs, wallMs },
      random: () => random.fraction(),
      timer: (ms, fire) => this.#timer(ms, fire),
      soon: (act) => this.#process.task(act),
      ownProcess: () => ({ pid, startTime: pid }),
      dial: (path, { signal }) => this.#dial(path, signal),
      httpGet: (_path, target) => Promise.reject(tooLarge(target)),
    }
  }

  /** Its loop stands still: it hears nothing and says nothing, and its clock goes on. */
  pause(): void {
    this.#process.freeze()
  }

  resume(): void {
    this.#process.thaw()
    this.#time.asked()
  }

  /** It is gone, and its agent can see that. */
  kill(): void {
    this.#process.end()
    this.machine.socket.gone(this.#process)
    this.#time.asked()
  }

  /** So many answers get lost on their way, each with its connection. */
  loseReplies(count: number): void {
    this.#lost.count = count
  }

  #timer(ms: number, fire: () => void): Timer {
    const alarm = new SimAlarm(this.#time.world, this.#process, () => {
      this.#time.touched()
      fire()
    })
    this.#time.asked()
    alarm.set((this.#process.nowMs + Math.max(TIMER_MS_MIN, ms)) as Parameters<SimAlarm["set"]>[0])
    return { keepAlive: () => {}, clear: alarm.clear }
  }

  #dial(path: string, signal: AbortSignal): Promise<OpenWire> {
    this.#time.asked()
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason)
      const forget = onAbort(signal, () => reject(signal.reason))
      this.machine.socket.connect(this.#process, (end) => {
        this.#time.touched()
        forget()
        if (end === undefined) reject(openError(path, Object.assign(new Error("refused"), { code: "ECONNREFUSED" })))
        else if (signal.aborted) end.close()
        else resolve(this.#wireOf(end))
      })
    })
  }

  #wireOf(end: SocketEnd): OpenWire {
    const replies = new LostReplies(this.#lost)
    return {
      write: (bytes) => {
        this.#time.asked()
        replies.sent(bytes)
        end.write(bytes)
      },
      destroy: () => {
        this.#time.asked()
        end.close()
      },
      keepAlive: () => {},
      isGone: () => !end.isOpen,
      attend: ({ data, closed }) => {
        end.on = {
          data: (bytes) => {
            this.#time.touched()
            if (replies.loses(bytes)) end.close()
            else data(bytes)
          },
          closed: () => {
            this.#time.touched()
            closed()
          },
        }
      },
    }
  }
}

function tooLarge(target: string): ConclaveError {
  return new ConclaveError("RESOURCE_EXHAUSTED", `the answer to ${target} is larger than a frame`, {
    hint: "a cluster in memory answers in frames alone: ask for less, with a prefix",
  })
}
