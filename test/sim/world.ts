import { assert, Random } from "@conclave/base"
import { EventHeap, type EventOwner, type SimEvent } from "./event-heap.ts"
import { TraceHash } from "./trace-hash.ts"

/** Steps at one instant after which the world is held to be in an endless loop. */
const STEPS_AN_INSTANT_MAX = 2_000_000

/**
 * Virtual time and all that will happen in it. Time moves only from one event to the next;
 * every draw comes from the seed, so one seed gives one history.
 */
export class World implements EventOwner {
  readonly tag = 1
  readonly trace: TraceHash = new TraceHash()
  readonly random: Random
  readonly #heap: EventHeap = new EventHeap()
  #nowUs = 0
  #steps = 0
  #stopped = false

  constructor(seed: number) {
    this.random = new Random(seed)
  }

  get nowUs(): number {
    return this.#nowUs
  }

  /** Events that have happened. */
  get steps(): number {
    return this.#steps
  }

  /** Events that are still to come. */
  get pending(): number {
    return this.#heap.size
  }

  schedule(atUs: number, owner: EventOwner, op: number, n: number, x?: unknown, y?: unknown): void {
    this.#heap.push(Math.max(atUs, this.#nowUs), owner, op, n, x, y)
  }

  /** For what is rare; what is frequent has an owner and no closure. */
  after(delayUs: number, run: () => void): void {
    this.schedule(this.#nowUs + Math.max(0, Math.round(delayUs)), this, 0, 0, run)
  }

  fire(event: SimEvent): void {
    const run = event.x as () => void
    run()
  }

  /** Ends `run` after the step that is under way. */
  stop(): void {
    this.#stopped = true
  }

  /** Lets everything happen that is due until then; `afterStep` sees the world after each event. */
  run(untilUs: number, afterStep?: () => void): void {
    const heap = this.#heap
    const trace = this.trace
    let instantSteps = 0
    this.#stopped = false
    while (heap.nextUs <= untilUs && !this.#stopped) {
      const event = heap.pop() as SimEvent
      if (event.atUs > this.#nowUs) {
        this.#nowUs = event.atUs
        trace.addTime(event.atUs)
        instantSteps = 0
      }
      assert(++instantSteps < STEPS_AN_INSTANT_MAX, "time passes between events")
      const owner = event.owner as EventOwner
      trace.add((owner.tag << 28) ^ (event.op << 20) ^ event.n)
      this.#steps++
      owner.fire(event)
      heap.recycle(event)
      if (afterStep !== undefined) afterStep()
    }
    if (!this.#stopped && untilUs > this.#nowUs && Number.isFinite(untilUs)) this.#nowUs = untilUs
  }
}
