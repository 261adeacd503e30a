import type { OpOutput } from "./schema.ts"
import type { AgentView } from "./view.ts"

/** Every key, also those nobody set, by name. Secrets are in files: only their paths are keys. */
export function showConfig(view: AgentView): OpOutput<"config.show"> {
  const items = view.config().map(({ key, value, origin }) => ({ key, value, origin }))
  return { items: items.sort((a, b) => (a.key < b.key ? -1 : 1)) }
}
