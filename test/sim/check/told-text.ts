import {
  type EntryWords,
  entryText,
  type HolderWords,
  type HoldWords,
  holderText,
  holdText,
  type ItemWords,
  itemText,
  type SessionWords,
  sessionText,
} from "./shown-words.ts"

/** What an agent tells of the thing under a key, in the words of the naive model. */
export function toldText(key: string, item: unknown): string {
  switch (key.slice(0, key.indexOf("/"))) {
    case "kv":
      return entryText(item as EntryWords)
    case "items":
      return itemText(item as ItemWords)
    case "holder":
      return holderText(item as HolderWords)
    case "session":
      return sessionText(item as SessionWords)
    case "members":
      return memberText(item as MemberWords)
    default:
      return holdText(item as HoldWords)
  }
}

interface MemberWords {
  readonly name: string
  readonly id: string
  readonly addr: string
  readonly status: string
  readonly generation: string
  readonly tags: Readonly<Record<string, string>>
  readonly restartingUntil: string | null
}

/** Of a member all that may not change without being told. */
export function memberText({ name, id, addr, status, generation, tags, restartingUntil }: MemberWords): string {
  return JSON.stringify({ name, id, addr, status, generation, tags, isRestarting: restartingUntil !== null })
}

/** A name that nobody holds or waits for, and of which nothing is remembered. */
export function isBlank(item: unknown): boolean {
  const { holders, waiters, history } = item as Partial<HoldWords>
  return holders?.length === 0 && waiters?.length === 0 && history?.length === 0
}

const SHOWN_BEFORE = 60
const SHOWN_BEHIND = 160

/** Where two texts part, with what stands around it. */
export function parting(told: string | undefined, known: string | undefined): string {
  const [a, b] = [told ?? "nothing", known ?? "nothing"]
  let at = 0
  while (at < a.length && a[at] === b[at]) at++
  const from = Math.max(0, at - SHOWN_BEFORE)
  return `${a.slice(from, at + SHOWN_BEHIND)}; the log says ${b.slice(from, at + SHOWN_BEHIND)}`
}
