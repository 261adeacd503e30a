import type { Entry } from "@conclave/sdk/wire.gen"
import { jsonText } from "./terminal/json-value.ts"
import type { Output } from "./terminal/output.ts"

export function showEntries(items: readonly Entry[], output: Output): void {
  const rows = items.map(({ key, modRev, value }) => [key, String(modRev), jsonText(value)])
  output.table(["KEY", "REVISION", "VALUE"], rows)
}
