import type { Order, Report } from "./keeper-words.ts"
import { KeptProcess } from "./kept-process.ts"

/**
 * A program of its own, the parent of the commands that run under grants. It lets nothing of a command's process group
 * outlive its grant: not when the holder is stopped and renews nothing (the limits are its own to watch), and not when
 * the holder is gone (their channel closes). The session names the keeper's group, too, so that even then no grant can
 * move before the keeper has seen the last of its command.
 */
const kept: Map<number, KeptProcess> = new Map()

// Whoever signals the holder means the command, and the holder passes it on.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const) process.on(signal, () => {})
process.on("message", (order) => take(order as Order))
process.on("disconnect", () => {
  for (const each of kept.values()) each.kill()
  endIfIdle()
})

function take(order: Order): void {
  const { id } = order
  const mine = kept.get(id)
  switch (order.kind) {
    case "start":
      kept.set(id, new KeptProcess(order, order.limits, (words) => report(id, words)))
      return
    case "limits":
      return mine?.limit(order.limits)
    case "signal":
      return mine?.signal(order.signal)
    case "ask":
      return mine?.stop()
    case "kill":
      return mine?.kill()
  }
}

function report(id: number, words: Report): void {
  if (words.kind === "failed" || words.kind === "ended") kept.delete(id)
  // Without a holder nobody is told: this process's own end says it.
  if (process.connected) process.send?.({ id, ...words })
  else endIfIdle()
}

function endIfIdle(): void {
  if (!process.connected && kept.size === 0) process.exit()
}
