import { join } from "node:path"
import type { Millis } from "@conclave/base"
import { loadConfig } from "conclave/config/load"
import type { Proposed } from "conclave/group/shared-state"
import { type Daemon, type DaemonOptions, startDaemon } from "conclave/node/daemon"
import { sharedKeys } from "../../key-files.ts"
import { KEYLESS, machine } from "../config/surroundings.ts"
import { whenDone } from "../local-stage.ts"

/** A proposal outlasts an election. */
const PROPOSED_WITHIN_MS = 30_000

type Ended = Parameters<DaemonOptions["onEnd"]>[0]

export interface Made {
  readonly ended: Ended[]
  readonly events: string[]
  /** What it logged, and the same with all that belongs to it as JSON. */
  readonly messages: string[]
  readonly lines: string[]
  readonly start: (...flags: readonly string[]) => Promise<Daemon>
}

/** An agent in this process, whose files are in `directory`; sealed, unless it is to be insecure. */
export function agentIn(directory: string, name: string, env: Readonly<Record<string, string>> = {}): Made {
  const [ended, events, messages, lines]: [Ended[], string[], string[], string[]] = [[], [], [], []]
  const start = async (...flags: readonly string[]): Promise<Daemon> => {
    const path = (file: string): string => join(directory, `${name}-${file}`)
    const defaults = [
      ...["--name", name, "--data-dir", path("data"), "--bind", "127.0.0.1:0", "--profile", "local"],
      ...["--socket", path("a.sock"), "--admin-socket", path("admin.sock"), "--http-addr", "off"],
    ]
    if (!flags.includes("--insecure")) defaults.push(...sharedKeys(directory))
    // A flag may be given once only.
    const kept = defaults.filter((_, index) => !flags.includes(defaults[index - (index % 2)] ?? ""))
    const loaded = loadConfig([...kept, ...flags], machine({}, { ...KEYLESS, ...env }))
    if (!loaded.ok) throw new Error(JSON.stringify(loaded))
    const log = {
      write: (level: string, event: string, message: string, fields?: unknown): void => {
        events.push(event)
        messages.push(message)
        lines.push(JSON.stringify({ level, event, message, fields }))
      },
      setLevel: (): void => {},
      flush: (): Promise<void> => Promise.resolve(),
      writeLast: (): void => {},
    }
    return closedInTheEnd(directory, await startDaemon({ ...loaded, log, onEnd: (why) => ended.push(why) }))
  }
  return { ended, events, messages, lines, start }
}

/** A test that breaks off does not get to close it, and the agent would keep this process for ever. */
function closedInTheEnd(directory: string, daemon: Daemon): Daemon {
  let closing: Promise<void> | undefined
  const close: Daemon["close"] = (reason) => {
    closing ??= daemon.close(reason)
    return closing
  }
  // How it closes is for the test to judge, which may have made it fail.
  whenDone(directory, () => close("fatal").catch(() => undefined))
  return { ...daemon, close }
}

export function states(daemon: Daemon): Readonly<Record<string, string>> {
  return Object.fromEntries(daemon.host.members().map(({ record, state }) => [record.name, state]))
}

/** What becomes of a write that is proposed there. */
export function written({ host }: Daemon): Promise<Proposed> {
  const command = {
    kind: "kvPut",
    key: "k",
    value: "1",
    request: undefined,
    ifRev: undefined,
    guard: undefined,
  } as const
  const deadline = (performance.now() + PROPOSED_WITHIN_MS) as Millis
  return new Promise((resolve) => host.consensus.state.propose(command, deadline, resolve))
}
