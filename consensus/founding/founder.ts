import type { NodeId } from "@conclave/base"
import { founderOf, membersOf, otherNumbers } from "./candidates.ts"
import { persist, type Scene } from "./scene.ts"
import type { Ask, Failure, FoundingState, Heard } from "./types.ts"

/** What makes everybody's promise impossible: there is nothing to wait for. */
const FINAL: ReadonlySet<Heard["kind"]> = new Set(["cluster", "differs", "outranked"])

/** Begins an attempt once this host is the one to found, and enough have been there for a while. */
export function advanceCandidate(scene: Scene): void {
  const { state, nowMs } = scene
  if (beginsMs(scene) > nowMs) return
  const { record, failure, others = [] } = state
  const { self } = scene.config
  const missing = new Set(failure?.missing.map(({ id }) => id))
  const members = membersOf(self.id, others, { count: self.expects, missing })
  persist(scene, { ...record, number: record.number + 1, isOpen: true }, { kind: "open", members })
}

/** When this host begins an attempt, as things are. */
export function beginsMs({ config, state }: Pick<Scene, "config" | "state">): number {
  const { self, settleMs } = config
  const { others, othersSinceMs, pausedUntilMs } = state
  if (self.expects === 0 || others === undefined || others.length + 1 < self.expects) return Number.POSITIVE_INFINITY
  if (otherNumbers(self, others).length > 0) return Number.POSITIVE_INFINITY
  if (founderOf([self, ...others])?.id !== self.id) return Number.POSITIVE_INFINITY
  return Math.max(othersSinceMs + settleMs, pausedUntilMs)
}

/** The attempt is on disk: from now on others may promise. */
export function opened({ config, state, nowMs, effects }: Scene, members: readonly NodeId[]): void {
  state.members = members
  state.pledged = [config.self.id]
  state.lastHeard = []
  state.endMs = nowMs + config.limitMs
  state.askMs = nowMs
  effects.push({ kind: "news", news: { kind: "proposed", members } })
}

/** The own attempt is open, and nothing is being written. */
export function advanceAttempt(scene: Scene): void {
  const { state, nowMs, config } = scene
  const { members } = state
  // What was heard in another life is lost: it may have been everything, and is worth nothing.
  if (members === undefined) return abort(scene, "restarted")
  const missing = missingOf(state)
  if (missing.length === 0) {
    state.isFounding = true
    state.foundMs = nowMs
    return
  }
  if (state.lastHeard.some(({ heard }) => FINAL.has(heard.kind))) return abort(scene, "refused")
  if (nowMs >= state.endMs) return abort(scene, "late")
  if (nowMs < state.askMs) return
  state.askMs = nowMs + config.askEveryMs
  const { line, number } = state.record
  const ask: Ask = { kind: "propose", line, number, expects: config.self.expects }
  for (const to of missing) scene.effects.push({ kind: "ask", to, ask })
}

/** What another says to a proposal; of an attempt that is over it says nothing. */
export function heardOfProposal({ state }: Scene, from: NodeId, { ask, heard }: { ask: Ask; heard: Heard }): void {
  const { record, members, writing, isFounding } = state
  const isAsked = members?.includes(from) === true && ask.line === record.line && ask.number === record.number
  if (!isAsked || !record.isOpen || writing !== undefined || isFounding) return
  if (state.pledged.includes(from)) return
  if (heard.kind === "pledged") state.pledged = [...state.pledged, from].sort()
  const others = state.lastHeard.filter(({ id }) => id !== from)
  state.lastHeard = [...others, { id: from, heard }].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** The end of the attempt is on disk: whoever asks is told from now on. */
export function aborted({ config, state, nowMs, effects }: Scene, failure: Failure): void {
  state.members = undefined
  state.failure = failure
  state.pausedUntilMs = nowMs + Math.min(config.pauseMaxMs, config.pauseMs * 2 ** state.failures)
  state.failures++
  effects.push({ kind: "news", news: { kind: "aborted", failure } })
}

export function missingOf({ members = [], pledged }: FoundingState): readonly NodeId[] {
  return members.filter((id) => !pledged.includes(id))
}

function abort(scene: Scene, why: Failure["why"]): void {
  const { state } = scene
  const heardOf = (id: NodeId): Heard => state.lastHeard.find((each) => each.id === id)?.heard ?? { kind: "nothing" }
  const missing = missingOf(state).map((id) => ({ id, heard: heardOf(id) }))
  persist(scene, { ...state.record, isOpen: false }, { kind: "abort", failure: { why, missing } })
}
