import { decodeCommand, encodeCommand, type Name } from "@conclave/consensus"
import { NO_FIGURES } from "@conclave/consensus/machine/figures"
import { WALLS_MAX } from "@conclave/consensus/machine/walls"
import { RENEWALS_MAX, UnknownField, WireReader } from "@conclave/consensus/machine/wire-reader"
import { decodeRecord, encodeRecord } from "@conclave/consensus/machine/wire-record"
import { test } from "tap"
import { acquireOf, hostId, sessionId } from "./stage.ts"

test("an unknown field stops the reader", (t) => {
  t.throws(() => new WireReader(Uint8Array.from([0])).skipType(), UnknownField)
  t.end()
})

test("lists are counted before they are made, at the limit and one beyond", (t) => {
  const items = (count: number): Uint8Array => {
    const one = { host: hostId(1), boot: 1, attempt: 1 }
    return encodeCommand({ kind: "renewHosts", items: Array.from({ length: count }, () => one) })
  }
  t.equal(decodeCommand(items(RENEWALS_MAX)).ok, true)
  t.same(decodeCommand(items(RENEWALS_MAX + 1)), { ok: false, problem: "malformed" })
  const named = (count: number): Uint8Array => {
    return encodeCommand(acquireOf(sessionId(1), 1, { names: Array.from({ length: count }, () => "a") }))
  }
  t.equal(decodeCommand(named(64)).ok, true)
  t.equal(decodeCommand(named(65)).ok, false)
  const past = {
    token: 1 as never,
    member: "m",
    app: "",
    sinceMs: 0,
    untilMs: 0,
    reason: "released",
    revoked: undefined,
  } as const
  const remembered = (count: number): Uint8Array => {
    const history = Array.from({ length: count }, () => past)
    const rest = { limit: 1, quietUntilMs: 0, askedAtMs: undefined, freedAt: undefined }
    const name: Name = { kind: "lock", name: "a", ...rest, history, figures: NO_FIGURES }
    return encodeRecord({ kind: "name", name })
  }
  t.not(decodeRecord(remembered(32)), "malformed")
  t.equal(decodeRecord(remembered(33)), "malformed")
  const meta = {
    clusterId: "c",
    timeMs: 0,
    rev: 0,
    token: 0,
    order: 0,
    epoch: 0,
    wallMs: 0,
    quietUntilMs: 0,
    restored: "",
    removed: [],
  }
  const shown = (count: number): Uint8Array => {
    const walls = Array.from({ length: count }, (_, timeMs) => ({ timeMs, wallMs: 0 }))
    return encodeRecord({ kind: "meta", meta: { ...meta, walls } })
  }
  t.not(decodeRecord(shown(WALLS_MAX)), "malformed")
  t.equal(decodeRecord(shown(WALLS_MAX + 1)), "malformed")
  t.end()
})
