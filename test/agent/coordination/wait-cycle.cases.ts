import { Random } from "@conclave/base"
import type { HoldKind } from "@conclave/consensus"
import { test } from "tap"
import { WaitTable } from "./wait-table.ts"

test("two that wait for each other are a cycle, which begins with the one that closed it", async (t) => {
  const table = new WaitTable("ab")
  table.lock("a", "x")
  table.lock("b", "y")
  t.equal(table.lock("a", "y"), undefined, "one waits: no cycle yet")
  t.strictSame(table.lock("b", "x"), ["b waits for x", "a waits for y"])
  table.stop()
})

test("a cycle of five is found through what each of them waits for", async (t) => {
  const table = new WaitTable("abcde")
  for (const letter of "abcde") table.lock(letter, `of-${letter}`)
  for (const [waits, holds] of ["ab", "bc", "cd", "de"].map((pair) => [...pair])) {
    t.equal(table.lock(waits as string, `of-${holds}`), undefined)
  }
  const words = ["e waits for of-a", "a waits for of-b", "b waits for of-c", "c waits for of-d", "d waits for of-e"]
  t.strictSame(table.lock("e", "of-a"), words)
  table.stop()
})

test("who stands before in a queue keeps others waiting, too", async (t) => {
  const table = new WaitTable("abc")
  table.lock("c", "x")
  table.lock("a", "y")
  table.lock("b", "x")
  // b waits for x, behind c alone; a stands behind b; b's next wait is for what a holds.
  table.lock("a", "x")
  t.strictSame(table.lock("b", "y"), ["b waits for y", "a waits for x"])
  table.stop()
})

test("readers do not keep readers waiting, and a writer between them does", async (t) => {
  const table = new WaitTable("abcd")
  const mode = "shared"
  table.lock("a", "x", { mode })
  table.lock("b", "y")
  table.lock("a", "y")
  t.equal(table.lock("d", "x", { mode }), undefined, "d reads x beside a")
  table.lock("c", "z")
  table.lock("c", "x")
  t.strictSame(table.lock("b", "x", { mode }), ["b waits for x", "c waits for x", "a waits for y"])
  table.stop()
})

test("a reader waits for the writer before it, not for another reader who keeps the name as well", async (t) => {
  const table = new WaitTable("abc")
  table.lock("a", "x", { mode: "shared" })
  table.lock("b", "k,y")
  table.lock("a", "y")
  table.lock("c", "z")
  table.lock("c", "x")
  table.lock("c", "k")
  t.strictSame(table.lock("b", "x", { mode: "shared" }), ["b waits for x", "c waits for k"])
  table.stop()
})

test("several names at once close a cycle by any of them", async (t) => {
  const table = new WaitTable("ab")
  table.lock("a", "w,x")
  table.lock("b", "y")
  table.lock("a", "y")
  t.strictSame(table.lock("b", "v,x"), ["b waits for x", "a waits for y"])
  table.stop()
})

test("one session alone is no cycle, and no election is", async (t) => {
  const table = new WaitTable("ab")
  table.lock("a", "x")
  t.equal(table.lock("a", "x"), undefined)
  const hold: HoldKind = "election"
  table.lock("b", "e", { hold })
  table.lock("b", "x")
  t.equal(table.lock("a", "e", { hold }), undefined)
  table.stop()
})

test("a ring through a queue of thousands is found, also where one session asks thousands of times", async (t) => {
  const letters = "acdefghij"
  const table = new WaitTable(`b${letters}`)
  table.lock("a", "x")
  table.lock("b", "y")
  table.lock("a", "y")
  for (let place = 0; place < 2000; place++) table.lock(letters[place % letters.length] as string, "x")
  t.strictSame(table.lock("b", "x"), ["b waits for x", "a waits for y"])
  table.stop()
})

test("a ring through a semaphore is one when what is kept leaves too little, and none while there may be room", async (t) => {
  const table = new WaitTable("abc")
  table.sem("a", "s", 2)
  table.sem("c", "s", 2)
  table.lock("b", "x")
  table.lock("a", "x")
  t.equal(table.sem("b", "s", 2), undefined, "c may give its permit back")
  table.lock("c", "y")
  table.lock("b", "y")
  t.equal(table.lock("b", "z"), undefined)
  table.stop()
})

test("all permits are held by those who wait for one who waits for a permit", async (t) => {
  const table = new WaitTable("abc")
  table.sem("a", "s", 2)
  table.sem("c", "s", 2)
  table.lock("b", "x")
  table.sem("b", "s", 2)
  t.equal(table.lock("a", "x"), undefined, "one of them alone")
  t.strictSame(table.lock("c", "x"), ["c waits for x", "b waits for s"])
  table.stop()
})

test("a heavy request is lost when a part of what it asks for is kept, and a light one beside it is not", async (t) => {
  const table = new WaitTable("abcd")
  table.sem("a", "s", 4, 2)
  table.lock("b", "x")
  table.lock("c", "y")
  table.sem("c", "s", 4, 1)
  table.lock("a", "y")
  table.lock("a", "x")
  t.equal(table.sem("c", "s", 4, 2), undefined, "whoever holds the one that is missing may give it back")
  table.stop()
  const heavy = new WaitTable("ab")
  heavy.sem("a", "s", 4, 2)
  heavy.lock("b", "x")
  heavy.lock("a", "x")
  t.strictSame(heavy.sem("b", "s", 4, 3), ["b waits for s", "a waits for x"])
  heavy.stop()
})

test("nobody overtakes a heavy request: who stands behind one that is lost is lost", async (t) => {
  const table = new WaitTable("abp")
  table.sem("a", "s", 3, 2)
  table.lock("b", "x")
  table.sem("p", "s", 3, 2)
  table.sem("b", "s", 3)
  t.strictSame(table.lock("a", "x"), ["a waits for x", "b waits for s", "p waits for s"])
  table.stop()
})

test("a ring of semaphores alone, and one of a lock and a semaphore of the same name", async (t) => {
  const table = new WaitTable("ab")
  table.sem("a", "s", 1)
  table.sem("b", "r", 1)
  table.sem("a", "r", 1)
  t.strictSame(table.sem("b", "s", 1), ["b waits for s", "a waits for r"])
  table.stop()
  const same = new WaitTable("ab")
  same.sem("a", "x", 1)
  same.lock("b", "x")
  same.lock("a", "x")
  t.strictSame(same.sem("b", "x", 1), ["b waits for x", "a waits for x"])
  same.stop()
})

test("applications that use up a semaphore and ask for more of it are no ring, nor are readers who ask to write", async (t) => {
  const table = new WaitTable("abc")
  for (const letter of "ab") table.sem(letter, "s", 4, 2)
  for (const letter of "abc") t.equal(table.sem(letter, "s", 4, 3), undefined, `${letter} has another call at work`)
  table.stop()
  const readers = new WaitTable("ab")
  for (const letter of "ab") readers.lock(letter, "x", { mode: "shared" })
  for (const letter of "ab") t.equal(readers.lock(letter, "x"), undefined)
  readers.stop()
})

test("permits that come free before the ring closes are counted as what they are", async (t) => {
  const table = new WaitTable("abc")
  table.sem("a", "s", 2)
  table.sem("c", "s", 2)
  table.lock("b", "x")
  table.lock("a", "x")
  table.free("c", "s")
  t.equal(table.sem("b", "s", 2), undefined, "it is granted")
  table.stop()
})

test("a ring is told if and only if somebody waits for ever when all give back what they do not wait with", async (t) => {
  const letters = "abcd"
  const limits = { r: 1, s: 2, u: 4 } as const
  let rings = 0
  for (let seed = 1; seed <= 400; seed++) {
    const random = new Random(seed)
    const table = new WaitTable(letters)
    const said: string[] = []
    let ring: readonly string[] | undefined
    for (let step = 0; step < 16 && ring === undefined; step++) {
      const letter = random.pick([...letters])
      const name = random.pick(["x", "y", "r", "s", "u"] as const)
      if (table.asks(letter, name)) continue
      const isLock = name === "x" || name === "y"
      const weight = isLock ? 1 : 1 + random.below(limits[name])
      const mode = random.chance(3, 10) ? "shared" : "exclusive"
      ring = isLock ? table.lock(letter, name, { mode }) : table.sem(letter, name, limits[name], weight)
      said.push(`${letter} ${name} ${isLock ? mode : weight}`)
    }
    if (ring !== undefined) rings++
    const waiting = table.waitingAtLast(letters)
    table.stop()
    if ((ring !== undefined) === waiting > 0) continue
    t.fail(`seed ${seed}: ${said.join(", ")}: told ${ring?.join(", ") ?? "nothing"}, ${waiting} wait for ever`)
  }
  t.ok(rings > 40, `${rings} rings`)
})
