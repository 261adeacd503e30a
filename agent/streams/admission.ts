interface Bucket {
  left: number
  atMs: number
}

interface Rate {
  readonly perSecond: number
  /** As many at once as come after a pause. */
  readonly atOnce: number
}

export interface AdmissionRates {
  /** Of all sources together. */
  readonly all: Rate
  readonly one: Rate
}

/** New channels; an agent has three to its relay. */
const CHANNELS: AdmissionRates = { all: { perSecond: 200, atOnce: 400 }, one: { perSecond: 8, atOnce: 32 } }
/** Sources that are remembered; those that have been quiet are forgotten first. */
const SOURCES_MAX = 2048

/**
 * How fast newcomers are taken. Of a relay: when another relay dies, all its agents come at once: whoever is beyond the
 * bound is refused and comes again later, so that greeting them leaves the loop to those who are served already, and to
 * Raft.
 */
export class Admission {
  readonly #rates: AdmissionRates
  readonly #all: Bucket
  readonly #sources: Map<string, Bucket> = new Map()

  constructor(rates: AdmissionRates = CHANNELS) {
    this.#rates = rates
    this.#all = { left: rates.all.atOnce, atMs: 0 }
  }

  admits(source: string, nowMs: number): boolean {
    const { all, one } = this.#rates
    const own = this.#sources.get(source) ?? { left: one.atOnce, atMs: nowMs }
    refill(this.#all, all, nowMs)
    refill(own, one, nowMs)
    if (this.#all.left < 1 || own.left < 1) return false
    this.#all.left--
    own.left--
    this.#sources.set(source, own)
    if (this.#sources.size > SOURCES_MAX) this.#forget(nowMs)
    return true
  }

  /** A full bucket is as good as none. */
  #forget(nowMs: number): void {
    const { one } = this.#rates
    for (const [source, bucket] of this.#sources) {
      refill(bucket, one, nowMs)
      if (bucket.left === one.atOnce) this.#sources.delete(source)
    }
  }
}

function refill(bucket: Bucket, { perSecond, atOnce }: Rate, nowMs: number): void {
  bucket.left = Math.min(atOnce, bucket.left + ((nowMs - bucket.atMs) * perSecond) / 1000)
  bucket.atMs = nowMs
}
