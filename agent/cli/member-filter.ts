import type { Member } from "@conclave/sdk"
import { closest } from "../config/closest.ts"
import { nextHelp } from "./terminal/arguments.ts"
import type { Given } from "./terminal/command.ts"
import { usageError } from "./terminal/failure.ts"

const STATUSES = ["alive", "suspect", "dead", "left"]

/** What of the members is asked for. */
export interface MemberFilter {
  readonly name: string | undefined
  readonly status: readonly string[] | undefined
  readonly tags: readonly (readonly [string, string])[]
}

export function filterOf(given: Given): MemberFilter {
  const status = given.flags.get("status")?.flatMap((text) => text.split(","))
  const wrong = status?.find((each) => !STATUSES.includes(each))
  if (wrong !== undefined) {
    const meant = closest(wrong, STATUSES)
    const guess = meant === undefined ? `there are ${STATUSES.join(", ")}` : `did you mean ${meant}?`
    throw usageError(`${JSON.stringify(wrong)} is no status; ${guess}`, nextHelp(given))
  }
  const tags = (given.flags.get("tag") ?? []).map((text): [string, string] => {
    const equals = text.indexOf("=")
    if (equals < 1) throw usageError(`--tag takes key=value, not ${JSON.stringify(text)}`, nextHelp(given))
    return [text.slice(0, equals), text.slice(equals + 1)]
  })
  return { name: given.args[0], status, tags }
}

export function fits(member: Member, { name, status, tags }: MemberFilter): boolean {
  return (
    (name === undefined || member.name === name) &&
    (status === undefined || status.includes(member.status)) &&
    tags.every(([key, value]) => Object.hasOwn(member.tags, key) && member.tags[key] === value)
  )
}
