import type { Entry } from "@conclave/sdk/wire.gen"
import type { Output } from "./terminal/output.ts"

export function showEntries(items: readonly Entry[], output: Output): void {
  const rows = items.map(({ key, modRev, value }) => [key, String(modRev), valueText(value)])
  output.table(["KEY", "REVISION", "VALUE"], rows)
}

/** On one line. */
export function valueText(value: unknown): string {
  return JSON.stringify(value) ?? "null"
}
