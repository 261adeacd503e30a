import { deepStrictEqual, ok } from "node:assert/strict"
import { setImmediate as turn } from "node:timers/promises"
import { isNodeId, Random } from "@conclave/base"
import { Hello, type HelloStep, type Introduction } from "@conclave/dht/hello"
import { FRAME_BYTES_MAX, Mux, STREAMS_MAX, WINDOW_BYTES } from "@conclave/dht/mux"
import { test } from "tap"
import { damaged, FUZZ_INPUTS, fuzz } from "../fuzz.ts"
import { damagedJson } from "../fuzz-values.ts"

const SECRETS = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
const SELF: Introduction = { id: "a".repeat(26), addr: "10.0.0.1:7951" }

function hello(isInitiator: boolean): Hello {
  return new Hello({ isInitiator, session: Uint8Array.of(1), secrets: SECRETS, self: SELF })
}

test("nobody is met who has not shown a secret, whatever it says, and a stranger hears nothing", (t) => {
  const random = new Random(601)
  const shown = hello(true).first() as Uint8Array
  const answer = sayOf(hello(false).take(shown))
  const proofs = [shown.subarray(0, 32), shown.subarray(32, 64), answer.subarray(0, 32)]
  const isShown = (said: Uint8Array, own: readonly Uint8Array[]): boolean =>
    own.some((proof) => Buffer.from(said).includes(Buffer.from(proof)))
  const decode = (bytes: Uint8Array): boolean => {
    const isInitiator = random.chance(1, 2)
    const step = hello(isInitiator).take(bytes)
    if (step.kind === "stranger") return false
    ok(isShown(bytes, isInitiator ? proofs.slice(2) : proofs.slice(0, 2)))
    return true
  }
  fuzz(t, 602, { corpus: [shown, answer], decode })
  t.end()
})

test("who says of itself what nobody can be is no agent", (t) => {
  const random = new Random(603)
  const shown = hello(true).first() as Uint8Array
  const told = sayOf(hello(false).take(shown)).subarray(32)
  const decode = (bytes: Uint8Array): boolean => {
    const said = random.chance(1, 2) ? bytes : Buffer.from(JSON.stringify(damagedJson(random, SELF)))
    const acceptor = hello(false)
    acceptor.take(shown)
    const step = acceptor.take(said)
    if (step.kind !== "met") return false
    deepStrictEqual(Object.keys(step.other), ["id", "addr"])
    ok(isNodeId(step.other.id) && step.other.addr.length <= 64, JSON.stringify(step.other))
    return true
  }
  fuzz(t, 604, { corpus: [told], decode })
  t.end()
})

function sayOf(step: HelloStep): Uint8Array {
  return step.kind === "stranger" || step.say === undefined ? new Uint8Array(0) : step.say
}

/** One end, and what it has said: no more than it was told, but for what it says of its own. */
class End {
  readonly mux: Mux
  readonly #streams: Set<{ readonly readableLength: number; readonly destroyed: boolean }> = new Set()
  said = 0

  constructor(random: Random) {
    this.mux = new Mux({
      isInitiator: random.chance(1, 2),
      send: (frame) => {
        ok(frame.length <= FRAME_BYTES_MAX)
        this.said++
      },
      accept: (stream) => {
        this.#streams.add(stream)
        if (random.chance(1, 2)) stream.resume()
        if (random.chance(1, 4)) stream.end("answer")
      },
    })
    for (let own = random.below(4); own > 0; own--) this.mux.open()?.write(Buffer.alloc(random.below(2 * WINDOW_BYTES)))
    this.said = 0
  }

  look(heard: number): void {
    const open = [...this.#streams].filter(({ destroyed }) => !destroyed)
    ok(open.length <= STREAMS_MAX, `${open.length} streams`)
    for (const { readableLength } of open) ok(readableLength <= WINDOW_BYTES, `${readableLength} bytes wait`)
    // Of each own stream a window, and what closes it.
    ok(this.said <= 3 * heard + 4 * 40, `${heard} frames were answered with ${this.said}`)
  }
}

const FRAMES_EACH = 200

test("whatever comes as a frame, each stream holds no more than its window, and nothing is said to no end", async (t) => {
  const random = new Random(605)
  const frame = (kind: number, number: number, ...body: readonly number[]): Uint8Array =>
    Uint8Array.of(kind, 0, 0, 0, number, ...body)
  const corpus = [1, 2, 3, 4].flatMap((number) => [
    frame(1, number),
    frame(2, number, ...new Uint8Array(1000)),
    frame(3, number, 0, 0, 16, 0),
    ...(number === 4 ? [frame(4, number), frame(5, number)] : []),
  ])
  const counts = { taken: 0, refused: 0 }
  for (let input = 0; input < FUZZ_INPUTS; ) {
    const end = new End(random)
    for (let heard = 1; heard <= FRAMES_EACH; heard++, input++) {
      const isTaken = end.mux.take(random.chance(1, 3) ? random.pick(corpus) : damaged(random, corpus))
      counts[isTaken ? "taken" : "refused"]++
      end.look(heard)
      // What makes no sense may come again and again: whoever has the connection ends it.
      if (random.chance(1, 16)) await turn()
    }
    end.mux.close()
    await turn()
  }
  t.ok(counts.taken > counts.refused / 10 && counts.refused > 0, JSON.stringify(counts))
})
