import { statSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Worker } from "node:worker_threads"
import type { Millis } from "@conclave/base"
import type { LogStore } from "../log-store.ts"
import type { StoreReply, StoreRequest } from "../wal/requests.ts"
import { type Courier, StoreClient } from "../wal/store-client.ts"

/** In the data directory. */
const DIRECTORY = "raft"

/**
 * The log of the replica in a data directory that the caller has claimed. Its thread starts with the first thing there
 * is to do: an agent without a replica has none.
 */
export function openLogStore(dataDirectory: string, now: () => Millis): LogStore {
  return new StoreClient(new LogThread(join(dataDirectory, DIRECTORY)), now)
}

class LogThread implements Courier {
  readonly #directory: string
  #worker: Worker | undefined
  #handler: (reply: StoreReply) => void = () => {}

  constructor(directory: string) {
    this.#directory = directory
  }

  onReply(handler: (reply: StoreReply) => void): void {
    this.#handler = handler
  }

  post(request: StoreRequest): void {
    const nothing = this.#worker === undefined && isAbsent(this.#directory)
    if (nothing && request.kind === "open") {
      setImmediate(() => this.#handler({ kind: "opened", call: request.call, opened: { kind: "nothing" } }))
    } else if (nothing && request.kind === "close") {
      setImmediate(() => this.#handler({ kind: "result", call: request.call, result: { ok: true } }))
    } else {
      this.#worker ??= this.#start()
      this.#worker.postMessage(request)
    }
  }

  #start(): Worker {
    // None of this process' own flags: they may name a program, and this is another.
    const worker = new Worker(workerProgram(), { workerData: this.#directory, execArgv: [] })
    worker.on("message", (reply: StoreReply) => this.#handler(reply))
    // What the thread does not handle is a bug: it ends the process, like any other.
    worker.on("error", (cause) => {
      throw cause
    })
    return worker
  }
}

/**
 * Certainly: one that may not be looked at is there for all we know, and `throwIfNoEntry: false` takes it for absent.
 */
function isAbsent(directory: string): boolean {
  try {
    statSync(directory)
    return false
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === "ENOENT"
  }
}

/** Beside this file, be it the bundle or the compiler's output. */
function workerProgram(): string {
  return fileURLToPath(new URL("./log-worker.js", import.meta.url))
}
