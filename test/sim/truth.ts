import type { FleetMember } from "./fleet.ts"

/** What really is the case about one member, which no agent can know. */
export interface Truth {
  readonly member: FleetMember
  /** Virtual microseconds. */
  bootedUs: number
  endedUs: number
  /** It said good-bye in its last life. */
  left: boolean
  /** Its disk failed a write: what it remembers of itself may be old. */
  diskTroubled: boolean
  /** Faults that touch it now. */
  troubles: number
  /** When the last fault that touched it ended. */
  calmSinceUs: number
  /** When the last pause ended that is too short to excuse anything; in the future while it lasts. */
  pausedUntilUs: number
}

/** Pauses that follow one another faster than this add up to something longer. */
const PAUSE_SPACING_US = 15_000_000

/** Keeps the truth about every member, and when the network as a whole was last in trouble. */
export class Truths {
  readonly all: readonly Truth[]
  briefPauses = 0
  #networkTroubles = 0
  #networkCalmSinceUs = Number.NEGATIVE_INFINITY

  constructor(members: readonly FleetMember[]) {
    this.all = members.map((member) => ({
      member,
      bootedUs: Number.NEGATIVE_INFINITY,
      endedUs: Number.NEGATIVE_INFINITY,
      left: false,
      diskTroubled: false,
      troubles: 0,
      calmSinceUs: Number.NEGATIVE_INFINITY,
      pausedUntilUs: Number.NEGATIVE_INFINITY,
    }))
  }

  of(index: number): Truth {
    return this.all[index] as Truth
  }

  trouble(index: number): void {
    this.of(index).troubles++
  }

  relieve(index: number, nowUs: number): void {
    const truth = this.of(index)
    truth.troubles--
    truth.calmSinceUs = nowUs
  }

  /** A pause that nobody may die of begins; false where it follows on another trouble and must count as one itself. */
  pauseBriefly(index: number, nowUs: number, durationUs: number): boolean {
    const truth = this.of(index)
    if (truth.troubles > 0 || nowUs - Math.max(truth.pausedUntilUs, truth.calmSinceUs) < PAUSE_SPACING_US) return false
    truth.pausedUntilUs = nowUs + durationUs
    this.briefPauses++
    return true
  }

  troubleNetwork(): void {
    this.#networkTroubles++
  }

  relieveNetwork(nowUs: number): void {
    this.#networkTroubles--
    this.#networkCalmSinceUs = nowUs
  }

  /** True when no fault has touched this member for that long. */
  isCalm(index: number, nowUs: number, forUs: number): boolean {
    const truth = this.of(index)
    return truth.troubles === 0 && nowUs - truth.calmSinceUs >= forUs
  }

  /** As `isCalm`, or that was before it booted. */
  isCalmSinceBoot(index: number, nowUs: number, forUs: number): boolean {
    const { troubles, calmSinceUs, bootedUs } = this.of(index)
    return troubles === 0 && (calmSinceUs <= bootedUs || nowUs - calmSinceUs >= forUs)
  }

  /** As `isCalm`, and it was not even paused for a moment. */
  isUntouched(index: number, nowUs: number, forUs: number): boolean {
    return this.isCalm(index, nowUs, forUs) && nowUs - this.of(index).pausedUntilUs >= forUs
  }

  isNetworkCalm(nowUs: number, forUs: number): boolean {
    return this.#networkTroubles === 0 && nowUs - this.#networkCalmSinceUs >= forUs
  }
}
