import type { Socket } from "node:net"
import { FrameOutbox } from "@conclave/base"
import type { FrameWire, WireEvents } from "../frame-session.ts"
import { atTurnEnd } from "./turn.ts"

/** Frames over a connection that was upgraded; what is said in one turn leaves in one piece. */
export function frameWire(socket: Socket, on: WireEvents): FrameWire {
  const outbox = new FrameOutbox({ write: (bytes) => socket.write(bytes), soon: atTurnEnd })
  socket.setTimeout(0)
  socket.on("data", (chunk: Buffer) => on.received(chunk))
  socket.on("error", () => socket.destroy())
  socket.on("end", () => socket.end())
  socket.on("close", () => on.closed())
  socket.on("drain", () => on.drained())
  return {
    isWritable: () => socket.writable,
    send: (body) => outbox.add(body),
    unsentBytes: () => socket.writableLength + outbox.bytes,
    end: () => {
      outbox.flush()
      socket.end()
    },
    destroy: () => void socket.destroy(),
  }
}
