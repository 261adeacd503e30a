import type { Socket } from "node:net"
import { FrameOutbox } from "@conclave/base"
import type { FrameWire, WireEvents } from "../frames/frame-session.ts"
import { atTurnEnd } from "./turn.ts"
import { WriteRoom } from "./write-room.ts"

const ROOM = new WriteRoom()

/** Frames over a connection that was upgraded; what is said in one turn leaves in one piece. */
export function frameWire(socket: Socket, on: WireEvents): FrameWire {
  const write = (bytes: Uint8Array): void => {
    let hasLeft = false
    // Of a write that failed nobody knows who still reads its bytes.
    socket.write(bytes, (error) => !hasLeft && error == null && ROOM.giveBack(bytes))
    // The system took all of them at once, as it does most often: the next write goes from the same place.
    hasLeft = socket.writableLength === 0
    if (hasLeft) ROOM.giveBack(bytes)
  }
  const outbox = new FrameOutbox({ write, soon: atTurnEnd, room: (bytes) => ROOM.take(bytes) })
  socket.setTimeout(0)
  socket.on("data", (chunk: Buffer) => on.received(chunk))
  socket.on("error", () => socket.destroy())
  socket.on("end", () => socket.end())
  socket.on("close", () => on.closed())
  socket.on("drain", () => on.drained())
  return {
    isWritable: () => socket.writable,
    send: (...body) => outbox.add(...body),
    unsentBytes: () => socket.writableLength + outbox.bytes,
    end: () => {
      outbox.flush()
      socket.end()
    },
    destroy: () => void socket.destroy(),
  }
}
