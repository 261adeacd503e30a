import type { Member } from "@conclave/swim"
import { memberText } from "../check/told-text.ts"
import type { FleetMember } from "../fleet.ts"
import type { Recorder } from "./recorder.ts"

/** Writes down what one life of an agent comes to know of others, for those who watch members there. */
export function noteSights({ host, machine, boots: boot }: FleetMember, recorder: Recorder): void {
  host?.onMemberChanged(({ before, after }, version) => {
    const member = (after ?? before)?.record.name
    if (member === undefined) return
    const text = after === undefined ? undefined : textOf(after)
    recorder.note({ k: "sight", t: recorder.nowUs, n: machine.name, boot, version, member, text })
  })
}

function textOf({ id, record, state, restartingUntilMs }: Member): string {
  const { name, addr, generation, tags } = record
  const restartingUntil = restartingUntilMs === undefined ? null : ""
  return memberText({ name, id, addr, status: state, generation: String(generation), tags, restartingUntil })
}
