import type { Random } from "@conclave/base"
import type { World } from "../world.ts"
import type { Apps } from "./apps.ts"

/** Work goes on for so long once all is well, and until the run has had its length. */
const LENGTH_US = 12_000_000
const RUN_US = 120_000_000
const KILL_US = 3_000_000
const STOP_US = 6_000_000
/**
 * Then all work that was put is done: what was lost against its worker's will rests for a while, and is tried again.
 */
const WORK_US = 30_000_000
/** Then everybody gives back what it has: a release, or a time to live where a process stands still. */
const DRAIN_US = 15_000_000

/**
 * What follows when all faults are over and the fleet has settled: applications work on, one is killed and one stopped,
 * and who comes next must not wait for longer than is promised. Then all work is done, and all is given back.
 */
export class Trial {
  readonly #world: World
  readonly #apps: Apps
  readonly fromUs: number
  readonly #endUs: number
  #workUs: number | undefined
  #drainUs: number | undefined
  #isClosing = false

  /** `isWhole`: the run must have its length. */
  constructor(world: World, apps: Apps, { random, isWhole }: { readonly random: Random; readonly isWhole: boolean }) {
    this.#world = world
    this.#endUs = Math.max(isWhole ? RUN_US : 0, world.nowUs + LENGTH_US)
    this.#apps = apps
    this.fromUs = world.nowUs
    apps.revive()
    const [killed, stopped] = [random.below(apps.count), random.below(apps.count)]
    world.after(KILL_US, () => apps.kill(killed))
    world.after(STOP_US, () => apps.stop(stopped))
  }

  /** Called again and again until it is true; or what is wrong. */
  step(): boolean | string {
    const { nowUs } = this.#world
    if (this.#workUs === undefined) {
      if (nowUs < this.#endUs) return false
      this.#workUs = nowUs
      this.#apps.finishWork()
      return false
    }
    if (this.#drainUs === undefined) {
      const left = this.#apps.workLeft
      if (left !== "") return nowUs < this.#workUs + WORK_US ? false : `${left} was not done`
      this.#drainUs = nowUs
      this.#apps.quiesce()
      return false
    }
    if (!this.#isClosing && this.#apps.isIdle) {
      this.#isClosing = true
      this.#apps.close()
    }
    if (this.#isClosing && this.#apps.isClosed) return true
    return nowUs < this.#drainUs + DRAIN_US ? false : `${this.#apps.busy} did not give back what it had`
  }
}
