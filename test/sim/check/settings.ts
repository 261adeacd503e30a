import type { EndLine, Input, InvokeLine, Line, Operation } from "./lines.ts"

/** A number that somebody has set, or may have: between its call and its end it takes effect. */
export interface Setting {
  readonly key: string
  readonly value: number
  readonly call: number
  /** Infinity: nobody was told whether it did, which it may at any time. */
  readonly end: number
}

const NEVER = Number.POSITIVE_INFINITY

/** What was set by one operation, and not certainly in vain. */
export function settingsOf(
  lines: readonly Line[],
  { f, of }: { readonly f: Operation; readonly of: (a: Input) => number | undefined },
): readonly Setting[] {
  const begun = lines.filter((line): line is InvokeLine => line.k === "inv" && line.f === f)
  const ops = new Set(begun.map(({ op }) => op))
  const ends = new Map<number, EndLine>()
  for (const line of lines) {
    if ((line.k === "ok" || line.k === "fail") && ops.has(line.op)) ends.set(line.op, line)
  }
  return begun.flatMap(({ op, t: call, key, a }) => {
    const [value, end] = [of(a), ends.get(op)]
    return value === undefined || end?.k === "fail" ? [] : [{ key, value, call, end: end?.t ?? NEVER }]
  })
}

/** Every number that may have held at some time of a stretch: `initial` did until the first one was set. */
export function inForce(
  settings: readonly Setting[],
  { from, to, initial }: { readonly from: number; readonly to: number; readonly initial: number },
): readonly number[] {
  const isOver = (end: number): boolean => settings.some((later) => later.call > end && later.end <= from)
  const set = settings.filter(({ call, end }) => call <= to && !isOver(end)).map(({ value }) => value)
  return isOver(Number.NEGATIVE_INFINITY) ? set : [initial, ...set]
}
