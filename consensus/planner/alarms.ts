import { duration } from "../explain-wording.ts"
import { isStuck } from "./learners.ts"
import { margin, type Survey } from "./survey.ts"
import type { Alarm } from "./types.ts"

/** What an operator should know, whether or not anything is done about it now. */
export function alarmsOf(survey: Survey): readonly Alarm[] {
  const { voters, learners, warm, candidates, going, target, input, excluded } = survey
  const { policy } = input
  const alarms: Alarm[] = []
  const left = margin(voters)
  if (left < 1) {
    const silent = voters.filter(({ isHeard }) => !isHeard).map(({ name }) => name)
    const why =
      silent.length === 0 ? `${voters.length === 1 ? "one votes" : "two vote"}` : `${silent.join(" and ")} silent`
    alarms.push({ kind: "not-fault-tolerant", text: `not fault tolerant: ${why}, so the next loss stops everything` })
  }
  if (voters.length % 2 === 0) alarms.push({ kind: "even-voters", text: `${voters.length} vote, an even number` })
  for (const { name, silentMs, evidence } of voters) {
    if (silentMs < policy.deadAlarmMs || warm.length > 0) continue
    alarms.push({ kind: "dead-voter", text: `${name} is ${evidence}, and no standby is warm: it keeps its seat` })
  }
  for (const { name, standing, evidence } of going) {
    if (standing !== "leaver" || warm.length > 0) continue
    alarms.push({
      kind: "leaver-keeps-seat",
      text: `${name} keeps its seat, which nobody is ready to take yet: ${evidence}`,
    })
  }
  if (target < policy.seats && candidates.length === 0) {
    const text = `${policy.seats} shall vote, and there are agents for ${target}`
    alarms.push({ kind: "no-candidate", text: [text, ...excluded].join("; ") })
  }
  for (const learner of learners.filter((each) => isStuck(each, survey))) {
    const text = `learner ${learner.name} is not ready to vote after ${duration(policy.stuckAfterMs)}`
    alarms.push({ kind: "learner-stuck", text })
  }
  return alarms
}
