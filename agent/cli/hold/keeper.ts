import { type ChildProcess, spawn } from "node:child_process"
import { bootMs } from "./boot-clock.ts"
import type { Limits, Order, Report } from "./keeper-words.ts"
import { isGroupGone, signalGroup } from "./process-group.ts"

/**
 * A program of its own, the parent of the command that runs under a grant. It lets nothing of the command's process group
 * outlive the grant: not when the holder is stopped and renews nothing (the limits are its own to watch), and not when the
 * holder is gone (their channel closes). The session names the keeper's group, too, so that even then the grant cannot move
 * before the keeper has seen the last of the command.
 */
const POLL_MS = 20
/** Between two looks at the clock: a timer counts no suspend. */
const LOOK_MS_MAX = 250
/** What the command has left behind in its group has so long to end. */
const STRAY_MS = 5000

let child: ChildProcess | undefined
let group: number | undefined
let limits: Limits = { termMs: Number.POSITIVE_INFINITY, killMs: Number.POSITIVE_INFINITY }
let stop: "term" | "kill" | null = null
let isDoomed = false
let timer: NodeJS.Timeout | undefined

// Whoever signals the holder means the command, and the holder passes it on.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const) process.on(signal, () => {})
process.on("message", (order) => take(order as Order))
process.on("disconnect", () => {
  if (group === undefined) process.exit()
  kill()
})

function take(order: Order): void {
  switch (order.kind) {
    case "start":
      limits = order.limits
      return start(order)
    case "limits":
      limits = order.limits
      return watch()
    case "signal":
      if (group !== undefined) signalGroup(group, order.signal)
      return
    case "ask":
      stop ??= "term"
      return ask()
    case "kill":
      return kill()
  }
}

function start({ command: [file = "", ...argv], env }: Order & { readonly kind: "start" }): void {
  child = spawn(file, argv, { stdio: "inherit", env, detached: true })
  group = child.pid
  child.once("error", ({ code = "", message }: NodeJS.ErrnoException) => {
    if (group !== undefined) return
    report({ kind: "failed", code, message })
  })
  if (group === undefined) return
  report({ kind: "started", processGroup: group })
  child.once("exit", (code, signal) => {
    const endedMs = bootMs()
    ask()
    whenGone(endedMs + STRAY_MS, () => report({ kind: "ended", code, signal, stop }))
  })
  watch()
}

/** The clock decides, not the timer. */
function watch(): void {
  clearTimeout(timer)
  if (group === undefined || isDoomed) return
  const nowMs = bootMs()
  if (nowMs >= limits.termMs && stop === null) {
    stop = "term"
    report({ kind: "stopping" })
    ask()
  }
  if (nowMs >= limits.killMs) {
    stop = "kill"
    return kill()
  }
  const nextMs = (stop === null ? Math.min(limits.termMs, limits.killMs) : limits.killMs) - nowMs
  timer = setTimeout(watch, Math.max(1, Math.min(nextMs, LOOK_MS_MAX)))
}

/** A stopped process takes its TERM when it goes on. */
function ask(): void {
  if (group === undefined) return
  signalGroup(group, "SIGTERM")
  signalGroup(group, "SIGCONT")
}

function kill(): void {
  isDoomed = true
  if (group === undefined) return
  signalGroup(group, "SIGKILL")
  // Without a holder nobody is told: this process's own end says it.
  if (!process.connected) whenGone(0, () => process.exit())
}

function whenGone(killMs: number, then: () => void): void {
  if (group === undefined || isGroupGone(group)) {
    group = undefined
    clearTimeout(timer)
    return then()
  }
  if (isDoomed || bootMs() >= killMs) signalGroup(group, "SIGKILL")
  setTimeout(() => whenGone(killMs, then), POLL_MS)
}

function report(words: Report): void {
  if (process.connected) process.send?.(words)
  else process.exit()
}
