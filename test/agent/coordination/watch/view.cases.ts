import { millis } from "@conclave/base"
import { View } from "conclave/coordination/watch/view"
import { test } from "tap"
import { parsed } from "./watch-stage.ts"

function viewOf(texts: readonly string[]) {
  let written = 0
  const items = {
    size: texts.length,
    text: (at: number): string => {
      written++
      return JSON.stringify(texts[at])
    },
  }
  const view = new View(3, items, { now: () => millis(0), afterTurn: (act) => act() })
  return { view, written: () => written }
}

test("a view without items is one part; a reset says so in its first part alone", (t) => {
  const { view } = viewOf([])
  const { line, isLast } = view.part(0, true)
  t.same([parsed(line), isLast], [{ type: "view", rev: "3", items: [], reset: true }, true])
  t.same(parsed(view.part(0, false).line), { type: "view", rev: "3", items: [] })
  t.end()
})

test("parts are written out once, by whoever comes first, and are the same for all", (t) => {
  const { view, written } = viewOf(Array.from({ length: 7 }, (_, at) => String(at).repeat(50_000)))
  const parts = (isReset: boolean) => {
    const lines = []
    for (let at = 0; ; at++) {
      const { line, isLast } = view.part(at, isReset)
      lines.push(parsed(line))
      if (isLast) return lines
    }
  }
  const first = parts(false)
  t.equal(written(), 7)
  t.same(
    first.map(({ more }) => more === true),
    first.map((_, at) => at < first.length - 1),
  )
  t.ok(first.length >= 3)
  const second = parts(true)
  t.equal(written(), 7, "not again")
  t.same(
    second.map(({ items }) => items),
    first.map(({ items }) => items),
  )
  t.same(
    second.map(({ reset }) => reset === true),
    first.map((_, at) => at === 0),
  )
  t.end()
})

test("one that would not fit into a frame with the next is a part of its own", (t) => {
  const { view } = viewOf(["a".repeat(127 * 1024), "b".repeat(150 * 1024), "c"])
  t.same([parsed(view.part(0, false).line).items?.length, parsed(view.part(1, false).line).items?.length], [1, 1])
  t.end()
})

test("what takes long to read is read a slice a turn; who waits hears when it can be read", (t) => {
  let [nowMs, steps, heard] = [0, 0, 0]
  const turns: (() => void)[] = []
  const step = () => {
    nowMs += 1
    return ++steps < 5 ? undefined : { size: 1, text: () => "7" }
  }
  const view = new View(3, { step }, { now: () => millis(nowMs), afterTurn: (act) => void turns.push(act) })
  t.equal(
    view.isReady(() => heard++),
    false,
  )
  t.equal(
    view.isReady(() => heard++),
    false,
  )
  while (turns.length > 0) {
    t.equal(heard, 0)
    turns.shift()?.()
  }
  t.same([steps, heard], [5, 2])
  t.ok(view.isReady(() => heard++))
  t.same(parsed(view.part(0, false).line), { type: "view", rev: "3", items: [7] })
  t.equal(heard, 2)
  t.end()
})
