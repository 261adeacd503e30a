import { Socket } from "node:net"
import { PeerStreams } from "conclave/node/links/peer-streams"
import { test } from "tap"
import { A, B } from "../link-stage.ts"

test("who opens too many loses its own oldest, and nobody else one", (t) => {
  const streams = new PeerStreams(3)
  const open = (peer: typeof A): Socket => {
    const socket = new Socket()
    streams.add(peer, socket)
    return socket
  }
  const other = open(B)
  const own = Array.from({ length: 3 }, () => open(A))
  t.notOk(own.some(({ destroyed }) => destroyed))
  own.push(open(A), open(A))
  t.same(
    own.flatMap(({ destroyed }, index) => (destroyed ? [index] : [])),
    [0, 1],
  )
  t.notOk(other.destroyed)
  streams.end(A)
  t.ok(own.every(({ destroyed }) => destroyed))
  t.notOk(other.destroyed)
  streams.end(B)
  t.ok(other.destroyed)
  t.end()
})
