import type { Command, CommandResult } from "@conclave/consensus"
import { done, refuse } from "./naive-answers.ts"
import { detach } from "./naive-sessions.ts"
import type { NaiveLists } from "./naive-types.ts"

export function found(naive: NaiveLists, { wallMs }: Extract<Command, { kind: "found" }>): CommandResult {
  naive.wall = wallMs
  naive.token = wallMs * 1024
  return done(naive)
}

export function recover(
  naive: NaiveLists,
  { wallMs, snapshotWallMs }: Extract<Command, { kind: "recover" }>,
): CommandResult {
  if (wallMs < Math.max(naive.wall, snapshotWallMs)) return refuse(naive, { kind: "conflict", reason: "clock" })
  naive.wall = wallMs
  naive.rev += 2 ** 20
  naive.token = Math.max(naive.token + 2 ** 20, wallMs * 2 ** 10)
  for (const session of naive.sessions) detach(naive, session)
  return done(naive)
}
