import { groupOf, Stage } from "./stage.ts"

/** Leads a group that has acknowledged all of its log; the mailbox is empty. */
export function leading(voters = "abc", config = {}, learners = ""): Stage {
  const stage = new Stage("a", { disk: { group: groupOf(voters, { learners }) }, config })
  stage.lead()
  for (const from of [...voters.slice(1), ...learners]) stage.acknowledge(from)
  stage.forget()
  return stage
}

export function refusalOf(stage: Stage): string | undefined {
  return stage.all("refused").at(-1)?.reason
}
