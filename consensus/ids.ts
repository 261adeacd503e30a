import { assert, type Brand } from "@conclave/base"

/** A leader's reign (Raft §5.1); 0 before the first election. */
export type Term = Brand<number, "Term">

/** A place in the log; the first entry has 1, 0 is the place before it. */
export type LogIndex = Brand<number, "LogIndex">

/** One replica of the log: minted with its data directory and never used again. A wiped disk is a new replica. */
export type ReplicaId = Brand<string, "ReplicaId">

/** One founding: minted by the founder; logs of two clusters never meet. */
export type ClusterId = Brand<string, "ClusterId">

/** Ids of replicas and clusters: this many printable characters of ASCII at most, at least one. */
export const ID_CHARACTERS_MAX = 64
const FIRST_PRINTABLE = 0x21
const LAST_PRINTABLE = 0x7e

export const TERM_ZERO: Term = 0 as Term
export const INDEX_ZERO: LogIndex = 0 as LogIndex

export function term(value: number): Term {
  assert(Number.isSafeInteger(value) && value >= 0, "a term is a whole number from 0")
  return value as Term
}

export function logIndex(value: number): LogIndex {
  assert(Number.isSafeInteger(value) && value >= 0, "an index is a whole number from 0")
  return value as LogIndex
}

export function isReplicaId(value: string): value is ReplicaId {
  return isId(value)
}

export function isClusterId(value: string): value is ClusterId {
  return isId(value)
}

export function next(index: LogIndex): LogIndex {
  return (index + 1) as LogIndex
}

export function least(a: LogIndex, b: LogIndex): LogIndex {
  return a < b ? a : b
}

export function greatest(a: LogIndex, b: LogIndex): LogIndex {
  return a > b ? a : b
}

/** Asked of each message: without an expression, which costs several times as much. */
function isId(value: string): boolean {
  for (let at = 0; at < value.length; at++) {
    const character = value.charCodeAt(at)
    if (character < FIRST_PRINTABLE || character > LAST_PRINTABLE) return false
  }
  return value.length > 0 && value.length <= ID_CHARACTERS_MAX
}
