import { Socket } from "node:net"
import { OPEN_DOOR } from "conclave/node/links/link-door"
import { test } from "tap"
import { A } from "../link-stage.ts"

test("through an open door comes everybody at once, and is nobody that is known", (t) => {
  const socket = new Socket()
  const came: unknown[] = []
  const on = {
    through: (stream: Socket, peer: unknown): void => void came.push(stream === socket, peer),
    refused: (): void => void came.push("refused"),
    shaking: (): void => void came.push("shaking"),
  }
  OPEN_DOOR.accept(socket, { place: "", isMember: false }, on)
  OPEN_DOOR.enter(socket, { meant: A, opening: new Uint8Array(0) }, on)
  t.same(came, [true, undefined, true, undefined])
  socket.destroy()
  t.end()
})
