import type { ItemTold } from "conclave/cli/fleet/app-line"
import { doubleOwners, forgotten, Owners } from "conclave/cli/fleet/owners"
import { test } from "tap"

interface Word {
  readonly app: string
  readonly token: number
  readonly atMs: number
  readonly says: "assigned" | "dropped" | "kept"
  readonly checkpoint?: number
  readonly isGone?: boolean
}

function lineOf({ token, says, checkpoint }: Word): ItemTold {
  const about = { kind: "item", op: 1, name: "p", item: "a", token: String(token), t: "0" } as const
  if (says === "dropped") return { ...about, event: "dropped", reason: null }
  if (says === "kept") return { ...about, event: "answered", f: "work.checkpoint", rev: "1" }
  const before = checkpoint === undefined ? null : String(checkpoint)
  return { ...about, event: "assigned", rev: "1", attempt: 1, checkpoint: before, until: "9" }
}

function told(...words: readonly Word[]): Owners {
  const owners = new Owners()
  for (const word of words) owners.heard(word.app, lineOf(word), { atMs: word.atMs, isGone: word.isGone ?? false })
  return owners
}

const ONE: Word = { app: "one", token: 1, atMs: 10, says: "assigned" }
const GIVEN: Word = { app: "one", token: 1, atMs: 20, says: "dropped" }
const OTHER: Word = { app: "other", token: 2, atMs: 30, says: "assigned" }

test("an item that is handed on has one owner at a time", (t) => {
  const owners = told(ONE, GIVEN, OTHER)
  t.same(doubleOwners(owners.told("p")), [])
  t.match([...owners.now("p")], [["a", { app: "other", token: 2n }]])
  t.same(owners.of("p", "one"), [])
  t.equal(owners.of("p", "other").length, 1)
  t.same(owners.told("another pool"), [])
  t.end()
})

test("two owners at one moment are found, whoever tells first and whoever never tells", (t) => {
  t.same(doubleOwners(told(ONE, OTHER).told("p")), ["a"], "one that still believes")
  t.same(doubleOwners(told(ONE, OTHER, { ...GIVEN, atMs: 31 }).told("p")), ["a"], "one that believed too long")
  t.same(doubleOwners(told(OTHER, ONE, GIVEN).told("p")), [], "words of two processes come in any order")
  t.same(doubleOwners(told(ONE, GIVEN, { ...OTHER, token: 1 }).told("p")), ["a"], "one token for two")
  t.same(doubleOwners(told({ ...ONE, token: 3 }, { ...GIVEN, token: 3 }, OTHER).told("p")), ["a"], "an older token")
  t.end()
})

test("a process that is gone has nothing, also what its last words say", (t) => {
  const owners = told(ONE)
  owners.over("one", 25)
  t.same(doubleOwners(owners.told("p")), [])
  owners.heard("other", lineOf(OTHER), { atMs: 30, isGone: false })
  owners.heard("one", lineOf({ ...ONE, token: 0 }), { atMs: 5, isGone: true })
  t.same(doubleOwners(owners.told("p")), [])
  t.same(
    [...owners.now("p").values()].map(({ app }) => app),
    ["other"],
  )
  t.end()
})

test("what a process gave back before it was killed another one may have had before that", (t) => {
  const owners = told(ONE)
  owners.heard("other", lineOf(OTHER), { atMs: 30, isGone: false })
  owners.over("one", 35)
  t.same(doubleOwners(owners.told("p")), ["a"])
  owners.heard("one", lineOf(GIVEN), { atMs: 20, isGone: true })
  t.same(doubleOwners(owners.told("p")), [], "its last words come when it is gone")
  t.end()
})

test("what was kept with an item and is not told to its next worker is found", (t) => {
  const kept: Word = { app: "one", token: 1, atMs: 15, says: "kept" }
  t.same(forgotten(told(ONE, kept, GIVEN, { ...OTHER, checkpoint: 1 }).told("p")), [])
  t.same(forgotten(told(ONE, GIVEN, OTHER).told("p")), [], "nobody said that it is kept")
  t.same(forgotten(told(ONE, kept, GIVEN, OTHER).told("p")), ["a"])
  const third: Word = { app: "third", token: 3, atMs: 50, says: "assigned", checkpoint: 1 }
  const keptLater: Word = { app: "other", token: 2, atMs: 35, says: "kept" }
  const otherGiven: Word = { app: "other", token: 2, atMs: 40, says: "dropped" }
  const all = [ONE, kept, GIVEN, { ...OTHER, checkpoint: 1 }, keptLater, otherGiven]
  t.same(forgotten(told(...all, third).told("p")), ["a"], "an older one came back")
  t.same(forgotten(told(...all, { ...third, checkpoint: 2 }).told("p")), [])
  t.end()
})
