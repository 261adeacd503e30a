import { deepStrictEqual, equal, ok } from "node:assert/strict"
import { EventEmitter } from "node:events"
import type { Socket } from "node:net"
import { type Addr, FrameReader, frames, Random } from "@conclave/base"
import { awaitFirstWord, type FirstWord } from "conclave/node/links/client-hello"
import { encodeOpening, type Opening, readOpening } from "conclave/node/links/link-opening"
import { PageReader, replyFrames } from "conclave/node/links/link-pages"
import { test } from "tap"
import { again, damaged, FUZZ_INPUTS, fuzz } from "../../fuzz.ts"
import { memberId } from "./member-id.ts"

const OPENINGS: readonly Opening[] = [
  { kind: "request", label: 0xfedcba98, source: "10.0.0.1:7951" as Addr, target: undefined },
  { kind: "watch", label: 7, source: "[fd00::1]:1" as Addr, target: memberId("q") },
  { kind: "channel", label: 0, source: "1.2.3.4:65535" as Addr, target: undefined },
]

test("no bytes make the reader of openings throw or wait for more than there is of one", (t) => {
  const decode = again((bytes) => {
    const read = readOpening(bytes)
    ok(read.kind !== "more" || bytes.length < 523)
    return read.kind === "opening" ? read.opening : undefined
  }, encodeOpening)
  fuzz(t, 501, { corpus: OPENINGS.map(encodeOpening), decode })
  t.end()
})

/** The bytes in pieces of any size. */
function* pieces(random: Random, bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; ) {
    const size = 1 + random.below(random.pick([1, 8, 64, bytes.length]))
    yield bytes.subarray(at, at + size)
    at += size
  }
}

/** Bodies of 64 bytes at most; undefined: there is a longer one. */
function cut(some: Iterable<Uint8Array>): readonly Uint8Array[] | undefined {
  const reader = new FrameReader(64)
  const bodies: Uint8Array[] = []
  for (const piece of some) {
    const read = reader.push(piece)
    if (read === "oversize") return undefined
    bodies.push(...read)
  }
  return bodies
}

test("a stream is cut into the same frames, however it comes, and none is longer than any may be", (t) => {
  const random = new Random(502)
  const corpus = [1, 2, 3].map((count) => frames(Array.from({ length: count }, (_, at) => new Uint8Array(20 * at))))
  const decode = (bytes: Uint8Array): boolean => {
    const bodies = cut([bytes])
    // Where one is too long it depends on the pieces how many were read before.
    const others = cut(pieces(random, bytes))
    if (bodies === undefined || others === undefined) return bodies !== others
    deepStrictEqual(
      others.map((each) => [...each]),
      bodies.map((each) => [...each]),
    )
    const whole = frames(bodies)
    deepStrictEqual(whole, bytes.subarray(0, whole.length))
    return true
  }
  fuzz(t, 503, { corpus, decode })
  t.end()
})

test("whatever comes of a reply, its pages are what was sent, or it is broken", (t) => {
  const random = new Random(504)
  const replies = [[], [new Uint8Array(9)], [Uint8Array.of(1), new Uint8Array(0), new Uint8Array(30).fill(7)]]
  const corpus = replies.map((pages) => Buffer.concat([...replyFrames(pages)]))
  const decode = (bytes: Uint8Array): boolean => {
    const reader = new PageReader()
    for (const piece of pieces(random, bytes)) {
      const read = reader.push(piece)
      if (read === "more") continue
      if (read === "broken") return false
      const whole = Buffer.concat([...replyFrames(read)])
      deepStrictEqual(whole, Buffer.from(bytes.subarray(0, whole.length)))
      return true
    }
    return false
  }
  fuzz(t, 505, { corpus, decode })
  t.end()
})

/** A connection that brings bytes, and keeps what nobody has read. */
class Bytes extends EventEmitter {
  kept: Uint8Array = new Uint8Array(0)
  readonly pause = (): void => {}
  readonly unshift = (bytes: Uint8Array): void => {
    this.kept = bytes
  }
}

test("how a connection begins is told from no more bytes than a hello of TLS has, and all of them stay", (t) => {
  const random = new Random(506)
  const hello = Uint8Array.of(0x16, 3, 1, 0, 40, 1, 0, 0, 36, ...new Uint8Array(36).fill(5))
  const found: Partial<Record<FirstWord, number>> = {}
  for (let input = 0; input < FUZZ_INPUTS; input++) {
    const bytes = damaged(random, [hello, hello, new Uint8Array(3000).fill(0x16)])
    const stream = new Bytes()
    let word: FirstWord | undefined
    let came = 0
    awaitFirstWord(stream as unknown as Socket, (each) => {
      equal(word, undefined)
      word = each
      found[each] = (found[each] ?? 0) + 1
    })
    for (const piece of pieces(random, bytes)) {
      if (word !== undefined) break
      stream.emit("data", Buffer.from(piece))
      came += piece.length
    }
    if (word === undefined) ok(came < 5 + 4096)
    else deepStrictEqual(Buffer.from(stream.kept), Buffer.from(bytes.subarray(0, came)))
  }
  t.ok((found.clear ?? 0) > 0 && (found.hello ?? 0) > 0 && (found.garbage ?? 0) > 0, JSON.stringify(found))
  t.end()
})
