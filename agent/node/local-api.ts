import type { AgentConfig } from "../config/agent-config.ts"
import type { AgentView } from "../api/view.ts"
import type { Metrics } from "./metrics.ts"
import type { OpenLog } from "./log.ts"
export interface LocalApi { readonly goaway: (reason: string, deadlineMs: number) => void; readonly close: () => Promise<void> }
export async function openLocalApi(_o: { view: AgentView; config: AgentConfig; log: OpenLog; metrics: Metrics }): Promise<LocalApi> {
  return { goaway: () => {}, close: async () => {} }
}
