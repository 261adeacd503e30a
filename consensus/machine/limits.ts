/** Counts and sizes that each replica refuses alike (contract §3.7); they are part of what the log means. */
export interface MachineLimits {
  readonly sessions: number
  /** Names that have a holder or a waiter, and keys: together. */
  readonly names: number
  /** Holders and waiters of one name. */
  readonly holdsOfName: number
  /**
   * Of all records of a snapshot but what is staged, which may be as much again. New sessions and holds are refused
   * beyond it; what relieves it goes on.
   */
  readonly stateBytes: number
  /** Answers kept for one session. */
  readonly answers: number
  /** Names kept for their history alone; beyond it the one that was freed first is forgotten. */
  readonly freeNames: number
  /**
   * Of the past grants of all names, about. Beyond it a name remembers its last grant alone, and those that are kept
   * for their history are forgotten.
   */
  readonly pastBytes: number
  /** Sessions that are over and still known; beyond it the one that ended first is forgotten. */
  readonly endedSessions: number
  /** Items of all pools together. */
  readonly workItems: number
}

export const MACHINE_LIMITS: MachineLimits = {
  sessions: 100_000,
  names: 100_000,
  holdsOfName: 10_000,
  stateBytes: 64 * 1024 * 1024,
  answers: 128,
  freeNames: 10_000,
  pastBytes: 16 * 1024 * 1024,
  endedSessions: 100_000,
  workItems: 50_000,
}

export const NAME_CHARACTERS_MAX = 255
export const MEMBER_CHARACTERS_MAX = 128
export const APP_BYTES_MAX = 255
export const NOTE_BYTES_MAX = 256
export const VALUE_BYTES_MAX = 4096
/** The value of an entry. */
export const ENTRY_VALUE_BYTES_MAX: number = 64 * 1024
export const REASON_BYTES_MAX = 256
export const CLUSTER_ID_CHARACTERS_MAX = 64
/** Remembered as removed; of more the first is forgotten. */
export const REMOVED_HOSTS_MAX = 1000
export const TTL_MS_MIN = 2000
export const TTL_MS_MAX = 300_000
export const LOCK_DELAY_MS_MAX = 60_000
export const PRIORITY_MAX = 1_000_000
/** Limits, weights and capacities: bytes can be counted so, and the sum of two stays a whole number. */
export const LIMIT_MAX = 1_000_000_000_000_000
export const ZONE_BYTES_MAX = 128
/** Keys and values together. */
export const TAGS_BYTES_MAX = 512
/** Waits, graces and longest holds: a hundred years, so that no sum leaves the whole numbers. */
export const DURATION_MS_MAX: number = 100 * 366 * 24 * 3600 * 1000

/** `[A-Za-z0-9][A-Za-z0-9._:@/-]{0,254}`, without the tables of a language's regular expressions. */
export function isName(text: string): boolean {
  if (text.length === 0 || text.length > NAME_CHARACTERS_MAX || !isLetterOrDigit(text.charCodeAt(0))) return false
  for (let at = 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (!isLetterOrDigit(code) && !OTHERS_IN_NAMES.has(code)) return false
  }
  return true
}

/** Bytes of a text in UTF-8; a half of a pair of surrogates counts as what replaces it. */
export function textBytes(text: string): number {
  let bytes = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (isHighHalf(code) && isLowHalf(text.charCodeAt(at + 1))) {
      bytes += 4
      at++
    } else bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : 3
  }
  return bytes
}

const OTHERS_IN_NAMES: ReadonlySet<number> = new Set([..."._:@/-"].map((each) => each.charCodeAt(0)))

function isLetterOrDigit(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
}

function isHighHalf(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00
}

function isLowHalf(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000
}
