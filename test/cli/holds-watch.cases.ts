import type { Hold, Holder, Waiter } from "@conclave/sdk/wire.gen"
import { HoldLines, sentences } from "conclave/cli/holds-watch"
import type { Output } from "conclave/cli/terminal/output"
import { test } from "tap"

function holder(member: string, token: string, more: Partial<Holder> = {}): Holder {
  return { member, token, app: null, pid: null, note: null, ...more } as unknown as Holder
}

function hold(holders: readonly Holder[], more: Partial<Hold> = {}): Hold {
  return { kind: "lock", name: "a", holders, waiters: [], history: [], ...more } as unknown as Hold
}

function ended(token: string, reason: string): Hold["history"] {
  return [{ token, reason }] as unknown as Hold["history"]
}

test("a grant, the next one with the loss before it, and the end", (t) => {
  const one = hold([holder("n1", "5", { app: "job", pid: 12 })])
  const two = hold([holder("n2", "6")], { history: ended("5", "expired") })
  t.same(sentences(undefined, one), ["n1 (job, pid 12) has it, token 5"])
  t.same(sentences(one, two), ["n1 (job, pid 12) no more: expired", "n2 has it, token 6"])
  t.same(sentences(two, hold([], { history: ended("6", "released") })), ["n2 no more: released"])
  t.same(sentences(two, hold([])), ["n2 no more: gone"], "a history that is not known")
  t.same(sentences(two, two), [])
  t.end()
})

test("who joins a shared lock takes nothing from the others", (t) => {
  const one = hold([holder("n1", "5")])
  const both = hold([holder("n1", "5"), holder("n2", "6")])
  t.same(sentences(one, both), ["n2 has it, token 6"])
  t.same(sentences(both, hold([holder("n2", "6")], { history: ended("5", "released") })), ["n1 no more: released"])
  t.end()
})

test("values, notes and the number of those that wait", (t) => {
  const plain = hold([holder("n1", "5")])
  const valued = hold([holder("n1", "5", { value: { port: 1 } })])
  t.same(sentences(undefined, valued), ['n1 has it, token 5, says {"port":1}'])
  t.same(sentences(plain, valued), ['n1 says {"port":1}'])
  t.same(sentences(valued, plain), ["n1 says nothing"])
  t.same(sentences(plain, hold([holder("n1", "5", { note: "step 2" })])), ["n1 notes step 2"])
  const waited = hold([holder("n1", "5")], { waiters: [{} as Waiter, {} as Waiter] })
  t.same(sentences(plain, waited), ["2 waiting"])
  t.same(sentences(waited, plain), ["nobody waits"])
  t.end()
})

test("a view that begins before all parts of the last one have come takes its place", (t) => {
  const tables: number[] = []
  const table = (_header: readonly string[], rows: readonly unknown[]): void => void tables.push(rows.length)
  const output = { table, line: () => {}, note: () => {}, paint: (text: string) => text, isQuiet: false, isJson: false }
  const lines = new HoldLines("lock", output as unknown as Output)
  const [one, two] = [hold([holder("n1", "5")]), hold([holder("n2", "6")], { name: "b" })]
  lines.take({ type: "view", rev: "1", items: [one], more: true })
  lines.take({ type: "view", rev: "2", items: [two], more: true, reset: true })
  lines.take({ type: "view", rev: "2", items: [], more: false })
  t.same(tables, [1])
  t.end()
})
