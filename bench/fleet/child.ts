import { type ChildProcess, spawn } from "node:child_process"
import { LineSplitter } from "./line-splitter.ts"

/** Last lines of output kept for the message of a failed start. */
const TAIL_LINES_MAX = 12

/** A child process whose stdout is read line by line. */
export interface Child {
  readonly pid: number
  readonly exited: Promise<void>
  /** A line for its stdin; lost when it is gone. */
  write(line: string): void
  /** What it said last, for an error message. */
  tail(): string
}

const living = new Set<ChildProcess>()
// Whatever way the bench ends, nothing it started stays: SIGKILL also ends a stopped process.
process.on("exit", () => {
  for (const child of living) child.kill("SIGKILL")
})

/** Starts a program without a shell and without the NODE_OPTIONS of whoever started the bench. */
export function startChild(command: readonly string[], onLine: (line: string) => void): Child {
  const child = spawn("/usr/bin/env", ["-u", "NODE_OPTIONS", ...command], {
    stdio: ["pipe", "pipe", "pipe"],
  })
  living.add(child)
  // It may end, or be ended, with lines unread.
  child.stdin.on("error", () => undefined)
  const tail: string[] = []
  const keep = (line: string): void => {
    tail.push(line)
    if (tail.length > TAIL_LINES_MAX) tail.shift()
  }
  const stdout = new LineSplitter()
  const stderr = new LineSplitter()
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    for (const line of stdout.push(chunk)) {
      keep(line)
      onLine(line)
    }
  })
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    for (const line of stderr.push(chunk)) keep(line)
  })
  const exited = new Promise<void>((resolve) => {
    const ended = (): void => {
      living.delete(child)
      resolve()
    }
    child.once("exit", ended).once("error", (error) => {
      keep(error.message)
      ended()
    })
  })
  const write = (line: string): void => {
    child.stdin.write(`${line}\n`)
  }
  return { pid: child.pid ?? 0, exited, write, tail: () => tail.join("\n") }
}

/** Signals one process by id; false when it is gone already. */
export function signalProcess(pid: number, signal: NodeJS.Signals): boolean {
  if (pid <= 0) return false
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}

/** A promise that the process either says `it listens` or is reported with its last words. */
export function listeningOrExit(child: Child, name: string): { promise: Promise<number>; listening: () => void } {
  let listening: () => void = () => undefined
  const said = new Promise<number>((resolve) => {
    listening = () => resolve(performance.now())
  })
  const ended = child.exited.then((): number => {
    throw new Error(`${name} ended before it listened. Its last words:\n${child.tail()}`)
  })
  const promise = Promise.race([said, ended])
  // Nobody may be waiting any more when a member is killed on purpose.
  promise.catch(() => undefined)
  ended.catch(() => undefined)
  return { promise, listening: () => listening() }
}
