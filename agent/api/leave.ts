import type { Member } from "@conclave/swim"
import { noMember } from "./members.ts"
import { type Problem, problem } from "./problem.ts"
import type { OpInput, OpOutput } from "./schema.ts"
import type { AgentView } from "./view.ts"

/**
 * Without a name this host departs; a member that is named must not be alive. Where a new host has taken the name of a
 * dead one, the dead one is meant.
 */
export function leave(
  view: AgentView,
  input: OpInput<"leave"> & { readonly timeoutMs: number },
  done: (result: OpOutput<"leave"> | Problem) => void,
): void {
  const own = view.memberById(view.id)?.record.name ?? ""
  if (input.name === undefined) {
    const { force = false, timeoutMs, graceMs } = input
    return view.leave({ force, timeoutMs, graceMs }, (seat) =>
      done(typeof seat === "string" ? { left: own, seat } : seat),
    )
  }
  const member = meant(view, input.name, input.prune)
  if (member === undefined) return done(noMember(input.name))
  if (member.state === "alive") {
    const message = `${input.name} is alive; only a member that is not can be declared left`
    const details = { reason: "alive", current: member.state }
    return done(problem("CONFLICT", message, { hint: `run "conclave leave" without a name on ${input.name}`, details }))
  }
  const { name: left, prune = false, force = false, timeoutMs } = input
  view.expel(member, { prune, force, timeoutMs }, (refused) => done(refused ?? { left, seat: "none" }))
}

/**
 * Of several of one name a dead one, also where a new host has taken its name over; then who is to be forgotten, where
 * that is asked; then the one that others are told of by this name.
 */
function meant(view: AgentView, name: string, prune = false): Member | undefined {
  const named = view.members().filter(({ record }) => record.name === name)
  const dead = named.find(({ state }) => state === "dead")
  const forgettable = prune ? named.find(({ state }) => state === "left") : undefined
  return dead ?? forgettable ?? view.byName(name)
}
