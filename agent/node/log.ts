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
  /** Resolves when every line is written, or after a second with a reader that does not read. */
  readonly flush: () => Promise<void>
  /** The same at once, for a process that must not go on: what a thread is writing may come behind it. */
  readonly flushNow: () => void
}

const FLUSH_LIMIT_MS = 1000
/** Of 100 ms each. */
const FLUSH_NOW_TRIES = 3
/** Held for a reader that does not read; beyond it lines are dropped and counted. */
const HELD_BYTES_MAX = 4 * 1024 * 1024

/** Logs without ever blocking the loop on a slow reader. */
export function openLog(options: LogOptions): OpenLog {
  let triesLeft = Number.POSITIVE_INFINITY
  const out = pino.destination({
    fd: options.fd ?? 1,
    sync: false,
    // Each line at once; 0 would do the same, but then nobody is told when all are written.
    minLength: 1,
    maxLength: HELD_BYTES_MAX,
    retryEAGAIN: () => triesLeft-- > 0,
  })
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
    flush: () =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, FLUSH_LIMIT_MS)
        out.flush(() => {
          clearTimeout(timer)
          resolve()
        })
      }),
    flushNow: () => {
      triesLeft = FLUSH_NOW_TRIES
      try {
        out.flushSync()
      } catch {
        // The reader is gone or does not read, or nothing was ever written.
      }
    },
  }
}
