import type { HoldStory } from "./holds-of.ts"
import type { Finding, Line } from "./lines.ts"

/** What was given up is never told as ours, and what certainly failed neither (§6.6 (d)). */
export function givenUp(stories: readonly HoldStory[], lines: readonly Line[]): readonly Finding[] {
  const over = new Map<number, number>()
  for (const { op, end } of stories) if (end !== undefined && !end.granted) over.set(op, end.t)
  const found: Finding[] = []
  for (const line of lines) {
    if (line.k !== "hold" || line.type !== "granted") continue
    const t = over.get(line.op)
    if (t === undefined || line.t < t) continue
    found.push({ rule: "what-was-given-up-is-not-granted", t: line.t, message: `${line.p} was given up at ${t}` })
  }
  return found
}

interface SessionStory {
  life: string
  /** What was promised, and when its answer came. */
  until: number
}

/**
 * A session that its client may still believe in neither expires nor is ended for silence (§6.6 (f), contract §6); one
 * that ends since its processes are gone had none that lived.
 */
export function sessionsLive(lines: readonly Line[]): readonly Finding[] {
  const sessions = new Map<string, SessionStory>()
  const lifeOf = new Map<number, string>()
  const killed = new Map<string, number>()
  for (const line of lines) {
    if (line.k === "inv" && line.a.app !== undefined) lifeOf.set(line.op, line.a.app)
    if (line.k === "ok" && line.r?.until !== undefined && line.r.s !== undefined) {
      const known = sessions.get(line.r.s) ?? { life: lifeOf.get(line.op) ?? "", until: 0 }
      sessions.set(line.r.s, known)
      known.until = Math.max(known.until, line.r.until)
    }
    if (line.k === "fault" && line.f === "kill-client" && line.phase === "start") {
      for (const life of (line.spec["procs"] ?? []) as readonly string[])
        if (!killed.has(life)) killed.set(life, line.t)
    }
  }
  return lines.flatMap((line) => (line.k === "log" ? line.fx.flatMap((end) => judged(line.t, end)) : []))

  function judged(t: number, { ended, cause }: { readonly ended: string; readonly cause: string }): readonly Finding[] {
    const session = sessions.get(ended)
    if (session === undefined) return []
    const diedAt = killed.get(session.life) ?? Number.POSITIVE_INFINITY
    if (cause === "exited" && diedAt > t) {
      return [{ rule: "only-the-dead-have-exited", t, message: `${ended} of ${session.life}, which lives` }]
    }
    // Nobody believes in what a dead process was promised.
    if ((cause !== "expired" && cause !== "silent") || diedAt <= t || session.until <= t) return []
    const message = `${ended} of ${session.life} was ended as ${cause}, promised until ${session.until}`
    return [{ rule: "no-session-ends-early", t, message }]
  }
}
