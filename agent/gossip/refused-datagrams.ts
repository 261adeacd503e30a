import type { Warning } from "../api/view.ts"
import type { Log } from "../ports.ts"
import type { SealProblem } from "./seal/seal.ts"

/** A kind of mistake is logged again after this, and stands in the warnings for as long after it was last seen. */
const SPACING_MS = 60_000

type Mistake = { readonly event: string; readonly what: string; readonly hint: string }

/** Problems that name a mistake in somebody's configuration; the others are only counted. */
const MISTAKES: Readonly<Partial<Record<SealProblem, Mistake>>> = {
  label: {
    event: "gossip.other-cluster",
    what: "sends gossip of another cluster",
    hint: "compare the cluster names of the two agents",
  },
  sealed: {
    event: "gossip.other-key",
    what: "seals its gossip with a key that this agent does not have",
    hint: "compare the files that gossipKeyFile names on the two hosts",
  },
  unsealed: {
    event: "gossip.unsealed",
    what: "sends gossip that is not sealed, which this agent does not take",
    hint: "give that host the key file of this one and name it by gossipKeyFile",
  },
  forged: {
    event: "gossip.forged",
    what: "sends gossip that was made without the key, or changed on its way",
    hint: "compare the files that gossipKeyFile names on the two hosts; if they are equal, look who sends from there",
  },
}

/** Datagrams that were dropped unanswered: how many, why, and what an operator should know of it. */
export class RefusedDatagrams {
  readonly #log: Log
  readonly #seen: Map<SealProblem, { readonly source: string; readonly atMs: number; readonly saidMs: number }> =
    new Map()
  /** By reason; each one is there from the start. */
  readonly counts: Record<SealProblem, number> = {
    truncated: 0,
    oversize: 0,
    foreign: 0,
    version: 0,
    label: 0,
    unsealed: 0,
    sealed: 0,
    forged: 0,
    replayed: 0,
    damaged: 0,
    malformed: 0,
  }

  constructor(log: Log) {
    this.#log = log
  }

  refused(source: string, problem: SealProblem, nowMs: number): void {
    this.counts[problem]++
    const mistake = MISTAKES[problem]
    if (mistake === undefined) return
    const last = this.#seen.get(problem)
    const isSaid = last !== undefined && nowMs - last.saidMs < SPACING_MS
    this.#seen.set(problem, { source, atMs: nowMs, saidMs: isSaid ? last.saidMs : nowMs })
    if (isSaid) return
    this.#log.write("warn", mistake.event, `${source} ${mistake.what}; ${mistake.hint}`, { addr: source })
  }

  /** Of the last minute. */
  warnings(nowMs: number): readonly Warning[] {
    return [...this.#seen].flatMap(([problem, { source, atMs }]) => {
      const mistake = MISTAKES[problem]
      if (mistake === undefined || nowMs - atMs >= SPACING_MS) return []
      return [{ code: mistake.event.replace(".", "-"), message: `${source} ${mistake.what}`, hint: mistake.hint }]
    })
  }
}
