/** Parsers of what Linux says under /proc. Pure, so that they are tested with stored text. */

/** CPU time of a process in ticks, from `/proc/<pid>/stat`; undefined when the text is not such a line. */
export function cpuTicks(stat: string): number | undefined {
  // The name in parentheses may hold spaces and parentheses itself; fields count from the last one.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
  const user = Number(fields[11])
  const system = Number(fields[12])
  return Number.isFinite(user) && Number.isFinite(system) ? user + system : undefined
}

/** A field of `/proc/<pid>/status` or `smaps_rollup` given in kB, in bytes. */
export function kiloBytesField(text: string, field: string): number | undefined {
  const found = new RegExp(`^${field}:\\s+(\\d+) kB$`, "m").exec(text)
  return found === null ? undefined : Number(found[1]) * 1024
}

export interface Traffic {
  readonly bytes: number
  readonly packets: number
}

/** What an interface has sent, from `/proc/net/dev`; on loopback each packet counts once here. */
export function trafficSent(netDev: string, device: string): Traffic | undefined {
  for (const line of netDev.split("\n")) {
    const colon = line.indexOf(":")
    if (colon < 0 || line.slice(0, colon).trim() !== device) continue
    const fields = line
      .slice(colon + 1)
      .trim()
      .split(/\s+/)
    const bytes = Number(fields[8])
    const packets = Number(fields[9])
    if (Number.isFinite(bytes) && Number.isFinite(packets)) return { bytes, packets }
  }
  return undefined
}

/** Ticks all processors spent in total and at rest, from `/proc/stat`. */
export interface MachineTicks {
  readonly total: number
  readonly idle: number
}

export function machineTicks(stat: string): MachineTicks | undefined {
  const line = /^cpu +(.+)$/m.exec(stat)?.[1]
  if (line === undefined) return undefined
  // user nice system idle iowait irq softirq steal; guest time is in user already.
  const fields = line.split(" ").slice(0, 8).map(Number)
  const idle = (fields[3] ?? 0) + (fields[4] ?? 0)
  const total = fields.reduce((sum, ticks) => sum + ticks, 0)
  return Number.isFinite(total) ? { total, idle } : undefined
}
