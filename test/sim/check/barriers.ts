import type { EndLine, Finding, InvokeLine, Line } from "./lines.ts"
import { pausesOf } from "./pauses.ts"

const NEVER = Number.POSITIVE_INFINITY
/** A commit, with what it takes to be told of it. */
const COMMIT_US = 1_000_000

/** All that a history says of one wait at a barrier. */
interface Wait {
  readonly begun: InvokeLine
  readonly life: string
  readonly parties: number
  queuedAt: number
  end: EndLine | undefined
}

type Opened = Wait & { readonly end: EndLine; readonly generation: number; readonly index: number }

/**
 * A barrier opens once a generation, with exactly as many as it takes: each has a place of its own, and nobody is
 * through before all have come. From `fromUs` on it opens within a commit.
 */
export function openings(lines: readonly Line[], fromUs: number): readonly Finding[] {
  const byKey = new Map<string, Wait[]>()
  for (const wait of waitsOf(lines)) byKey.set(wait.begun.key, [...(byKey.get(wait.begun.key) ?? []), wait])
  const paused = pausesOf(lines)
  return [...byKey].flatMap(([key, waits]) => {
    const calm = waits.filter(({ begun, life }) => begun.t >= fromUs && !paused.has(life))
    const found = [...opened(waits), ...growing(waits.flatMap(through)), ...forgotten(calm)]
    return found.map(({ rule, t, message }) => ({ rule, t, message: `${key}: ${message}` }))
  })
}

function opened(waits: readonly Wait[]): readonly Finding[] {
  const byGeneration = new Map<number, Opened[]>()
  for (const each of waits.flatMap(through)) {
    byGeneration.set(each.generation, [...(byGeneration.get(each.generation) ?? []), each])
  }
  return [...byGeneration].flatMap(([generation, told]) => {
    const { parties } = told[0] as Opened
    const [cameAt, throughAt] = [Math.max(...told.map(cameOf)), Math.min(...told.map(({ end }) => end.t))]
    const say = (rule: string, message: string): Finding[] => [
      { rule, t: throughAt, message: `${generation} ${message}` },
    ]
    if (throughAt < cameAt) return say("nobody-is-through-before-all-have-come", `opened before somebody came`)
    const places = new Set(told.map(({ index }) => index))
    if (places.size < told.length || told.some(({ index }) => index >= parties)) {
      return say("each-party-has-its-place", `has ${told.map(({ index }) => index).join(", ")} of ${parties}`)
    }
    // Who gave up, died or was not answered may have been there.
    const perhaps = waits.filter((wait) => isUnknown(wait) && cameOf(wait) <= throughAt)
    if (told.length + perhaps.length >= parties) return []
    return say(
      "a-barrier-opens-with-all",
      `opened with ${told.length} of ${parties}, and at most ${perhaps.length} more`,
    )
  })
}

/** A generation is a token. */
function growing(waits: readonly Opened[]): readonly Finding[] {
  return waits.flatMap((wait) => {
    const before = waits.find((each) => each.end.t < cameOf(wait) && each.generation >= wait.generation)
    if (before === undefined) return []
    const message = `${wait.begun.p} came after ${before.generation} had opened, and is of ${wait.generation}`
    return [{ rule: "generations-grow", t: wait.end.t, message }]
  })
}

/** Those that stood there together, known to all, and were still there when the barrier must have opened. */
function forgotten(waits: readonly Wait[]): readonly Finding[] {
  return waits.flatMap(({ queuedAt, parties }) => {
    if (queuedAt === NEVER) return []
    const until = queuedAt + COMMIT_US
    const standing = waits.filter((each) => each.queuedAt <= queuedAt && (each.end?.t ?? NEVER) > until)
    if (standing.length < parties) return []
    const message = `${standing.length} of ${parties} wait since ${queuedAt}`
    return [{ rule: "a-barrier-opens-as-soon-as-all-are-there", t: until, message }]
  })
}

function waitsOf(lines: readonly Line[]): readonly Wait[] {
  const waits = new Map<number, Wait>()
  for (const line of lines) {
    if (line.k === "inv" && line.f === "barrier") {
      const life = line.p.slice(0, line.p.lastIndexOf("."))
      waits.set(line.op, { begun: line, life, parties: line.a.parties ?? 0, queuedAt: NEVER, end: undefined })
    } else if (line.k === "hold" && line.type === "queued") {
      const wait = waits.get(line.op)
      if (wait !== undefined) wait.queuedAt = Math.min(wait.queuedAt, line.t)
    } else if (line.k === "ok" || line.k === "fail" || line.k === "info") {
      const wait = waits.get(line.op)
      if (wait !== undefined) wait.end = line
    }
  }
  return [...waits.values()]
}

function through(wait: Wait): readonly Opened[] {
  const { end } = wait
  if (end?.k !== "ok" || end.r?.generation === undefined) return []
  return [{ ...wait, end, generation: Number(end.r.generation), index: end.r.index ?? 0 }]
}

function isUnknown({ end }: Wait): boolean {
  return end?.k !== "fail" && end?.r?.generation === undefined
}

function cameOf({ begun }: Wait): number {
  return begun.t
}
