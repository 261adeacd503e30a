import type { NodeId } from "@conclave/base"
import { type Candidate, type FoundingState, founderOf, otherNumbers, type Pledge } from "@conclave/consensus"
import type { Member, Seat } from "@conclave/swim"
import type { Warning } from "../../api/view.ts"
import { failureText, namesOf } from "./founding-words.ts"

const CODE = "bootstrap-expect"
const REPAIR = "make room or repair the data directory; the agent tries again by itself"

interface Seen {
  readonly self: NodeId
  readonly expects: number
  readonly wish: Seat["wish"]
  /** What this host has promised cannot be read. */
  readonly problem: string | undefined
  /** What kept it from founding when it tried last. */
  readonly obstacle: string | undefined
  readonly members: readonly Member[]
}

/** What a host that belongs to no cluster waits for, and what an operator can do about it. */
export function foundingWarnings(state: Readonly<FoundingState>, seen: Seen): readonly Warning[] {
  const { cluster, record } = state
  const { problem, obstacle, expects } = seen
  if (cluster !== undefined) return []
  if (problem !== undefined) {
    const hint = "while no host of the fleet founds: stop the agent, remove the file, start it"
    const message = `${problem}: what this host has promised is not known, and it founds with nobody`
    return [{ code: "founding-file", message, hint }]
  }
  if (Number.isFinite(state.rewriteMs)) {
    const message = "founding.json cannot be written: this host promises nothing, and asks for no promise, until it can"
    return [{ code: "founding-file", message, hint: REPAIR }]
  }
  if (state.isFounding && obstacle !== undefined) {
    const message = `this host is to found the cluster, so it promises nothing to others, and could not yet: ${obstacle}`
    return [{ code: CODE, message, hint: REPAIR }]
  }
  if (record.pledge !== undefined) return [promised(record.pledge, state, seen)]
  if (record.isOpen) return [asking(state, seen)]
  return expects === 0 ? [] : [waiting(state, seen)]
}

function promised({ name, addr, founder }: Pledge, { verdict }: Readonly<FoundingState>, { members }: Seen): Warning {
  const state = members.find(({ id }) => id === founder)?.state
  const what = `this host has promised ${name} at ${addr} to found a cluster with it and with nobody else`
  if (state === undefined || verdict === "unknown") {
    const why = state === undefined ? "and no such member is known any more" : "and it has lost its record of that"
    const hint = `start ${name} again as it was; if that is gone for good: conclave raft bootstrap, once, on one host`
    return { code: CODE, message: `${what}, ${why}`, hint }
  }
  if (state === "dead") {
    const hint = `start ${name} again; if it is gone for good: conclave leave ${name}`
    return { code: CODE, message: `${what}, and ${name} is dead: whether it has founded nobody can say`, hint }
  }
  return { code: CODE, message: what, hint: `conclave status on ${name}` }
}

function asking({ members: asked = [], pledged }: Readonly<FoundingState>, { members }: Seen): Warning {
  const missing = asked.filter((id) => !pledged.includes(id))
  const message = `this host founds a cluster as soon as all of ${namesOf(asked, members)} have promised; missing: ${namesOf(missing, members)}`
  return { code: CODE, message, hint: "conclave status on those that are missing" }
}

function waiting({ others = [], failure }: Readonly<FoundingState>, { self, expects, wish, members }: Seen): Warning {
  const name = namesOf([self], members)
  const own: Candidate = { id: self, name, addr: "" as Candidate["addr"], expects, wish }
  const all = [own, ...others]
  const names = namesOf(
    all.map(({ id }) => id),
    members,
  )
  const [other] = otherNumbers(own, others)
  if (other !== undefined) {
    const message = `this host is to found with ${expects}, ${other.name} with ${other.expects}: as long as they differ nothing is founded`
    return { code: CODE, message, hint: "start all of them with the same --bootstrap-expect" }
  }
  if (all.length < expects) {
    const hint = `start the others with --bootstrap-expect ${expects}, or found now: conclave raft bootstrap, once, on one host`
    return {
      code: CODE,
      message: `a cluster is founded when ${expects} hosts are there; there are ${all.length}: ${names}`,
      hint,
    }
  }
  const founder = founderOf(all)
  if (founder === undefined) {
    const hint = "start one of them without --voter never"
    return { code: CODE, message: `none of ${names} may vote, so none founds a cluster`, hint }
  }
  const last = failure === undefined ? "" : `; the last attempt was aborted: ${failureText(failure, members)}`
  const message = `${founder.name} is about to found a cluster with ${expects} of ${names}${last}`
  return {
    code: CODE,
    message,
    hint: founder.id === self ? "it is tried again by itself" : `conclave status on ${founder.name}`,
  }
}
