import { isJoint, replicas } from "@conclave/consensus"
import type { Fleet, FleetMember } from "../fleet.ts"

/** As the policy of every profile has it. */
const SEATS = 3

/** The first thing that is not yet well in a group whose faults are over; undefined when all is. */
export function unsettled(fleet: Fleet): string | undefined {
  const running = fleet.belonging()
  const leaders = running.filter(({ host }) => host?.consensus?.running?.isLeader === true)
  const raft = leaders[0]?.host?.consensus?.running?.raft
  if (leaders.length !== 1 || raft === undefined) return `${namesOf(leaders) || "nobody"} leads`
  const { group, log, commit, term } = raft
  if (isJoint(group)) return "a change of the group is under way"
  const target = Math.min(SEATS, running.length % 2 === 1 ? running.length : running.length - 1)
  if (group.voters.length < target) return `${group.voters.length} of ${target} vote`
  if (commit !== log.last) return `${log.last - commit} entries are not committed`
  const clusters = new Set(running.map(({ host }) => host?.consensus?.clusterId))
  if (clusters.size !== 1 || clusters.has(undefined)) return `there are clusters ${[...clusters].join(", ")}`
  for (const id of replicas(group)) {
    const member = running.find(({ host }) => host?.consensus?.running?.raft.id === id)
    const other = member?.host?.consensus?.running
    if (other === undefined) return `${id} is of the group and does not run`
    const { name } = (member as FleetMember).machine
    if (other.raft.term !== term) return `${name} is in term ${other.raft.term}, the leader in ${term}`
    if (other.raft.log.last !== log.last) return `the log of ${name} ends at ${other.raft.log.last}, not ${log.last}`
    if (other.appliedIndex !== commit) return `${name} has applied ${other.appliedIndex} of ${commit}`
  }
  return undefined
}

function namesOf(members: readonly FleetMember[]): string {
  return members.map(({ machine }) => machine.name).join(" and ")
}
