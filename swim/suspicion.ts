import type { SwimConfig } from "./config.ts"
import type { Accuser } from "./types.ts"

/** log10(n) × 1000, rounded, for n = 10 … 99. Integers: engines differ in the last bit of `Math.log10`. */
const LOG10_MILLI: readonly number[] = [
  1000, 1041, 1079, 1114, 1146, 1176, 1204, 1230, 1255, 1279, 1301, 1322, 1342, 1362, 1380, 1398, 1415, 1431, 1447,
  1462, 1477, 1491, 1505, 1519, 1531, 1544, 1556, 1568, 1580, 1591, 1602, 1613, 1623, 1633, 1643, 1653, 1663, 1672,
  1681, 1690, 1699, 1708, 1716, 1724, 1732, 1740, 1748, 1756, 1763, 1771, 1778, 1785, 1792, 1799, 1806, 1813, 1820,
  1826, 1833, 1839, 1845, 1851, 1857, 1863, 1869, 1875, 1881, 1886, 1892, 1898, 1903, 1908, 1914, 1919, 1924, 1929,
  1934, 1940, 1944, 1949, 1954, 1959, 1964, 1968, 1973, 1978, 1982, 1987, 1991, 1996,
]

/** ln(c + 1) / ln(k + 1) × 1000 for k wanted confirmations and c ≤ k received ones. */
const SHRINK_MILLI: readonly (readonly number[])[] = [
  [1000],
  [0, 1000],
  [0, 631, 1000],
  [0, 500, 792, 1000],
  [0, 431, 683, 861, 1000],
  [0, 387, 613, 774, 898, 1000],
]

/** max(1, log10(n)) × 1000. */
export function nodeScaleMilli(members: number): number {
  let scaled = members
  let decades = 0
  while (scaled >= 100) {
    scaled = Math.floor(scaled / 10)
    decades += 1000
  }
  return decades + (LOG10_MILLI[scaled - 10] ?? 1000)
}

/** ceil(log10(n + 1)): the factor of the retransmit limit (SWIM §4.1). */
export function decimalDigits(members: number): number {
  let digits = 1
  for (let bound = 10; bound <= members; bound *= 10) digits++
  return digits
}

export interface SuspicionBounds {
  readonly minMs: number
  readonly maxMs: number
  /** Confirmations wanted; 0 = the suspicion runs for the minimum from the start. */
  readonly wanted: number
}

/**
 * Lifeguard §IV-B: bounds of a suspicion among `members` rows, this one included. `away` of them announced a restart:
 * they confirm nothing, and nobody waits for what they would say.
 */
export function suspicionBounds(config: SwimConfig, members: number, away = 0): SuspicionBounds {
  const scaled = (config.suspicionMultMilli * nodeScaleMilli(members) * config.probeIntervalMs) / 1_000_000
  const minMs = Math.max(config.suspicionFloorMs, Math.round(scaled))
  const wanted = members - away - 2 < config.confirmations ? 0 : config.confirmations
  return { minMs, maxMs: minMs * config.suspicionMaxMult, wanted }
}

/** Lifeguard §IV-B: how long a suspicion lasts after `confirmations` accusers other than the first. */
export function suspicionTimeoutMs(bounds: SuspicionBounds, confirmations: number): number {
  const { minMs, maxMs, wanted } = bounds
  const row = SHRINK_MILLI[wanted] ?? []
  const shrink = row[Math.min(confirmations, wanted)] ?? 1000
  return Math.max(minMs, maxMs - Math.round(((maxMs - minMs) * shrink) / 1000))
}

/** One running suspicion at one observer. */
export interface Suspicion {
  readonly startMs: number
  readonly bounds: SuspicionBounds
  readonly accusers: readonly Accuser[]
  /** When the accused was asked a last time; undefined = not yet. */
  readonly calledMs: number | undefined
  /** Time that our own stalls took away, all of them together. */
  readonly lostMs: number
  /** The longest of these stalls. */
  readonly longestStallMs: number
}

/**
 * How far our own stalls put a deadline off. The longest is given back whole, since nothing was heard in it and a host
 * that wakes from a suspension must not kill its peers; all others add at most twice the nominal length, so that an
 * agent that is throttled all the time still judges.
 */
export function stretchMs(nominalMs: number, stalls: { lostMs: number; longestStallMs: number }): number {
  const { lostMs, longestStallMs } = stalls
  return longestStallMs + Math.min(lostMs - longestStallMs, 2 * nominalMs)
}

/** Accusers kept and forwarded for one subject; more tell nothing new. */
export const ACCUSERS_MAX = 8

/**
 * The accusers of both, each once, in the order they were heard of; the same list when the news tells nothing new.
 * First-hand only: hearsay has no entry. A witness by link outranks what the same accuser said before.
 */
export function mergeAccusers(held: readonly Accuser[], news: readonly Accuser[]): readonly Accuser[] {
  let merged: Accuser[] | undefined
  for (const accuser of news) {
    const list: readonly Accuser[] = merged ?? held
    const isWitness = accuser.path === "link"
    let at = list.findIndex((other) => other.id === accuser.id)
    if (at >= 0 && (!isWitness || list[at]?.path === "link")) continue
    if (at < 0 && list.length >= ACCUSERS_MAX) {
      // In a full list a witness takes the place of somebody who saw less.
      at = isWitness ? list.findLastIndex((other) => other.path !== "link") : -1
      if (at < 0) continue
    }
    merged ??= [...held]
    if (at >= 0) merged[at] = accuser
    else merged.push(accuser)
  }
  return merged ?? held
}

/**
 * When a suspicion ends. Two witnesses of reset watch links prove that the process is gone, so it runs short;
 * one such witness is a confirmed accusation and runs for the minimum.
 */
export function suspicionDueMs(config: SwimConfig, suspicion: Suspicion): number {
  const nominal = nominalMs(config, suspicion)
  return suspicion.startMs + nominal + stretchMs(nominal, suspicion)
}

function nominalMs(config: SwimConfig, suspicion: Suspicion): number {
  let links = 0
  for (const accuser of suspicion.accusers) if (accuser.path === "link") links++
  if (links >= 2) return Math.min(config.linkSuspicionMs, suspicion.bounds.minMs)
  if (links === 1) return suspicion.bounds.minMs
  return suspicionTimeoutMs(suspicion.bounds, Math.max(0, suspicion.accusers.length - 1))
}
