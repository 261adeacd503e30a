import type { Call } from "./command.ts"

export async function watchMembers(_call: Call): Promise<number> {
  return 1
}
