import { frame } from "@conclave/base"
import type { FrameWire, WireEvents } from "conclave/frames/frame-session"
import type { SocketEnd } from "./local-socket.ts"

/** Frames over a simulated Unix socket: what `agent/node/frame-wire.ts` is over a real one. */
export function frameWire(end: SocketEnd, on: WireEvents): FrameWire {
  end.on = { data: on.received, drained: on.drained, closed: on.closed }
  return {
    isWritable: () => end.isOpen,
    send: (...body) => end.write(frame(joined(body))),
    unsentBytes: () => end.unsentBytes,
    end: () => end.close(),
    destroy: () => end.close(),
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [first] = parts
  if (first !== undefined && parts.length === 1) return first
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
