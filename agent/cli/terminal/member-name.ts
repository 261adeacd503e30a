import { ConclaveError } from "@conclave/sdk"
import { closest } from "../../config/closest.ts"
import type { AgentLink } from "./agent-link.ts"
import { Failure } from "./failure.ts"

/** Does something with a member; where there is no such member, the error names the one that was probably meant. */
export async function aboutMember<T>(link: AgentLink, name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!ConclaveError.is(error, "NOT_FOUND")) throw error
    const { items } = await link.request("members.list", {})
    const meant = closest(
      name,
      items.map((each) => each.name),
    )
    const guess = meant === undefined ? "" : `; did you mean ${meant}?`
    const why = `${link.agent.name} knows ${items.length} ${items.length === 1 ? "member" : "members"}, none of that name.`
    throw new Failure("NOT_FOUND", `there is no member ${name}${guess}`, {
      why,
      next: "conclave members",
      details: error.details,
    })
  }
}
