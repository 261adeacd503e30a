import { assert, type NodeId } from "@conclave/base"
import { founderOf } from "./candidates.ts"
import { answer, persist, type Scene } from "./scene.ts"
import type { Answer, Ask, Attempt, FoundingState, Heard, Pledge } from "./types.ts"

type Proposal = Extract<Ask, { kind: "propose" }>

/** Somebody wants to found with this host. */
export function proposed(scene: Scene, call: number, { from, ask }: { from: NodeId; ask: Proposal }): void {
  const { state } = scene
  const refusal = refusalOf(scene, from, ask)
  if (refusal !== undefined) return answer(scene, call, refusal)
  const founder = state.others?.find(({ id }) => id === from)
  assert(founder !== undefined, "a host promises nothing to whom it does not see")
  const { name, addr } = founder
  const pledge: Pledge = { founder: from, name, addr, line: ask.line, number: ask.number }
  persist(scene, { ...state.record, pledge }, { kind: "pledge", call, pledge })
}

/** The promise is on disk. Whoever has come to a cluster meanwhile has none to give. */
export function pledged(
  { config, state, nowMs, effects }: Scene,
  { call, pledge }: { call: number; pledge: Pledge },
): void {
  const { cluster } = state
  const said: Answer = cluster === undefined ? { kind: "pledged" } : { kind: "cluster", cluster }
  state.verdict = undefined
  state.verdictMs = nowMs + config.verdictEveryMs
  effects.push({ kind: "answer", call, answer: said }, { kind: "news", news: { kind: "pledged", pledge } })
}

/** Why nothing is promised, or that it is already; undefined = it may be. */
function refusalOf({ config, state }: Scene, from: NodeId, ask: Proposal): Answer | undefined {
  const { record, cluster, others } = state
  const { self } = config
  if (cluster !== undefined) return { kind: "cluster", cluster }
  if (state.writing !== undefined || state.isFounding || record.isOpen) return { kind: "busy" }
  if (record.pledge !== undefined && !isFollowedBy(record.pledge, from, ask)) {
    return { kind: isSame(record.pledge, from, ask) ? "pledged" : "busy" }
  }
  if (ask.expects !== self.expects) return { kind: "differs", expects: self.expects }
  if (others === undefined || !others.some(({ id }) => id === from)) return { kind: "busy" }
  const best = founderOf([self, ...others])
  return best === undefined || best.id === from ? undefined : { kind: "outranked", by: best.name }
}

function isSame(pledge: Pledge, from: NodeId, { line, number }: Attempt): boolean {
  return pledge.founder === from && pledge.line === line && pledge.number === number
}

/** A later attempt of the same line says that the promised one is aborted: it begins when that is on disk. */
function isFollowedBy(pledge: Pledge, from: NodeId, { line, number }: Attempt): boolean {
  return pledge.founder === from && pledge.line === line && pledge.number < number
}

/** What became of an attempt of this host, as far as the disk has it. */
export function verdictOf({ record, writing, cluster }: FoundingState, { line, number }: Attempt): Answer {
  if (cluster !== undefined) return { kind: "cluster", cluster }
  if (line !== record.line || number > record.number) return { kind: "unknown" }
  if (number < record.number) return { kind: "aborted" }
  return record.isOpen || writing?.kind === "abort" ? { kind: "open" } : { kind: "aborted" }
}

/** Asks the founder now and then what became of it. */
export function advancePledge({ config, state, nowMs, effects }: Scene, { founder, line, number }: Pledge): void {
  if (nowMs < state.verdictMs) return
  state.verdictMs = nowMs + config.verdictEveryMs
  effects.push({ kind: "ask", to: founder, ask: { kind: "verdict", line, number } })
}

export function heardVerdict(scene: Scene, from: NodeId, { ask, heard }: { ask: Ask; heard: Heard }): void {
  const { state, effects } = scene
  const { pledge } = state.record
  if (pledge === undefined || !isSame(pledge, from, ask) || state.writing !== undefined) return
  state.verdict = heard.kind
  if (heard.kind === "cluster") effects.push({ kind: "adopt", cluster: heard.cluster })
  if (heard.kind !== "aborted" && heard.kind !== "departed") return
  persist(scene, { ...state.record, pledge: undefined }, { kind: "free", pledge, why: heard.kind })
}
