import { readdirSync, readFileSync, readlinkSync } from "node:fs"

/** Processes looked at before the search gives up. */
const PROCESSES_MAX = 20_000
/** A listening TCP socket's state. */
const LISTENING = "0A"

/** Who has a port, as `name (pid N)`; undefined when it cannot be read (another user's process, no /proc). */
export function portOwner(protocol: "UDP" | "TCP", port: number): string | undefined {
  const inodes = inodesOf(protocol.toLowerCase(), port)
  if (inodes.size === 0) return undefined
  for (const pid of names("/proc")
    .filter((name) => /^\d+$/.test(name))
    .slice(0, PROCESSES_MAX)) {
    if (holds(pid, inodes)) return `${processName(pid)} (pid ${pid})`
  }
  return undefined
}

/** proc(5) net/tcp, net/udp: column 1 = local address, 3 = state, 9 = inode. */
function inodesOf(protocol: string, port: number): ReadonlySet<string> {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`
  const inodes = new Set<string>()
  for (const file of [`/proc/net/${protocol}`, `/proc/net/${protocol}6`]) {
    for (const line of text(file).split("\n").slice(1)) {
      const columns = line.trim().split(/\s+/)
      const serves = protocol === "udp" || columns[3] === LISTENING
      if (serves && columns[1]?.endsWith(suffix)) inodes.add(`socket:[${columns[9]}]`)
    }
  }
  return inodes
}

function holds(pid: string, inodes: ReadonlySet<string>): boolean {
  return names(`/proc/${pid}/fd`).some((fd) => {
    try {
      return inodes.has(readlinkSync(`/proc/${pid}/fd/${fd}`))
    } catch {
      return false
    }
  })
}

function processName(pid: string): string {
  return text(`/proc/${pid}/comm`).trim() || "a process"
}

function names(directory: string): readonly string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}

function text(file: string): string {
  try {
    return readFileSync(file, "latin1")
  } catch {
    return ""
  }
}
