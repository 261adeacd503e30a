import type { Socket } from "node:net"

/** Calls back once with the next `length` bytes, if they come; the stream then stands still, and keeps what follows. */
export function takeBytes(stream: Socket, length: number, done: (bytes: Uint8Array) => void): void {
  let held: Buffer = Buffer.alloc(0)
  const onData = (chunk: Buffer): void => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    if (held.length < length) return
    stream.off("data", onData)
    stream.pause()
    if (held.length > length) stream.unshift(held.subarray(length))
    done(held.subarray(0, length))
  }
  stream.on("data", onData)
}
