import { ADMIN, APPLICATION, type Principal } from "../api/principal.ts"
import type { AgentConfig } from "../config/agent-config.ts"
import { groupId } from "./groups.ts"
import { openToOthers } from "./socket-directory.ts"
import { clearSocketPath, OF_OWN_GROUP, type SocketAccess } from "./unix-socket.ts"

/** One socket of an agent, who may open it, and who comes by it. */
export interface LocalSocket {
  readonly path: string
  readonly access: SocketAccess
  readonly principal: Principal
}

type Wishes = Pick<AgentConfig, "socket" | "adminSocket" | "sockets">

/** All of them, the applications' own last. Throws an `Error` that says what is wrong and what to do. */
export function localSockets({ socket, adminSocket, sockets }: Wishes): readonly LocalSocket[] {
  const further = sockets.map(({ path, mode, group, names }): LocalSocket => {
    const gid = group === undefined ? undefined : groupId(group)
    if (group !== undefined && gid === undefined) {
      throw new Error(`there is no group ${group} for the socket ${path}; groupadd ${group}, or set another group`)
    }
    return { path, access: { mode, gid }, principal: { door: "application", names, share: "part" } }
  })
  return [
    { path: adminSocket, access: OF_OWN_GROUP, principal: ADMIN },
    ...further,
    { path: socket, access: OF_OWN_GROUP, principal: APPLICATION },
  ]
}

/** Makes their directories and removes dead sockets. Throws as `localSockets` does. */
export async function claimSockets(wishes: Wishes): Promise<void> {
  for (const { path, principal } of localSockets(wishes)) {
    await clearSocketPath(path)
    const problem = principal.share === "part" ? openToOthers(path) : undefined
    if (problem !== undefined) throw new Error(problem)
  }
}
