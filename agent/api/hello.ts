import { z } from "zod"
import { checkInput } from "./check-input.ts"
import type { Hello } from "./coordination.ts"
import { UNICODE } from "./op-schema.ts"
import { invalid, type Problem, problem } from "./problem.ts"

/** The version of the framed protocol. */
export const PROTOCOL = 1

/** What a process number can be (`pid_t`). */
const PID_MAX = 0x7fffffff

/** What a framed client says of itself; a process is named so that its end can be proven later. */
const HELLO = z.object({
  app: UNICODE.max(256).nullish(),
  process: z.object({ pid: z.number().int().min(1).max(PID_MAX), startTime: z.number().int() }).nullish(),
})

/** What a greeting is. */
export type CheckedHello =
  | { readonly kind: "ours"; readonly greeting: Hello }
  /** Another protocol: there is nothing more to talk about. */
  | { readonly kind: "foreign"; readonly problem: Problem }
  | { readonly kind: "wrong"; readonly problem: Problem }

export function checkHello(input: unknown): CheckedHello {
  const protocol = typeof input === "object" && input !== null && "protocol" in input ? input.protocol : undefined
  if (protocol === undefined) return { kind: "wrong", problem: invalid("protocol", `protocol is ${PROTOCOL}`) }
  if (protocol !== PROTOCOL) {
    const message = `this agent speaks protocol ${PROTOCOL}`
    return { kind: "foreign", problem: problem("UNIMPLEMENTED", message, { details: { supported: [PROTOCOL] } }) }
  }
  const parsed = checkInput(HELLO, input)
  if (parsed.success) {
    const { app, process } = parsed.data
    return { kind: "ours", greeting: { app: app ?? "", process: process ?? undefined } }
  }
  const issue = parsed.issues[0]
  const path = issue?.path ?? []
  return { kind: "wrong", problem: invalid(String(path[0] ?? "in"), `${path.join(".")}: ${issue?.message}`) }
}
