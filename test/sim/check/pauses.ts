import type { Line } from "./lines.ts"

/** Applications that have stood still. */
export function pausesOf(lines: readonly Line[]): ReadonlySet<string> {
  return new Set(procsOf(lines, "pause", () => true))
}

/** Those whose death can be proven. */
export function provenDeadOf(lines: readonly Line[]): ReadonlySet<string> {
  return new Set(procsOf(lines, "kill-client", (spec) => spec["provable"] === true))
}

function procsOf(
  lines: readonly Line[],
  fault: string,
  isMeant: (spec: Readonly<Record<string, unknown>>) => boolean,
): readonly string[] {
  return lines.flatMap((line) => {
    if (line.k !== "fault" || line.f !== fault || line.phase !== "start" || !isMeant(line.spec)) return []
    return (line.spec["procs"] ?? []) as readonly string[]
  })
}
