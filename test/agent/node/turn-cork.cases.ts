import { Socket } from "node:net"
import { TurnCork } from "conclave/node/turn-cork"
import { test } from "tap"
import { until } from "./until.ts"

/** A socket that takes note of each call with which bytes leave. */
class NotedSocket extends Socket {
  readonly left: string[][] = []

  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    this.left.push([Buffer.from(chunk).toString()])
    done()
  }

  override _writev(chunks: readonly { readonly chunk: Uint8Array }[], done: () => void): void {
    this.left.push(chunks.map(({ chunk }) => Buffer.from(chunk).toString()))
    done()
  }
}

const bytes = (text: string): Uint8Array => Buffer.from(text)

test("what is written in one turn leaves in one call and in its order, what comes later in the next", async (t) => {
  const socket = new NotedSocket()
  const cork = new TurnCork(socket)
  for (const text of ["a", "b", "c"]) cork.write(bytes(text))
  t.same(socket.left, [])
  await until("the turn is over", () => socket.left.length > 0)
  t.same(socket.left, [["a", "b", "c"]])
  cork.write(bytes("d"))
  await until("the next turn is over", () => socket.left.length > 1)
  t.same(socket.left, [["a", "b", "c"], ["d"]])
})

test("much is not kept back, and the rest of the turn is gathered again", async (t) => {
  const socket = new NotedSocket()
  const cork = new TurnCork(socket)
  const large = "x".repeat(16 * 1024)
  cork.write(bytes("a"))
  cork.write(bytes(large))
  t.same(socket.left, [["a", large]])
  cork.write(bytes("b"))
  cork.write(bytes("c"))
  t.equal(socket.left.length, 1)
  await until("the turn is over", () => socket.left.length > 1)
  t.same(socket.left[1], ["b", "c"])
})

test("what was written before the end still leaves", async (t) => {
  const socket = new NotedSocket()
  new TurnCork(socket).write(bytes("a"))
  socket.end()
  await until("it has left", () => socket.left.length > 0)
  t.same(socket.left, [["a"]])
})
