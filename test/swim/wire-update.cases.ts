import { deepStrictEqual, ok } from "node:assert/strict"
import type { Accuser, Update } from "@conclave/swim"
import { makeRecord } from "@conclave/swim/record"
import { readId, readUpdates, wireUpdate } from "@conclave/swim/wire-update"
import fc from "fast-check"
import { test } from "tap"
import { anyAccuser, anyFields, anyId, anyUpdate } from "./arbitraries.ts"

type WireUpdate = ReturnType<typeof wireUpdate>
type WireVerdict = NonNullable<WireUpdate["suspect"]>

const ID = new Uint8Array(16).fill(3)
const VERDICT: WireVerdict = { id: ID, generation: 1, incarnation: 0, accusers: [] }

/** What `decode` gives: the kind is set beside the field. */
function read(update: WireUpdate): readonly Update[] | undefined {
  return readUpdates([{ ...update, kind: Object.keys(update)[0] as "alive" }])
}

test("an update is read as it was written", async (t) => {
  fc.assert(fc.property(anyUpdate, (update) => deepStrictEqual(read(wireUpdate(update)), [update])))
  t.pass("for all updates")
})

test("an own record goes as its owner encoded it", async (t) => {
  const [fields] = fc.sample(anyFields, 1)
  if (fields === undefined) throw new Error("no sample")
  const record = makeRecord(fields)
  t.equal(wireUpdate({ kind: "alive", record }).alive, record.bytes)
})

test("a verdict carries eight accusers at most", async (t) => {
  const accusers = fc.sample(anyAccuser, 12)
  const [id] = fc.sample(anyId, 1)
  if (id === undefined) throw new Error("no sample")
  const [update] =
    read(
      wireUpdate({
        kind: "suspect",
        id,
        generation: 1 as never,
        incarnation: 0 as never,
        accusers,
      }),
    ) ?? []
  t.same(update?.kind === "suspect" && update.accusers, accusers.slice(0, 8))
})

test("a round trip is kept to the microsecond and within its range", async (t) => {
  const [accuser] = fc.sample(anyAccuser, 1)
  const [id] = fc.sample(anyId, 1)
  if (accuser === undefined || id === undefined) throw new Error("no sample")
  const heard = (rttMs: number): number | undefined => {
    const accusers: readonly Accuser[] = [{ ...accuser, rttMs }]
    const update: Update = {
      kind: "suspect",
      id,
      generation: 1 as never,
      incarnation: 0 as never,
      accusers,
    }
    const back = read(wireUpdate(update))?.[0]
    return back?.kind === "suspect" ? back.accusers[0]?.rttMs : undefined
  }
  t.equal(heard(0.1234567), 0.123)
  t.equal(heard(-1), 0)
  t.equal(heard(1e12), 4_294_967.295)
})

test("a witness by a path that we do not know is left out, its verdict stays", async (t) => {
  const accusers = [
    { id: ID, path: 9, rttUs: 1, health: 0 },
    { id: ID, path: 4, rttUs: 0, health: 8 },
  ]
  const [update] = read({ suspect: { ...VERDICT, accusers } }) ?? []
  const { id } = update as Extract<Update, { kind: "suspect" }>
  t.same(update, {
    kind: "suspect",
    id,
    generation: 1,
    incarnation: 0,
    accusers: [{ id, path: "link", rttMs: 0, health: 8 }],
  })
})

test("an update of no known kind is left out, the others stay", async (t) => {
  t.same(readUpdates([{}, { later: Uint8Array.of(1), hops: 2, kind: "later" }, {}]), [
    { kind: "opaque", bytes: Uint8Array.of(1), hops: 2 },
  ])
})

test("updates beyond a limit are refused", async (t) => {
  const refused: Record<string, WireUpdate> = {
    "no id": { suspect: { generation: 1 } },
    "short id": { dead: { ...VERDICT, id: ID.subarray(1) } },
    "generation 0": { left: { ...VERDICT, generation: 0 } },
    "generation 2^52": { suspect: { ...VERDICT, generation: 2 ** 52 } },
    "accuser without id": { suspect: { ...VERDICT, accusers: [{ path: 1 }] } },
    "accuser sicker than can be": {
      suspect: { ...VERDICT, accusers: [{ id: ID, path: 1, health: 9 }] },
    },
    "damaged record": { alive: ID },
    "unknown kind too long": { later: new Uint8Array(1025) },
    "too many hops": { later: ID, hops: 256 },
  }
  for (const [name, update] of Object.entries(refused)) t.equal(read(update), undefined, name)
  t.ok(read({ suspect: { ...VERDICT, generation: 2 ** 52 - 1 } }), "the last generation")
})

test("an id is 16 bytes, told as 26 characters", async (t) => {
  t.equal(readId(undefined), undefined)
  t.equal(readId(new Uint8Array(17)), undefined)
  t.equal(readId(new Uint8Array(16)), "a".repeat(26))
  fc.assert(fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => ok(readId(bytes)?.length === 26)))
})
