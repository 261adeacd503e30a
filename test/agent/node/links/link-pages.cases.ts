import {
  PAGE_BYTES_MAX,
  PAGES_MAX,
  PageReader,
  REPLY_BYTES_MAX,
  replyFits,
  replyFrames,
} from "conclave/node/links/link-pages"
import fc from "fast-check"
import { test } from "tap"

test("pages come back as they were, however the stream is cut", (t) => {
  const pages = fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 6 })
  fc.assert(
    fc.property(pages, fc.integer({ min: 1, max: 40 }), (sent, size) => {
      const stream = Uint8Array.from([...replyFrames(sent)].flatMap((each) => [...each]))
      const reader = new PageReader()
      for (let at = 0; at < stream.length; at += size) {
        const read = reader.push(stream.subarray(at, at + size))
        if (read === "broken") return false
        if (read !== "more") return JSON.stringify(read) === JSON.stringify(sent) && at + size >= stream.length
      }
      return false
    }),
  )
  t.pass("all of them")
  t.end()
})

test("a frame of another kind, one too large and too many are no reply", (t) => {
  t.equal(new PageReader().push(Uint8Array.of(0, 0, 0, 1, 2)), "broken")
  t.equal(new PageReader().push(Uint8Array.of(0, 0, 0, 2, 1, 0)), "broken", "an end that goes on")
  t.equal(new PageReader().push(Uint8Array.of(0, 0, 0, 0)), "broken", "a frame without a kind")
  t.equal(new PageReader().push(Uint8Array.of(0, 4, 0, 2)), "broken", "one byte over a page")
  const reader = new PageReader()
  const [page] = replyFrames([new Uint8Array(PAGE_BYTES_MAX)])
  for (let bytes = PAGE_BYTES_MAX; bytes <= REPLY_BYTES_MAX; bytes += PAGE_BYTES_MAX) {
    if (reader.push(page as Uint8Array) !== "more") t.fail(`${bytes} bytes are allowed`)
  }
  t.equal(reader.push(page as Uint8Array), "broken")
  const idle = new PageReader()
  const empty = [...replyFrames([new Uint8Array(0)])][0] as Uint8Array
  for (let pages = 0; pages < PAGES_MAX; pages++) if (idle.push(empty) !== "more") t.fail(`${pages} pages are allowed`)
  t.equal(idle.push(empty), "broken", "of nothing there is no end either")
  t.end()
})

test("a reply that no reader takes does not fit", (t) => {
  const page = new Uint8Array(PAGE_BYTES_MAX)
  t.ok(replyFits([]))
  t.ok(replyFits(Array(REPLY_BYTES_MAX / PAGE_BYTES_MAX).fill(page)))
  t.notOk(replyFits([...Array(REPLY_BYTES_MAX / PAGE_BYTES_MAX).fill(page), Uint8Array.of(1)]))
  t.notOk(replyFits([new Uint8Array(PAGE_BYTES_MAX + 1)]))
  t.ok(replyFits(Array(PAGES_MAX).fill(new Uint8Array(0))))
  t.notOk(replyFits(Array(PAGES_MAX + 1).fill(new Uint8Array(0))))
  t.end()
})
