import type { SessionDriver } from "@conclave/sdk/session-driver"
import { bootMs } from "./boot-clock.ts"
import type { HoldLines } from "./hold-lines.ts"

/** Says when what is held is not renewed, and when it is again. */
export function tellJeopardy(driver: SessionDriver, lines: HoldLines, isHeld: () => boolean): void {
  let wasInJeopardy = false
  driver.watch(() => {
    const { state, cause, remainingMs } = driver.session
    const isInJeopardy = state === "jeopardy"
    if (!isHeld() || isInJeopardy === wasInJeopardy) return
    wasInJeopardy = isInJeopardy
    const times = { validForMs: Math.floor(remainingMs), atBootMs: bootMs() }
    if (isInJeopardy) lines.say({ type: "jeopardy", ...times, cause })
    else if (state === "live") lines.say({ type: "safe", ...times })
  })
}
