import { lstatSync } from "node:fs"
import { dirname } from "node:path"

/** Asked of the process: a user without a name (a container's) has a number all the same. */
const UID = process.getuid?.() ?? -1

/**
 * Where the agent's socket is: the environment's `CONCLAVE_SOCKET` (`CONCLAVE_ADMIN_SOCKET`), the user's runtime
 * directory if the socket exists there, else the system's path.
 */
export function socketPath(
  kind: "application" | "admin",
  env: Readonly<Record<string, string | undefined>> = process.env,
  exists: (path: string) => boolean = isOurs,
): string {
  const [user = "", system = user] = socketPaths(kind, env)
  // An agent that this user runs comes first, as it was started last.
  return exists(user) ? user : system
}

/** Every path that is looked at, in order: the named one alone, else the user's and the system's. */
export function socketPaths(
  kind: "application" | "admin",
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const named = env[kind === "admin" ? "CONCLAVE_ADMIN_SOCKET" : "CONCLAVE_SOCKET"]
  if (named !== undefined && named !== "") return [named]
  const file = kind === "admin" ? "conclave-admin/admin.sock" : "conclave/conclave.sock"
  const runtime = env["XDG_RUNTIME_DIR"]
  const user = `${runtime === undefined || runtime === "" ? `/tmp/conclave-${UID}` : runtime}/${file}`
  return [user, `/run/${file}`]
}

/** Anybody can make a directory below /tmp first: a socket there counts when its directory is this user's alone. */
function isOurs(path: string): boolean {
  try {
    const home = lstatSync(dirname(dirname(path)))
    const isPrivate = home.uid === UID && (home.mode & 0o022) === 0
    return lstatSync(path).isSocket() && (isPrivate || !path.startsWith("/tmp/"))
  } catch {
    return false
  }
}
