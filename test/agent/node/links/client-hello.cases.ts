import type { Socket } from "node:net"
import { PassThrough } from "node:stream"
import { awaitFirstWord, type FirstWord } from "conclave/node/links/client-hello"
import { test } from "tap"
import { until } from "../until.ts"

const HELLO = Uint8Array.of(0x16, 3, 1, 0, 6, 1, 0, 0, 2, 7, 8)

/** What is made of bytes that come one by one, and how many had to come. */
async function wordOf(bytes: Uint8Array): Promise<{ word: FirstWord | undefined; after: number; kept: Uint8Array }> {
  const stream = new PassThrough()
  let word: FirstWord | undefined
  awaitFirstWord(stream as unknown as Socket, (each) => {
    word = each
  })
  let after = 0
  for (const byte of bytes) {
    if (word !== undefined) break
    stream.write(Uint8Array.of(byte))
    after++
    await until("it is read", () => stream.readableLength === 0 || word !== undefined)
  }
  return { word, after, kept: stream.read() ?? new Uint8Array(0) }
}

test("a ClientHello is one when the last of its bytes is there, and all of them stay", async (t) => {
  const { word, after, kept } = await wordOf(HELLO)
  t.equal(word, "hello")
  t.equal(after, HELLO.length)
  t.same([...kept], [...HELLO])
  t.equal((await wordOf(HELLO.subarray(0, -1))).word, undefined)
})

test("the first byte says what is no TLS, and the ninth what is no ClientHello of one record", async (t) => {
  t.match(await wordOf(Uint8Array.of(0xc7, 1)), { word: "clear", after: 1 })
  const spoilt = (at: number, value: number): Uint8Array => Uint8Array.from(HELLO).fill(value, at, at + 1)
  t.match(await wordOf(spoilt(5, 2)), { word: "garbage", after: 9 })
  t.match(await wordOf(spoilt(8, 3)), { word: "garbage", after: 9 })
  const large = Uint8Array.of(0x16, 3, 1, 0x10, 1, 1, 0, 0x0f, 0xfd)
  t.match(await wordOf(large), { word: "garbage", after: 9 })
})
