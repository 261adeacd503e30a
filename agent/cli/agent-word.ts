import type { Context } from "./terminal/command.ts"
import { usageError } from "./terminal/failure.ts"

/** The launcher starts the daemon when `agent` is the first word; here it came after a flag. */
export function agentWord(_context: Context): Promise<number> {
  throw usageError("agent must be the first word, its flags come after it", "conclave agent --help")
}
