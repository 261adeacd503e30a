import { unreachable } from "@conclave/base"
import { areSame, sortedCandidates } from "./candidates.ts"
import { aborted, advanceAttempt, advanceCandidate, beginsMs, heardOfProposal, opened } from "./founder.ts"
import { advancePledge, heardVerdict, pledged, proposed, verdictOf } from "./pledging.ts"
import { answer, type Scene } from "./scene.ts"
import type { FoundingConfig, FoundingEffect, FoundingInput, FoundingRecord, FoundingState } from "./types.ts"

const NEVER = Number.POSITIVE_INFINITY

/** What a host begins with, after each start: all but the record is of this life. */
export function foundingBegins(record: FoundingRecord): FoundingState {
  return {
    record,
    writing: undefined,
    rewriteMs: NEVER,
    others: undefined,
    othersSinceMs: 0,
    members: undefined,
    pledged: [],
    lastHeard: [],
    endMs: NEVER,
    askMs: NEVER,
    isFounding: false,
    foundMs: NEVER,
    failures: 0,
    failure: undefined,
    pausedUntilMs: 0,
    verdictMs: 0,
    verdict: undefined,
    cluster: undefined,
  }
}

/**
 * Founding by so many hosts as were told to, for fleets without an operator at hand. It is two-phase commit (Gray,
 * Notes on Data Base Operating Systems, 1978): the one on whom all agree by its id asks the others to promise that they
 * found with nobody else, each writes that down before it says so, and when the last has promised the founder founds a
 * group of one, which grows as any other. As long as somebody is missing nothing is founded; after a while the founder
 * aborts for good, writes that down and frees whoever asks. A promise binds until its founder has said what became of
 * it, so two clusters can only come of twice as many hosts as were to found together.
 *
 * Majorities do not do it: views differ at a first start, and two founders that each see most of what they see are two
 * clusters. A promise that ends by itself does not either: the founder may be about to found.
 */
export class Unanimity {
  readonly #config: FoundingConfig
  readonly #state: FoundingState

  /** Takes the state over. */
  constructor(config: FoundingConfig, state: FoundingState) {
    this.#config = config
    this.#state = state
  }

  get state(): Readonly<FoundingState> {
    return this.#state
  }

  /** Whether this host could begin an attempt as things are; else it waits for others, or another for it. */
  get isNext(): boolean {
    return beginsMs({ config: this.#config, state: this.#state }) < NEVER
  }

  get nextDeadlineMs(): number {
    const { cluster, writing, rewriteMs, isFounding, foundMs, record, members, endMs, askMs, verdictMs } = this.#state
    if (cluster !== undefined) return NEVER
    if (writing !== undefined) return rewriteMs
    if (isFounding) return foundMs
    if (record.isOpen) return members === undefined ? 0 : Math.min(endMs, askMs)
    return record.pledge === undefined ? beginsMs({ config: this.#config, state: this.#state }) : verdictMs
  }

  step(nowMs: number, input: FoundingInput): readonly FoundingEffect[] {
    const scene: Scene = { config: this.#config, state: this.#state, nowMs, effects: [] }
    take(scene, input)
    advance(scene)
    return scene.effects
  }
}

function take(scene: Scene, input: FoundingInput): void {
  const { state, config, nowMs } = scene
  switch (input.kind) {
    case "tick":
      return
    case "view":
      return look(scene, sortedCandidates(input.others))
    case "asked": {
      const { call, ask } = input
      if (ask.kind === "propose") return proposed(scene, call, { from: input.from, ask })
      return answer(scene, call, verdictOf(state, ask))
    }
    case "heard":
      if (input.ask.kind === "propose") return heardOfProposal(scene, input.from, input)
      return heardVerdict(scene, input.from, input)
    case "persisted":
      if (input.isDurable) return written(scene)
      state.rewriteMs = nowMs + config.diskAgainMs
      return
    case "decree":
      state.isFounding = true
      state.foundMs = NEVER
      return
    case "notFounded":
      state.foundMs = nowMs + config.diskAgainMs
      return
    case "belongs":
      state.cluster = input.cluster
      return
    default:
      unreachable(input)
  }
}

function look({ state, nowMs }: Scene, others: FoundingState["others"] & {}): void {
  if (areSame(state.others, others)) return
  state.others = others
  state.othersSinceMs = nowMs
}

function written(scene: Scene): void {
  const { state, effects } = scene
  const { writing } = state
  state.writing = undefined
  state.rewriteMs = NEVER
  switch (writing?.kind) {
    case undefined:
      return
    case "open":
      return opened(scene, writing.members)
    case "abort":
      return aborted(scene, writing.failure)
    case "pledge":
      return pledged(scene, writing)
    case "free":
      effects.push({ kind: "news", news: { kind: "freed", pledge: writing.pledge, why: writing.why } })
      return
  }
}

/** What is due now, and not before the last write is done. */
function advance(scene: Scene): void {
  const { state, nowMs, effects } = scene
  const { record } = state
  if (state.cluster !== undefined) return
  if (state.writing !== undefined) {
    if (nowMs < state.rewriteMs) return
    state.rewriteMs = NEVER
    effects.push({ kind: "persist", record })
    return
  }
  if (record.isOpen && !state.isFounding) advanceAttempt(scene)
  if (state.isFounding) return found(scene)
  if (state.writing !== undefined || record.isOpen) return
  if (record.pledge === undefined) advanceCandidate(scene)
  else advancePledge(scene, record.pledge)
}

function found({ state, nowMs, effects }: Scene): void {
  if (nowMs < state.foundMs) return
  state.foundMs = NEVER
  effects.push({ kind: "found" })
}
