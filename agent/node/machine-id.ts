import { readFileSync } from "node:fs"

/**
 * What tells this installation of a system from others (machine-id(5)); null where there is none. Images are cloned
 * with it, so nothing is decided by it: it is logged, for whoever looks for a data directory that moved.
 */
export function machineId(file = "/etc/machine-id"): string | null {
  try {
    const id = readFileSync(file, "utf8").trim()
    return /^[0-9a-f]{32}$/.test(id) ? id : null
  } catch {
    return null
  }
}
