import { join } from "node:path"
import { loadConfig } from "conclave/config/load"
import { type Daemon, type DaemonOptions, startDaemon } from "conclave/node/daemon"
import { machine } from "../config/surroundings.ts"

type Ended = Parameters<DaemonOptions["onEnd"]>[0]

export interface Made {
  readonly ended: Ended[]
  readonly events: string[]
  /** What it logged. */
  readonly messages: string[]
  readonly start: (...flags: readonly string[]) => Promise<Daemon>
}

/** An agent in this process, whose files are in `directory`. */
export function agentIn(directory: string, name: string, env: Readonly<Record<string, string>> = {}): Made {
  const [ended, events, messages]: [Ended[], string[], string[]] = [[], [], []]
  const start = (...flags: readonly string[]): Promise<Daemon> => {
    const path = (file: string): string => join(directory, `${name}-${file}`)
    const defaults = [
      ...["--name", name, "--data-dir", path("data"), "--bind", "127.0.0.1:0", "--profile", "local"],
      ...["--socket", path("a.sock"), "--admin-socket", path("admin.sock"), "--http-addr", "off"],
    ]
    // A flag may be given once only.
    const kept = defaults.filter((_, index) => !flags.includes(defaults[index - (index % 2)] ?? ""))
    const open = flags.includes("--join-key-file") ? [] : ["--insecure"]
    const loaded = loadConfig([...kept, ...open, ...flags], machine({}, env))
    if (!loaded.ok) throw new Error(JSON.stringify(loaded))
    const log = {
      write: (_level: string, event: string, message: string): void => {
        events.push(event)
        messages.push(message)
      },
      setLevel: (): void => {},
      flush: (): Promise<void> => Promise.resolve(),
      writeLast: (): void => {},
    }
    return startDaemon({ ...loaded, log, onEnd: (why) => ended.push(why) })
  }
  return { ended, events, messages, start }
}
