import type { Addr } from "@conclave/base"

interface Bucket {
  left: number
  atMs: number
}

/** New channels a second, and as many at once as come after a pause. */
const ALL = { perSecond: 200, atOnce: 400 }
/** The same from one source: an agent has three channels to its relay. */
const ONE = { perSecond: 8, atOnce: 32 }
/** Sources that are remembered; those that have been quiet are forgotten first. */
const SOURCES_MAX = 2048

/**
 * How fast a relay takes new channels. When another relay dies, all its agents come at once: whoever is beyond the
 * bound is refused and comes again later, so that greeting them leaves the loop to those who are served already, and to
 * Raft.
 */
export class Admission {
  readonly #all: Bucket = { left: ALL.atOnce, atMs: 0 }
  readonly #sources: Map<Addr, Bucket> = new Map()

  admits(source: Addr, nowMs: number): boolean {
    const own = this.#sources.get(source) ?? { left: ONE.atOnce, atMs: nowMs }
    refill(this.#all, ALL, nowMs)
    refill(own, ONE, nowMs)
    if (this.#all.left < 1 || own.left < 1) return false
    this.#all.left--
    own.left--
    this.#sources.set(source, own)
    if (this.#sources.size > SOURCES_MAX) this.#forget(nowMs)
    return true
  }

  /** A full bucket is as good as none. */
  #forget(nowMs: number): void {
    for (const [source, bucket] of this.#sources) {
      refill(bucket, ONE, nowMs)
      if (bucket.left === ONE.atOnce) this.#sources.delete(source)
    }
  }
}

function refill(bucket: Bucket, { perSecond, atOnce }: typeof ALL, nowMs: number): void {
  bucket.left = Math.min(atOnce, bucket.left + ((nowMs - bucket.atMs) * perSecond) / 1000)
  bucket.atMs = nowMs
}
