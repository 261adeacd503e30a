import type { Name, Token } from "@conclave/consensus"
import { NO_FIGURES } from "@conclave/consensus/machine/figures"
import { LOSSES, wireName } from "@conclave/consensus/machine/wire-name"
import { decodeRecord, encodeRecord } from "@conclave/consensus/machine/wire-record"
import { test } from "tap"

test("each way in which a grant ends has a number of its own, and a name that nobody held has no figures", (t) => {
  const history = LOSSES.map((reason, at) => {
    return { token: (at + 1) as Token, member: "m", app: "", sinceMs: 0, untilMs: at, reason, revoked: undefined }
  })
  const rest = { limit: 1, quietUntilMs: 0, askedAtMs: undefined, freedAt: undefined }
  const name: Name = { kind: "lock", name: "a", ...rest, history, figures: { ...NO_FIGURES, grants: 8, lost: 5 } }
  t.same(decodeRecord(encodeRecord({ kind: "name", name })), { kind: "name", name })
  t.same(
    (wireName(name).history ?? []).map(({ reason }) => reason),
    LOSSES.map((_, at) => at + 1),
  )
  const fresh: Name = { kind: "group", name: "b", ...rest, history: [], figures: NO_FIGURES }
  t.equal(wireName(fresh).figures, null)
  t.same(decodeRecord(encodeRecord({ kind: "name", name: fresh })), { kind: "name", name: fresh })
  t.end()
})
