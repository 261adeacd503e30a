import { ok } from "node:assert/strict"
import type { Message, Update } from "@conclave/swim"
import { updateBytesMax, updateBytesMin } from "@conclave/swim/update-size"
import { encodeMessage } from "@conclave/swim/wire"
import fc from "fast-check"
import { test } from "tap"
import { anyId, anyUpdate } from "./arbitraries.ts"

const LABEL = 0xc0ffee
/** How much longer a sealed datagram is. */
const SEAL_BYTES = 34

function sized(updates: readonly Update[]): number {
  return encodeMessage({ ...BARE, updates }, LABEL).length
}

const BARE: Extract<Message, { kind: "pingReq" }> = {
  kind: "pingReq",
  from: fc.sample(anyId, { numRuns: 1, seed: 1 })[0] as Message["from"],
  target: fc.sample(anyId, { numRuns: 1, seed: 2 })[0] as Message["from"],
  nonce: 0xffffffff,
  timeoutMs: 60_000,
  digest: 0xffffffff,
  updates: [],
}

test("an update never takes more of a datagram than it says", async (t) => {
  let slack = 0
  let total = 0
  fc.assert(
    fc.property(anyUpdate, (update) => {
      const added = sized([update]) - sized([])
      ok(added <= updateBytesMax(update), `${added} bytes of ${update.kind} exceed ${updateBytesMax(update)}`)
      slack += updateBytesMax(update) - added
      total += added
    }),
    { numRuns: 1000 },
  )
  t.ok(slack < total / 10, `the bound is close: ${slack} of ${total} bytes`)
})

test("an update takes at least as much of a datagram as it says", async (t) => {
  let slack = 0
  let total = 0
  fc.assert(
    fc.property(anyUpdate, (update) => {
      const added = sized([update]) - sized([])
      ok(added >= updateBytesMin(update), `${added} bytes of ${update.kind} are less than ${updateBytesMin(update)}`)
      slack += added - updateBytesMin(update)
      total += added
    }),
    { numRuns: 1000 },
  )
  t.ok(slack < total / 5, `the bound is close: ${slack} of ${total} bytes`)
})

test("updates within a budget make a datagram within 1336 bytes, its envelope of 116 included", async (t) => {
  fc.assert(
    fc.property(fc.array(anyUpdate, { maxLength: 80 }), (updates) => {
      let left = 1336 - 116
      const fitting: Update[] = []
      for (const update of updates) {
        if (updateBytesMax(update) > left) continue
        left -= updateBytesMax(update)
        fitting.push(update)
      }
      ok(fitting.length <= 64)
      ok(sized(fitting) <= 1336 - SEAL_BYTES)
    }),
  )
  t.pass("for all lists")
})

test("no budget of 1400 bytes takes more than 64 updates", async (t) => {
  const tiny: Update = { kind: "opaque", bytes: new Uint8Array(0), hops: 0 }
  t.ok(64 * updateBytesMax(tiny) >= 1400)
})

test("the size of numbers beyond all limits is still finite", async (t) => {
  const accuser = {
    id: BARE.from,
    path: "direct",
    rttMs: Number.POSITIVE_INFINITY,
    health: 0,
  } as const
  const [sample] = fc.sample(
    anyUpdate.filter((update) => update.kind === "dead"),
    1,
  )
  t.ok(
    sample?.kind === "dead" &&
      updateBytesMax({ ...sample, accusers: [accuser], ageMs: Number.POSITIVE_INFINITY }) < 200,
  )
})
