import { ok } from "node:assert/strict"
import type { Accuser } from "@conclave/swim"
import { swimConfig } from "@conclave/swim/config"
import {
  ACCUSERS_MAX,
  decimalDigits,
  mergeAccusers,
  nodeScaleMilli,
  suspicionBounds,
  suspicionDueMs,
  suspicionTimeoutMs,
} from "@conclave/swim/suspicion"
import fc from "fast-check"
import { test } from "tap"
import { anyAccuser } from "./arbitraries.ts"

/** memberlist's LAN constants: the Lifeguard paper's figures are made with them. */
const LIFEGUARD = swimConfig("lan", "lifeguard")
const LAN = swimConfig("lan")

const [first, second, third] = fc
  .sample(anyAccuser, { numRuns: 3, seed: 1 })
  .map((accuser) => ({ ...accuser, path: "direct" as const })) as [Accuser, Accuser, Accuser]
const byLink = (accuser: Accuser): Accuser => ({ ...accuser, path: "link" })

test("the bounds of a suspicion are those of the Lifeguard formula", async (t) => {
  const golden = [
    { members: 4, minMs: 4000, oneMs: 11_380, maxMs: 24_000 },
    { members: 10, minMs: 4000, oneMs: 11_380, maxMs: 24_000 },
    { members: 100, minMs: 8000, oneMs: 22_760, maxMs: 48_000 },
    { members: 1000, minMs: 12_000, oneMs: 34_140, maxMs: 72_000 },
    { members: 10_000, minMs: 16_000, oneMs: 45_520, maxMs: 96_000 },
  ]
  for (const { members, minMs, oneMs, maxMs } of golden) {
    const bounds = suspicionBounds(LIFEGUARD, members)
    t.same(bounds, { minMs, maxMs, wanted: 2 }, `${members} members`)
    t.equal(suspicionTimeoutMs(bounds, 0), maxMs)
    t.equal(suspicionTimeoutMs(bounds, 1), oneMs)
    t.equal(suspicionTimeoutMs(bounds, 2), minMs)
    t.equal(suspicionTimeoutMs(bounds, 9), minMs, "more confirmations do no more")
  }
})

test("too few members to confirm: a suspicion runs for the minimum from the start", async (t) => {
  for (const members of [1, 2, 3]) {
    const bounds = suspicionBounds(LIFEGUARD, members)
    t.equal(bounds.wanted, 0)
    t.equal(suspicionTimeoutMs(bounds, 0), bounds.minMs)
  }
  t.equal(suspicionBounds(LIFEGUARD, 4).wanted, 2)
  t.equal(suspicionBounds(LIFEGUARD, 4, 1).wanted, 0, "one is away")
  t.same(suspicionBounds(LIFEGUARD, 100, 40), suspicionBounds(LIFEGUARD, 100), "enough are left")
})

test("a floor holds where the formula gives less", async (t) => {
  t.equal(suspicionBounds(LAN, 5).minMs, LAN.suspicionFloorMs)
  t.ok(suspicionBounds(LAN, 10_000).minMs > LAN.suspicionFloorMs)
})

test("the integer table follows log10 to within the width of its steps", async (t) => {
  let before = 0
  for (let members = 1; members <= 20_000; members++) {
    const scale = nodeScaleMilli(members)
    const exact = 1000 * Math.max(1, Math.log10(members))
    ok(scale >= before, `${members} is not below its predecessor`)
    ok(scale <= exact + 0.5 && scale > exact - 42, `${scale} of ${exact} at ${members}`)
    before = scale
  }
  t.equal(nodeScaleMilli(50), 1699)
  t.equal(nodeScaleMilli(200), 2301)
})

test("the timeout shrinks as ln(c + 1) / ln(k + 1)", async (t) => {
  for (let wanted = 1; wanted <= 5; wanted++) {
    for (let heard = 0; heard <= wanted; heard++) {
      const bounds = { minMs: 1000, maxMs: 101_000, wanted }
      const exact = 101_000 - (100_000 * Math.log(heard + 1)) / Math.log(wanted + 1)
      ok(Math.abs(suspicionTimeoutMs(bounds, heard) - exact) <= 51, `${heard} of ${wanted}`)
    }
  }
  t.pass("for every pair of the table")
})

test("the factor of the retransmit limit is ceil(log10(n + 1))", async (t) => {
  const golden = [
    [1, 1],
    [9, 1],
    [10, 2],
    [99, 2],
    [100, 3],
    [999, 3],
    [1000, 4],
    [10_000, 5],
  ] as const
  for (const [members, digits] of golden) t.equal(decimalDigits(members), digits, `${members} members`)
})

test("accusers are merged, each once, in the order they were heard of", async (t) => {
  t.same(mergeAccusers([], [first, second, first]), [first, second])
  t.same(mergeAccusers([second], [first, second]), [second, first])
})

test("accusers that are known make no new list", async (t) => {
  const held = [first, second]
  t.equal(mergeAccusers(held, [second]), held)
  t.equal(mergeAccusers(held, []), held)
  t.equal(mergeAccusers(held, [{ ...first, path: "tcp", rttMs: 9 }]), held, "the first word of an accuser stays")
})

test("a witness by watch link outranks what it said before, and is never taken back", async (t) => {
  t.same(mergeAccusers([first, second], [byLink(first)]), [byLink(first), second])
  const held = [byLink(first)]
  t.equal(mergeAccusers(held, [first]), held)
})

test("no more accusers are kept than are forwarded", async (t) => {
  const many = fc.sample(anyAccuser, { numRuns: 20, seed: 2 }).map((each) => ({ ...each, path: "tcp" as const }))
  const full = mergeAccusers([], many)
  t.same(full, many.slice(0, ACCUSERS_MAX))
  const witness = byLink({ ...first, id: many[ACCUSERS_MAX]?.id ?? first.id })
  const witnessed = mergeAccusers(full, [witness])
  t.equal(witnessed.length, ACCUSERS_MAX)
  t.same(witnessed.at(-1), witness, "a witness takes the place of one who saw less")
  const witnesses = many.slice(0, ACCUSERS_MAX).map(byLink)
  t.equal(mergeAccusers(witnesses, [witness]), witnesses, "but not that of another witness")
})

test("merging accusers in any order gives the same witnesses", async (t) => {
  const pool = fc.sample(anyAccuser, { numRuns: ACCUSERS_MAX / 2, seed: 3 })
  const either = [...pool, ...pool.map(byLink)]
  const lists = fc.array(fc.array(fc.constantFrom(...either), { maxLength: 4 }), { maxLength: 5 })
  const merge = (all: readonly (readonly Accuser[])[]): string => {
    const merged = all.reduce<readonly Accuser[]>(mergeAccusers, [])
    ok(mergeAccusers(merged, all.flat()) === merged, "hearing it all again adds nothing")
    return merged
      .map(({ id, path }) => `${id} ${path === "link"}`)
      .sort()
      .join()
  }
  fc.assert(fc.property(lists, (all) => merge(all) === merge([...all].reverse())))
  t.pass("in both orders")
})

test("a suspicion is due when its accusers say", async (t) => {
  const bounds = suspicionBounds(LAN, 10)
  const due = (accusers: readonly Accuser[], lostMs = 0): number =>
    suspicionDueMs(LAN, { startMs: 1000, bounds, accusers, lostMs, longestStallMs: 0, calledMs: undefined }) - 1000
  t.equal(due([first]), bounds.maxMs)
  t.equal(due([first, second, third]), bounds.minMs)
  t.equal(due([byLink(first)]), bounds.minMs, "one witness by link confirms")
  t.equal(due([byLink(first), byLink(second)]), LAN.linkSuspicionMs, "two witnesses prove")
  t.equal(due([byLink(first), byLink(second), third]), LAN.linkSuspicionMs)
  t.equal(due([first], 700), bounds.maxMs + 700, "our own stall does not count")
  t.equal(due([first], 1e9), 3 * bounds.maxMs, "but no deadline passes three times its length")
})
