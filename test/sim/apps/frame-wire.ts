import { frame } from "@conclave/base"
import type { FrameWire, WireEvents } from "conclave/frame-session"
import type { SocketEnd } from "./local-socket.ts"

/** Frames over a simulated Unix socket: what `agent/node/frame-wire.ts` is over a real one. */
export function frameWire(end: SocketEnd, on: WireEvents): FrameWire {
  end.on = { data: on.received, drained: on.drained, closed: on.closed }
  return {
    isWritable: () => end.isOpen,
    send: (body) => end.write(frame(body)),
    unsentBytes: () => end.unsentBytes,
    end: () => end.close(),
    destroy: () => end.close(),
  }
}
