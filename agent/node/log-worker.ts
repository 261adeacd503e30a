import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from "node:worker_threads"
import type { StoreReply, StoreRequest } from "../wal/requests.ts"
import { SEGMENT_SIZES } from "../wal/segment-sizes.ts"
import { RETRY_MS, Store } from "../wal/store.ts"
import { logFiles } from "./log-files.ts"

/**
 * A program of its own, in a thread of its own: the store of one replica with system calls that wait. The pool that
 * Node's own asynchronous calls share with DNS, zlib and crypto can keep a sync waiting for seconds.
 */
const port = openPort()
const store = new Store(logFiles(workerData as string), SEGMENT_SIZES)
let isDue = false
let retry: NodeJS.Timeout | undefined
/** The call after whose answer this thread ends. */
let last: number | undefined

port.on("message", (request: StoreRequest) => {
  take(request)
  work()
})

function openPort(): MessagePort {
  if (parentPort === null) throw new Error("the log's thread is started by the agent")
  return parentPort
}

function take(request: StoreRequest): void {
  if (request.kind === "close") last = request.call
  store.take(request)
}

/** One piece, then whatever has come meanwhile: writes of the log go before the rest. */
function work(): void {
  for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) {
    take(next.message as StoreRequest)
  }
  for (const reply of store.work()) say(reply)
  if (!store.hasWork || isDue) return
  isDue = true
  setImmediate(() => {
    isDue = false
    work()
  })
}

function say(reply: StoreReply): void {
  port.postMessage(reply)
  if (reply.kind === "room") {
    clearInterval(retry)
    retry = reply.room === "ok" ? undefined : setInterval(again, RETRY_MS)
  } else if (reply.kind === "result" && reply.call === last) {
    clearInterval(retry)
    port.close()
  }
}

function again(): void {
  store.take({ kind: "retry" })
  work()
}
