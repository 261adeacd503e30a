import type { Entry } from "@conclave/sdk/wire.gen"
import { showEntries } from "./kv-table.ts"
import type { Context } from "./terminal/command.ts"
import { jsonText } from "./terminal/json-value.ts"
import { type Words, watchLines } from "./watch-lines.ts"

/** The entries whose keys begin so, and then each change of them. */
export async function watchEntries(context: Context, prefix: string | undefined): Promise<number> {
  return await watchLines(context, { kind: "kv", ...(prefix === undefined ? {} : { prefix }) }, ENTRY_WORDS)
}

export const ENTRY_WORDS: Words<Entry> = {
  keyOf: ({ key }) => key,
  show: showEntries,
  there: ({ modRev, value }) => `revision ${modRev}  ${jsonText(value)}`,
  gone: () => "deleted",
}
