import { pino } from "pino"
import type { Log, LogLevel } from "../ports.ts"
import { prettyLine } from "./pretty-line.ts"

export interface LogOptions {
  readonly level: LogLevel
  /** `pretty` is for people at a terminal; `json` is one object a line. */
  readonly format: "pretty" | "json"
  /** File descriptor; default 1. */
  readonly fd?: number
}

export interface OpenLog extends Log {
  readonly setLevel: (level: LogLevel) => void
  /** Writes out what is still held, blocking; call it before the process ends, and only then. */
  readonly flush: () => void
}

const UNDER_WAY_MS = 10
/** Held for a reader that does not read; beyond it lines are dropped and counted. */
const HELD_BYTES_MAX = 4 * 1024 * 1024

/** Logs without ever blocking the loop on a slow reader. */
export function openLog(options: LogOptions): OpenLog {
  const out = pino.destination({ fd: options.fd ?? 1, sync: false, minLength: 0, maxLength: HELD_BYTES_MAX })
  // A closed pipe ends the log, not the agent.
  out.on("error", () => {})
  const stream = options.format === "json" ? out : { write: (line: string) => out.write(prettyLine(line)) }
  const logger = pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    stream,
  )
  return {
    write: (level, event, message, fields) => logger[level]({ event, pid: process.pid, ...fields }, message),
    setLevel: (level) => {
      logger.level = level
    },
    flush: () => {
      // A write that is under way in a thread ends there; only then may the rest follow it.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, UNDER_WAY_MS)
      try {
        out.flushSync()
      } catch {
        // The reader is gone, or nothing was ever written.
      }
    },
  }
}
