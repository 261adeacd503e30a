import type { Fleet, FleetMember } from "./fleet.ts"
import type { Truths } from "./truth.ts"

/** In larger fleets a wrong count is told without looking for who it is. */
const DETAIL_MAX = 64

/**
 * The first way in which the views of the running agents differ from the truth, or undefined when all agree:
 * everybody who runs is alive at everybody with its newest record, and everybody else is not. Whoever was removed has
 * left, whatever it does, and what it believes itself says nothing.
 */
export function disagreement(fleet: Fleet, truths: Truths): string | undefined {
  const running = fleet.belonging()
  // Comparing every pair is dear: first the counts, which differ wherever a view is far from right.
  for (const { machine, host } of running) {
    const alive = host?.aliveCount()
    if (machine.process?.frozen === true || alive === running.length || alive === undefined) continue
    if (running.length > DETAIL_MAX) return `${machine.name}: ${alive} of ${running.length} are alive to it`
  }
  for (const observer of running) {
    if (observer.machine.process?.frozen === true) continue
    const problem = viewProblem(fleet, truths, observer)
    if (problem !== undefined) return `${observer.machine.name}: ${problem}`
  }
  return undefined
}

function viewProblem(fleet: Fleet, truths: Truths, observer: FleetMember): string | undefined {
  for (const subject of fleet.members) {
    const held = observer.host?.member(subject.machine.id)
    const { name } = subject.machine
    const own = subject.host?.member(subject.machine.id)
    if (subject.isRemoved) {
      if (held !== undefined && held.state !== "left") return `${name} was removed and is ${held.state}`
    } else if (own !== undefined) {
      if (held === undefined) return `${name} runs and is not known`
      if (held.state !== "alive") return `${name} runs and is ${held.state}`
      if (held.record.hash !== own.record.hash) return `${name} is held with an old record`
    } else if (held !== undefined && (held.state === "alive" || held.state === "suspect")) {
      const how = truths.of(subject.machine.index).left ? "left" : "does not run"
      return `${name} ${how} and is ${held.state}`
    }
  }
  return undefined
}
