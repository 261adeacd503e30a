import { type ChildProcess, spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import { cleanEnvironment } from "../fleet/clean-environment.ts"
import type { Limits, Order, Report } from "./keeper-words.ts"
import { isGroupGone, signalGroup } from "./process-group.ts"

type Ended = Report & { readonly kind: "ended" }
type Begun = Report & { readonly kind: "started" | "failed" }

const POLL_MS = 20

/** This side of the keeper: as long as this process lives, their channel stays open. */
export class KeeperLink {
  readonly #child: ChildProcess
  /** Resolves when the command runs, or cannot. */
  readonly begun: Promise<Begun>
  /** Resolves when nothing of the command runs any more. */
  readonly ended: Promise<Ended>
  #group: number | undefined
  /** Called when the command is told to end, as its time is nearly over. */
  onStopping: () => void = () => {}

  constructor() {
    this.#child = spawn(process.execPath, [keeperProgram()], {
      stdio: ["inherit", "inherit", "inherit", "ipc"],
      env: cleanEnvironment(),
      detached: true,
    })
    // What cannot be told to a keeper that is gone is told by its end.
    this.#child.on("error", () => {})
    let onBegun: (begun: Begun) => void = () => {}
    let onEnded: (ended: Ended) => void = () => {}
    this.begun = new Promise((resolve) => {
      onBegun = resolve
    })
    this.ended = new Promise((resolve) => {
      onEnded = resolve
    })
    this.#child.on("message", (message) => {
      const report = message as Report
      if (report.kind === "ended") return onEnded(report)
      if (report.kind === "stopping") return this.onStopping()
      if (report.kind === "started") this.#group = report.processGroup
      onBegun(report)
    })
    this.#child.once("close", () => {
      onBegun({ kind: "failed", code: "EKEEPER", message: "the process that was to start it has ended" })
      void this.#orphaned(onEnded)
    })
  }

  /** Its own process group; undefined where it could not be started. */
  get processGroup(): number | undefined {
    return this.#child.pid
  }

  start(command: readonly string[], env: Readonly<Record<string, string | undefined>>, limits: Limits): void {
    this.#tell({ kind: "start", command, env, limits })
  }

  limits(limits: Limits): void {
    this.#tell({ kind: "limits", limits })
  }

  signal(signal: NodeJS.Signals): void {
    this.#tell({ kind: "signal", signal })
  }

  ask(): void {
    this.#tell({ kind: "ask" })
  }

  kill(): void {
    this.#tell({ kind: "kill" })
  }

  /** It ends by itself, with what is left of the command. */
  close(): void {
    if (this.#child.connected) this.#child.disconnect()
    this.#child.unref()
  }

  #tell(order: Order): void {
    if (this.#child.connected) this.#child.send(order, () => {})
  }

  /** The keeper was killed: the command has nobody else. */
  async #orphaned(onEnded: (ended: Ended) => void): Promise<void> {
    while (this.#group !== undefined && !isGroupGone(this.#group)) {
      signalGroup(this.#group, "SIGKILL")
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
    onEnded({ kind: "ended", code: null, signal: "SIGKILL", stop: null })
  }
}

/** Beside this file, be it the bundle or the compiler's output. */
function keeperProgram(): string {
  return fileURLToPath(new URL("./keeper.js", import.meta.url))
}
