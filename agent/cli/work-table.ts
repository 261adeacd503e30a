import type { WorkDecision, WorkItem } from "@conclave/sdk/wire.gen"
import { ageOf } from "./terminal/ages.ts"
import type { Cell } from "./terminal/columns.ts"
import { jsonText } from "./terminal/json-value.ts"
import type { Output } from "./terminal/output.ts"

export function showItems(items: readonly WorkItem[], output: Output): void {
  const nowMs = Date.now()
  const rows = items.map(({ item, state, worker, target, token, attempt, weight, pin, since, payload }): Cell[] => [
    ...[item, stateCell(state), worker ?? "", target ?? "", token === null ? "" : String(token), String(attempt)],
    ...[String(weight), pin ?? "", ageOf(since, nowMs), payload === null ? "" : jsonText(payload)],
  ])
  output.table(["ITEM", "STATE", "WORKER", "NEXT", "TOKEN", "ATTEMPT", "WEIGHT", "PIN", "SINCE", "PAYLOAD"], rows)
}

export function showDecisions(items: readonly WorkDecision[], output: Output): void {
  const rows = items.map(({ rev, time, from, to, reason }) => [String(rev), time, from ?? "", to ?? "", reason])
  output.table(["REVISION", "TIME", "FROM", "TO", "WHY"], rows)
}

/** What an item is, as a sentence. */
export function itemText({ state, worker, target, token, attempt }: WorkItem): string {
  switch (state) {
    case "free":
      return target === null ? "free" : `free, kept for ${target}`
    case "assigned":
      return `${worker} has it, token ${token}, try ${attempt}`
    case "revoking":
      return `asked back from ${worker}${target === null ? "" : ` for ${target}`}`
    case "failed":
      return "failed, and not tried again"
  }
}

function stateCell(state: WorkItem["state"]): Cell {
  return state === "failed" ? { text: state, color: "red" } : state
}
