import type { Finding, InvokeLine, Line, SightLine } from "./lines.ts"
import type { Replay } from "./replay.ts"
import type { ShownThing } from "./shown-state.ts"
import { Timeline } from "./timeline.ts"
import { type StreamOptions, WatchedStream } from "./watched-stream.ts"

const MEMBERS = "members/"

/**
 * Whether all that was watched adds up to what was there: of the replicated state by the log alone, of members by what
 * the agent that was asked came to know (contract §3.4).
 */
export function watched(lines: readonly Line[], replay: Replay): readonly Finding[] {
  const sights = sightsOf(lines)
  const asked = new Map<number, InvokeLine>()
  const streams = new Map<string, WatchedStream>()
  const found: Finding[] = []
  for (const line of lines) {
    if (line.k === "inv" && line.f === "watch") asked.set(line.op, line)
    if (line.k !== "watch") continue
    const begun = asked.get(line.op)
    if (begun !== undefined) {
      asked.delete(line.op)
      const options = optionsOf(line.scope, begun, { sights, replay })
      const known = streams.get(line.w) ?? new WatchedStream(line.scope)
      streams.set(line.w, known)
      known.begin(begun.a.from, options)
    }
    const stream = streams.get(line.w)
    if (stream === undefined) continue
    for (const { rule, what } of stream.take(line)) {
      found.push({ rule, t: line.t, message: `${line.w} ${line.scope}: ${what}` })
    }
  }
  return found
}

interface Truths {
  readonly sights: ReadonlyMap<string, Timeline<ShownThing>>
  readonly replay: Replay
}

/** Members are known to one life of one agent, whose versions nobody can come back with. */
function optionsOf(scope: string, { n, t, a }: InvokeLine, { sights, replay }: Truths): StreamOptions {
  if (!scope.startsWith(MEMBERS)) {
    const { shown: truth, lastRev } = replay
    const { seen = 0, from = 0 } = a
    // What comes from a future is of another state, and begins anew.
    const floor = Math.max(seen, from > replay.revAt(t) ? 0 : from)
    return { truth, lastRev, floor, reasonOf: (key, rev) => reasonOf(key, rev, replay) }
  }
  const truth = sights.get(lifeOf(n, a.boot ?? 0)) ?? new Timeline(isAlike)
  // What becomes of itself no agent has from others.
  const isLeftOut = (key: string): boolean => key === `${MEMBERS}${n}`
  return { truth, lastRev: Number.POSITIVE_INFINITY, floor: 0, isLeftOut }
}

/** Of one who holds a name: it has joined, says something else of itself, or why it went. */
function reasonOf(key: string, rev: number, { shown, ends }: Replay): string | undefined {
  const [first, kind, name] = key.split("/")
  if (first !== "holder") return undefined
  const [before, after] = [shown.at(key, rev - 1), shown.at(key, rev)].map((thing) =>
    thing === undefined ? undefined : (JSON.parse(thing.text) as { readonly token: string }).token,
  )
  if (before === undefined) return "joined"
  return before === after ? "updated" : ends.get(`${kind}/${name} ${before}`)
}

/** What each life of an agent came to know of members, at each version of its view. */
function sightsOf(lines: readonly Line[]): ReadonlyMap<string, Timeline<ShownThing>> {
  const all = new Map<string, { readonly timeline: Timeline<ShownThing>; readonly now: Map<string, ShownThing> }>()
  for (const line of lines) {
    if (line.k !== "sight") continue
    const life = lifeOf(line.n, line.boot)
    const known = all.get(life) ?? { timeline: new Timeline(isAlike), now: new Map() }
    all.set(life, known)
    see(known.now, line)
    known.timeline.look(line.version, known.now)
  }
  return new Map([...all].map(([life, { timeline }]) => [life, timeline]))
}

function see(now: Map<string, ShownThing>, { member, text }: SightLine): void {
  if (text === undefined) now.delete(`${MEMBERS}${member}`)
  else now.set(`${MEMBERS}${member}`, { text, isThere: true })
}

function lifeOf(agent: string, boot: number): string {
  return `${agent}.${boot}`
}

function isAlike(a: ShownThing, b: ShownThing): boolean {
  return a.text === b.text
}
