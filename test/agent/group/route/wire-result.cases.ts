import type { CommandResult, Refusal, Token } from "@conclave/consensus"
import {
  type AppliedCommand,
  decodeApplied,
  decodeOverloaded,
  encodeApplied,
  encodeOverloaded,
} from "conclave/group/route/wire-result"
import fc from "fast-check"
import { test } from "tap"
import { memberId } from "../../fake-view.ts"

const NUMBER = fc.maxSafeNat()
const TOKEN = NUMBER as fc.Arbitrary<Token>
const CAUSE = fc.constantFrom("closed", "exited", "silent", "left", "revoked", "expired", undefined)
const END = fc.constantFrom(
  ...(["expired", "session-lost", "revoked", "max-hold", "transferred", "closed", "released"] as const),
  ...(["cancelled", "wait-timeout", "session-ended"] as const),
)
const of = <Kind extends string>(kind: Kind) => ({ kind: fc.constant(kind) })

const REFUSAL: fc.Arbitrary<Refusal> = fc.oneof(
  fc.record({ ...of("session-lost"), cause: CAUSE }),
  fc.record({ ...of("invalid"), field: fc.string() }),
  fc.record({ ...of("exhausted"), limit: fc.string() }),
  fc.record({ ...of("conflict"), reason: fc.string(), current: NUMBER }, { requiredKeys: ["kind", "reason"] }),
  fc.record({ ...of("grant-lost"), current: NUMBER }, { requiredKeys: ["kind"] }),
  fc.record({ kind: fc.constantFrom("not-yours", "outdated", "forgotten") }),
)
const OUTCOME = fc.record({
  host: fc.constantFrom("a", "b", "c").map(memberId),
  attempt: NUMBER,
  timeMs: NUMBER,
  isCurrent: fc.boolean(),
})

const RESULT: fc.Arbitrary<CommandResult> = fc.oneof(
  fc.record({ ...of("ended"), how: END, token: fc.option(TOKEN, { nil: undefined }), rev: NUMBER }),
  fc.record({ kind: fc.constantFrom("written", "done"), rev: NUMBER }),
  fc.record({ ...of("refused"), refusal: REFUSAL, rev: NUMBER }),
  fc.record({ ...of("renewed"), items: fc.array(OUTCOME) }),
  fc.record({ ...of("attached"), ttlMs: fc.nat(), timeMs: NUMBER, rev: NUMBER }),
  fc.record({ ...of("queued"), position: NUMBER, rev: NUMBER }),
  fc.record({ ...of("granted"), token: TOKEN, rev: NUMBER }),
  fc.record({ ...of("revoked"), tokens: fc.array(TOKEN), rev: NUMBER }),
  fc.record({ ...of("removed"), isRemoved: fc.boolean(), rev: NUMBER }),
)

const APPLIED: fc.Arbitrary<AppliedCommand> = fc.record({ result: RESULT, rev: NUMBER, isRepeat: fc.boolean() })

test("results are read as they were written", async (t) => {
  const kinds = new Set<string>()
  fc.assert(
    fc.property(APPLIED, (applied) => {
      kinds.add(applied.result.kind)
      const { rev, isRepeat, result } = decodeApplied(encodeApplied(applied)) ?? {}
      return JSON.stringify({ result, rev, isRepeat }) === JSON.stringify(applied)
    }),
    { numRuns: 500, seed: 7 },
  )
  t.equal(kinds.size, 10, "of all kinds")
  t.equal(decodeOverloaded(encodeOverloaded("disk-full")), "disk-full")
})

test("cut or changed bytes give a result or nothing, and never throw", async (t) => {
  const bytes = [...Array(40).keys()].map((seed) => encodeApplied(fc.sample(APPLIED, { numRuns: 1, seed })[0] as never))
  let nothing = 0
  for (const each of bytes) {
    for (let at = 0; at < each.length; at++) {
      if (decodeApplied(each.subarray(0, at)) === undefined) nothing++
      for (const change of [0, 0x7f, 0xff]) if (decodeApplied(each.with(at, change)) === undefined) nothing++
    }
  }
  t.ok(nothing > 100)
})

test("a result or word of a later program is nothing that could be taken for another", async (t) => {
  t.equal(decodeApplied(new Uint8Array(0)), undefined)
  t.equal(decodeApplied(Uint8Array.of(0xa2, 6, 0)), undefined, "a result without a name here")
  t.equal(decodeApplied(Uint8Array.of(34, 2, 8, 99)), undefined, "an end without a word")
  t.equal(decodeApplied(Uint8Array.of(50, 2, 8, 99)), undefined, "a refusal without a word")
})
