import type { ToDht } from "conclave/node/discovery/dht-words"
import { Meeting } from "./meeting.ts"

/**
 * Meets others in the DHT for one agent, which has started this program and speaks to it over the channel of its child.
 * It ends with the agent, and by nothing else: a signal to the whole group is the agent's to understand.
 */
const meeting = new Meeting((news) => {
  if (process.connected) process.send?.(news)
})
process.on("message", (wish: ToDht) => meeting.meet(wish))
process.on("disconnect", () => void meeting.close().finally(() => process.exit()))
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => {})
