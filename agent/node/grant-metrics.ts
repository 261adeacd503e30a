import { Counter, Gauge, Histogram, type Registry } from "prom-client"
import { GRANT_CLASSES, type GrantClass, type GrantCounts, type Span } from "../coordination/grant-counts.ts"

/** Seconds: from one commit to the longest that anybody waits for or holds. */
const BUCKETS = [0.005, 0.02, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 7200]
const SPANS: readonly Span[] = ["wait", "hold", "letGo"]

/** In the names of metrics, and in words for people. */
const WORDS: Readonly<Record<GrantClass, readonly [one: string, many: string, words: string]>> = {
  lock: ["lock", "locks", "locks"],
  election: ["election", "elections", "leaderships"],
  semaphore: ["semaphore", "semaphores", "permits of semaphores"],
  group: ["group", "group_members", "memberships of groups"],
  worker: ["worker", "workers", "places of workers in their pools"],
  work: ["work", "work_items", "items of work"],
}

/**
 * What this host's sessions hold, and how it is contended for: by kinds, never by names, of which there may be any
 * number.
 */
export function grantMetrics(registry: Registry, counts: GrantCounts): void {
  const registers = [registry]
  const histograms = new Map<string, Histogram>()
  for (const of of GRANT_CLASSES) {
    const [one, many, words] = WORDS[of]
    new Gauge({
      name: `conclave_${many}`,
      help: `This host's ${words}, held and waited for`,
      labelNames: ["state"],
      registers,
      collect() {
        const now = counts.standing().find((each) => each.of === of)
        this.set({ state: "held" }, now?.held ?? 0)
        this.set({ state: "waiting" }, now?.waiting ?? 0)
      },
    })
    new Counter({
      name: `conclave_${one}_lost_total`,
      help: `Of this host's ${words}, those that were not given back`,
      labelNames: ["reason"],
      registers,
      collect() {
        this.reset()
        for (const { reason, count } of counts.lost(of)) this.inc({ reason }, count)
      },
    })
    for (const span of SPANS) histograms.set(`${of} ${span}`, spent(registry, of, span))
  }
  new Counter({
    name: "conclave_work_completed_total",
    help: "Items of work that this host's workers have settled",
    labelNames: ["result"],
    registers,
    collect() {
      this.reset()
      for (const { result, count } of counts.settled()) this.inc({ result }, count)
    },
  })
  counts.observe(({ of, span, seconds }) => histograms.get(`${of} ${span}`)?.observe(seconds))
}

function spent(registry: Registry, of: GrantClass, span: Span): Histogram {
  const [one, , words] = WORDS[of]
  const about: Readonly<Record<Span, readonly [name: string, help: string]>> = {
    wait: ["wait", `How long this host's ${words} were waited for`],
    hold: ["hold", `How long this host's ${words} were held`],
    letGo: ["let_go", `How long this host's ${words} went on after they were asked for`],
  }
  const [name, help] = about[span]
  return new Histogram({ name: `conclave_${one}_${name}_seconds`, help, buckets: BUCKETS, registers: [registry] })
}
