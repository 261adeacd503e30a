import { type ChildProcess, spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import { cleanEnvironment } from "../fleet/clean-environment.ts"
import type { Begun, Ended, Launch, Limits, Order, Report } from "./keeper-words.ts"
import { isGroupGone, signalGroup } from "./process-group.ts"

const POLL_MS = 20
const NO_KEEPER: Begun = {
  kind: "failed",
  code: "EKEEPER",
  message: "the process that was to start it has ended",
}

/** This side of the keeper: as long as this process lives, their channel stays open. */
export class KeeperLink {
  readonly #child: ChildProcess
  readonly #kept: Map<number, KeptCommand> = new Map()
  #last = 0
  #isGone = false

  constructor() {
    this.#child = spawn(process.execPath, [keeperProgram()], {
      stdio: ["inherit", "inherit", "inherit", "ipc"],
      env: cleanEnvironment(),
      detached: true,
    })
    // What cannot be told to a keeper that is gone is told by its end.
    this.#child.on("error", () => {})
    this.#child.on("message", (message) => {
      const { id, ...report } = message as { readonly id: number } & Report
      const kept = this.#kept.get(id)
      if (report.kind === "failed" || report.kind === "ended") this.#kept.delete(id)
      kept?.heard(report)
    })
    this.#child.once("close", () => {
      this.#isGone = true
      for (const kept of this.#kept.values()) void kept.orphaned()
    })
  }

  /** Its own process group; undefined where it could not be started. */
  get processGroup(): number | undefined {
    return this.#child.pid
  }

  /** A place for a command that is to be started. */
  command(): KeptCommand {
    const id = ++this.#last
    const kept = new KeptCommand((order) => {
      if (this.#child.connected) this.#child.send({ id, ...order }, () => {})
    })
    if (this.#isGone) void kept.orphaned()
    else this.#kept.set(id, kept)
    return kept
  }

  /** It ends by itself, with what is left of the commands. */
  close(): void {
    if (this.#child.connected) this.#child.disconnect()
    this.#child.unref()
  }
}

type Told = Order extends infer Each ? (Each extends Order ? Omit<Each, "id"> : never) : never

/** One command of the keeper's. */
export class KeptCommand {
  readonly #tell: (order: Told) => void
  /** Resolves when the command runs, or cannot. */
  readonly begun: Promise<Begun>
  /** Resolves when nothing of the command runs any more. */
  readonly ended: Promise<Ended>
  #onBegun: (begun: Begun) => void = () => {}
  #onEnded: (ended: Ended) => void = () => {}
  #group: number | undefined
  /** Called when the command is told to end, as its time is nearly over. */
  onStopping: () => void = () => {}

  constructor(tell: (order: Told) => void) {
    this.#tell = tell
    this.begun = new Promise((resolve) => {
      this.#onBegun = resolve
    })
    this.ended = new Promise((resolve) => {
      this.#onEnded = resolve
    })
  }

  start(launch: Launch, limits: Limits): void {
    this.#tell({ kind: "start", ...launch, limits })
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

  /** For the link alone. */
  heard(report: Report): void {
    if (report.kind === "ended") return this.#onEnded(report)
    if (report.kind === "stopping") return this.onStopping()
    if (report.kind === "started") this.#group = report.processGroup
    this.#onBegun(report)
  }

  /** For the link alone: the keeper was killed, and the command has nobody else. */
  async orphaned(): Promise<void> {
    this.#onBegun(NO_KEEPER)
    while (this.#group !== undefined && !isGroupGone(this.#group)) {
      signalGroup(this.#group, "SIGKILL")
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
    this.#onEnded({ kind: "ended", code: null, signal: "SIGKILL", stop: null })
  }
}

/** Beside this file, be it the bundle or the compiler's output. */
function keeperProgram(): string {
  return fileURLToPath(new URL("./keeper.js", import.meta.url))
}
