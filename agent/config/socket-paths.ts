import type { AgentConfig } from "./agent-config.ts"
import { type Merged, placeOf } from "./merge.ts"
import type { ConfigProblem } from "./problem.ts"
import { SOCKET_PATH_BYTES_MAX } from "./socket-wish.ts"

const LIMIT = `a Unix socket's path has at most ${SOCKET_PATH_BYTES_MAX} bytes`

/** What is wrong with the paths of all sockets together: each is short enough, and its own. */
export function socketProblems(
  config: Pick<AgentConfig, "socket" | "adminSocket" | "sockets">,
  merged: Merged,
): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = []
  const known = new Map<string, string>()
  const own = (["socket", "adminSocket"] as const).map((key) => ({ where: key, key, path: config[key] }))
  const further = config.sockets.map(({ path }, at) => ({ where: `sockets.${at}.path`, key: "sockets", path }))
  for (const { where, key, path } of [...own, ...further]) {
    const found = (message: string): void => void problems.push({ ...placeOf(merged, key), key: where, message })
    const bytes = new TextEncoder().encode(path).length
    const twin = known.get(path)
    if (bytes > SOCKET_PATH_BYTES_MAX) found(`${LIMIT}, this one has ${bytes}; set ${where} to a shorter one`)
    if (twin !== undefined) found(`must differ from ${twin}`)
    else known.set(path, where)
  }
  return problems
}
