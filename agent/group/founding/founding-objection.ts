import type { Candidate, FoundingState, Pledge } from "@conclave/consensus"
import type { Member } from "@conclave/swim"

/**
 * Why a host must not found alone now: others may be about to found with it, or without. What it has promised binds as
 * long as somebody may yet say what became of it.
 */
export function foundingObjection(
  state: Readonly<FoundingState>,
  candidates: readonly Candidate[],
  members: readonly Member[],
): string | undefined {
  const { record, writing, cluster } = state
  if (cluster !== undefined) return undefined
  if (record.isOpen)
    return "this host is about to found with the others that it asks; conclave status tells whom it waits for"
  if (writing?.kind === "pledge") return `${writing.pledge.name} is about to found with this host`
  const { pledge } = record
  if (pledge !== undefined && state.verdict !== "unknown" && isBinding(pledge, members)) {
    const { name, addr } = pledge
    return `this host has promised ${name} at ${addr} to found with it, and does not know what became of that; if ${name} is gone for good: conclave leave ${name}`
  }
  const first = candidates.find(
    ({ expects }) => candidates.filter((each) => each.expects === expects).length >= expects,
  )
  if (first === undefined) return undefined
  return `${first.expects} hosts or more are there that found together by themselves, ${first.name} among them; conclave status tells what they wait for`
}

/** A founder that an operator has declared gone for good, or of whom nobody knows, says nothing any more. */
function isBinding({ founder }: Pledge, members: readonly Member[]): boolean {
  const state = members.find(({ id }) => id === founder)?.state
  return state !== undefined && state !== "left"
}
