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
  /**
   * The last line of a process that must not go on: written when this returns, behind all others but those in the hands
   * of a thread, unless nobody reads.
   */
  readonly writeLast: OpenLog["write"]
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
  const loggerTo = (to: Pick<typeof out, "write">): pino.Logger =>
    pino(
      {
        level: options.level,
        base: null,
        timestamp: pino.stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }) },
      },
      options.format === "json" ? to : { write: (line: string) => to.write(prettyLine(line)) },
    )
  const logger = loggerTo(out)
  const flushNow = (): void => {
    triesLeft = FLUSH_NOW_TRIES
    try {
      out.flushSync()
    } catch {
      // The reader is gone or does not read, or nothing was ever written.
    }
  }
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
    writeLast: (level, event, message, fields) => {
      flushNow()
      const last = pino.destination({ fd: options.fd ?? 1, sync: true, retryEAGAIN: () => triesLeft-- > 0 })
      last.on("error", () => {})
      loggerTo(last)[level]({ event, pid: process.pid, ...fields }, message)
    },
  }
}
