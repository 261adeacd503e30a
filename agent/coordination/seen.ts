import type { Seen } from "../api/coordination.ts"
import { isProblem } from "../api/problem.ts"

/** From here on the client is shown nothing older. */
export function see(seen: Seen, rev: number): void {
  seen.rev = Math.max(seen.rev, rev)
}

/** The same, of whatever revision the answer carries, a refusal's as much as a result's. */
export function seeing<Result extends object>(seen: Seen, done: (result: Result) => void): (result: Result) => void {
  return (result) => {
    const rev = isProblem(result) ? result.details["rev"] : "rev" in result ? result.rev : undefined
    if (typeof rev === "string") see(seen, Number(rev))
    done(result)
  }
}
